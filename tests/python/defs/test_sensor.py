"""The sensor: one refresh per delivery, none while files are still arriving."""

from pathlib import Path

import pytest
from dagster import RunRequest, SensorResult, SkipReason, build_sensor_context

from orchestration.defs.sensors import new_extracts


class Watch:
    """The sensor as the daemon calls it, again and again with the cursor it left."""

    def __init__(self) -> None:
        self.cursor: str | None = None

    def look(self) -> tuple[list[RunRequest], str]:
        """What one evaluation asks for, and why it asks for nothing."""
        answer = new_extracts(build_sensor_context(cursor=self.cursor))
        if isinstance(answer, SkipReason):
            return [], answer.skip_message or ""
        assert isinstance(answer, SensorResult)
        self.cursor = answer.cursor
        return list(answer.run_requests or []), getattr(answer.skip_reason, "skip_message", "") or ""


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def tickets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "generic" / "tickets"
    folder.mkdir(parents=True)
    monkeypatch.setenv("HELPDESK_EXTRACTS", str(tmp_path))
    return folder


def test_nothing_is_asked_for_while_files_arrive(watch: Watch, tickets: Path) -> None:
    for part in range(3):
        with (tickets / "night.jsonl").open("a") as upload:
            upload.write(f'{{"ticket_id": "{part}"}}\n')
        assert watch.look() == ([], "files are still arriving")


def test_one_refresh_is_asked_for_once_the_listing_lies_still(watch: Watch, tickets: Path) -> None:
    (tickets / "night.jsonl").write_text("{}\n")
    assert watch.look()[0] == []
    (request,) = watch.look()[0]
    assert request.run_key
    for _ in range(3):
        assert watch.look() == ([], "no new extract files")


def test_the_next_delivery_is_asked_for_under_another_key(watch: Watch, tickets: Path) -> None:
    (tickets / "monday.jsonl").write_text("{}\n")
    watch.look()
    (first,) = watch.look()[0]
    (tickets / "tuesday.jsonl").write_text("{}\n")
    assert watch.look() == ([], "files are still arriving")
    (second,) = watch.look()[0]
    assert first.run_key != second.run_key


def test_an_unknown_folder_is_told_and_nothing_is_asked_for(watch: Watch, tickets: Path) -> None:
    (tickets.parent / "tiquettes").mkdir()
    requests, reason = watch.look()
    assert requests == []
    assert "generic/tiquettes/: unknown stream" in reason


def test_a_missing_extracts_folder_is_told(
    watch: Watch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_EXTRACTS", str(tmp_path / "none"))
    requests, reason = watch.look()
    assert requests == []
    assert "does not exist" in reason


def test_it_is_off_until_switched_on() -> None:
    assert new_extracts.default_status.value == "STOPPED"
    assert new_extracts.job_name == "nightly_refresh"
