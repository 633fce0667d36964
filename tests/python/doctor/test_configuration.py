"""What can be wrong with what people set."""

import re
from pathlib import Path

import pytest

from orchestration.doctor.configuration.environment import known_variables
from orchestration.publishing.database import open_database
from orchestration.publishing.pseudonym_key import VARIABLE
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.python.conftest import Helpdesk
from tests.python.doctor.conftest import MakeCase, findings, told, write

SEEDS = PROJECT_ROOT / "seeds"
HEADER = "kpi_id,variant,statistic,clock,slice,slice_value,valid_from,valid_to,comparator,target\n"
GOOD = "occupancy,default,rate,none,all,all,,,at_least,0.75\n"


def test_every_wrong_key_has_its_line(make: MakeCase, tmp_path: Path) -> None:
    text = "[refresh]\ncorn = 'x'\ncron = 'at night'\n[reporting]\ntime_zone = 'Riga'\n"
    text += "[alerts]\nemail_to = ['a@b.c']\n"
    said = told("configuration.settings", make(config=write(tmp_path, "helpdesk.toml", text)), "wrong")
    assert len(said.splitlines()) == 4
    for each in (
        "did you mean cron?",
        "is not five cron fields",
        "is not an IANA time zone",
        "email_to needs",
    ):
        assert each in said
    missing = make(config=tmp_path / "none.toml")
    assert "cannot read the configuration" in told("configuration.settings", missing, "wrong")


def test_whom_alerts_reach(make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "nobody is told" in told("configuration.settings", make(), "note")
    mail = "[alerts]\nemail_to = ['a@b.c']\nemail_from = 'd@e.f'\nsmtp_host = 'localhost'\nsmtp_user = 'u'\n"
    config = write(tmp_path, "helpdesk.toml", mail)
    monkeypatch.delenv("HELPDESK_SMTP_PASSWORD", raising=False)
    assert "HELPDESK_SMTP_PASSWORD is not" in told("configuration.settings", make(config=config), "wrong")
    monkeypatch.setenv("HELPDESK_SMTP_PASSWORD", "secret-of-tests")
    monkeypatch.setenv("HELPDESK_WEBHOOK_URL", "not-a-url-of-tests")
    said = told("configuration.settings", make(config=config), "wrong")
    assert "HELPDESK_WEBHOOK_URL is not an http" in said
    assert "not-a-url" not in said
    monkeypatch.setenv("HELPDESK_WEBHOOK_URL", "https://127.0.0.1:9/x")
    assert "told by e-mail and webhook" in told("configuration.settings", make(config=config), "ok")


def test_variables_that_nobody_reads(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HELPDESK_WAREHOSE", "x")
    monkeypatch.setenv("HELPDESK_QQQQQQQQ", "x")
    monkeypatch.setenv("HELPDESK_AS_OF", "2020-01-01")
    said = told("configuration.environment", make(), "wrong")
    assert "HELPDESK_WAREHOSE: nobody reads this variable | did you mean HELPDESK_WAREHOUSE?" in said
    assert "HELPDESK_QQQQQQQQ: nobody reads this variable | unset it" in said
    assert "every refresh from here is as of that instant" in told(
        "configuration.environment", make(), "note"
    )


def test_every_variable_of_the_code_is_known() -> None:
    files = [*(PROJECT_ROOT / "orchestration").rglob("*.py"), PROJECT_ROOT / "profiles.yml"]
    read = {name for file in files for name in re.findall(r"\bHELPDESK_[A-Z_]+[A-Z]\b", file.read_text())}
    assert read - known_variables() == set()


def test_a_key_that_is_too_short_is_told_without_being_shown(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "the first refresh makes" in told("configuration.key", make(), "ok")
    monkeypatch.setenv(VARIABLE, "much-too-short")
    with pytest.raises(Exception, match="fewer than 32 characters") as short:
        findings("configuration.key", make())
    assert "much-too-short" not in str(short.value)


def test_a_key_that_is_another_than_that_of_the_build(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    warehouse = Warehouse(tmp_path / "warehouse")
    warehouse.private_dir.mkdir(parents=True)
    with open_database(warehouse.build_file, read_only=False) as connection:
        connection.execute(
            "create schema meta; create table meta.pseudonym_key as select 'another' as secret"
        )
    monkeypatch.setenv(VARIABLE, "0123456789" * 4)
    said = told("configuration.key", make(), "note")
    assert "is another than that of the last build" in said
    assert "0123456789" not in said


def test_the_key_of_a_published_warehouse(
    make: MakeCase, published: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.reference.pseudonyms import TEST_KEY

    monkeypatch.setenv(VARIABLE, TEST_KEY)
    assert f"is in {VARIABLE}" in told("configuration.key", make(warehouse=published.warehouse), "ok")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("ocupancy,default,rate,none,all,all,,,at_least,1\n", "line 2: kpi_id 'ocupancy' is unknown"),
        ("occupancy,default,rates,none,all,all,,,at_least,1\n", "line 2: statistic 'rates' is unknown"),
        ("occupancy,default,rate,sun,all,all,,,at_least,1\n", "line 2: clock 'sun' is unknown"),
        ("occupancy,default,rate,none,moon,x,,,at_least,1\n", "line 2: slice 'moon' is unknown"),
        ("occupancy,default,rate,none,all,all,,,above,1\n", "line 2: comparator 'above' is unknown"),
        ("occupancy,default,rate,none,all,all,,,at_least,much\n", "line 2: target 'much' is not a number"),
        (
            "occupancy,default,rate,none,all,all,soon,,at_least,1\n",
            "line 2: Invalid isoformat string: 'soon'",
        ),
        (
            "occupancy,default,rate,none,all,all,2025-01-01,2024-01-01,at_least,1\n",
            "line 2: valid_from 2025-01-01 is not before valid_to 2024-01-01",
        ),
        (GOOD + GOOD, "lines 2 and 3: two targets of one figure are in force at once"),
        (
            GOOD.replace(",,,", ",2024-01-01,2025-01-01,") + GOOD.replace(",,,", ",2024-12-31,,"),
            "lines 2 and 3: two targets of one figure are in force at once",
        ),
    ],
)
def test_targets_that_hold_nobody_to_anything(make: MakeCase, tmp_path: Path, rows: str, said: str) -> None:
    assert said in told("configuration.targets", make(), "wrong", seeds=seeds(tmp_path, HEADER + rows))


def test_targets_that_follow_each_other_are_right(make: MakeCase, tmp_path: Path) -> None:
    rows = [GOOD.replace(",,,", ",,2025-01-01,"), GOOD.replace(",,,", ",2025-01-01,,")]
    for order in (rows, rows[::-1]):
        text = HEADER + "".join(order) + GOOD.replace("at_least", "at_most")
        assert "3 targets" in told("configuration.targets", make(), "ok", seeds=seeds(tmp_path, text))


def test_the_shipped_targets_are_right(make: MakeCase) -> None:
    assert "9 targets" in told("configuration.targets", make(), "ok")


def seeds(folder: Path, targets: str) -> Path:
    for name in ("kpi_registry.csv", "kpi_statistics.csv"):
        write(folder, name, (SEEDS / name).read_bytes())
    write(folder, "kpi_targets.csv", targets)
    return folder
