"""When the refresh runs by itself."""

from pathlib import Path

import pytest
from dagster import DefaultScheduleStatus

from orchestration.definitions import defs
from orchestration.defs.schedules import nightly_schedule
from orchestration.errors import UsageError


def config(folder: Path, content: str) -> str:
    path = folder / "helpdesk.toml"
    path.write_text(content, encoding="utf-8")
    return str(path)


def test_it_runs_at_two_at_night_utc_unless_told_otherwise() -> None:
    schedule = nightly_schedule(None)
    assert schedule.cron_schedule == "0 2 * * *"
    assert schedule.execution_timezone == "UTC"
    assert schedule.default_status == DefaultScheduleStatus.RUNNING
    assert schedule.job_name == "nightly_refresh"


def test_cron_and_time_zone_are_those_of_the_configuration(tmp_path: Path) -> None:
    schedule = nightly_schedule(
        config(tmp_path, '[refresh]\ncron = "30 4 * * 1-5"\ntime_zone = "Europe/Riga"\n')
    )
    assert schedule.cron_schedule == "30 4 * * 1-5"
    assert schedule.execution_timezone == "Europe/Riga"


def test_the_code_location_takes_the_configuration_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_CONFIG", config(tmp_path, '[refresh]\ncron = "5 5 * * *"\n'))
    (schedule,) = defs().schedules or []
    assert schedule.name == "nightly"
    assert schedule.cron_schedule == "5 5 * * *"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[refresh]\ncron = "every night"\n', "refresh.cron"),
        ('[refresh]\ncron = "61 2 * * *"\n', "refresh.cron"),
        ('[refresh]\ntime_zone = "Riga"\n', "refresh.time_zone"),
        ("[refresh]\nhour = 2\n", "refresh.hour"),
        ("[refresh\n", "not a TOML file"),
    ],
)
def test_a_wrong_configuration_is_told_by_its_key(tmp_path: Path, content: str, message: str) -> None:
    path = config(tmp_path, content)
    with pytest.raises(UsageError) as wrong:
        nightly_schedule(path)
    assert str(wrong.value).startswith(f"{path}: ")
    assert message in str(wrong.value)
    assert len(str(wrong.value).splitlines()) == 1
