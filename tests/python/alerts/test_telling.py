"""What is told of failures and of stale figures: once, and nothing of what records hold."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestration.alerts.alert import without_values
from orchestration.alerts.failure import failure_alert
from orchestration.alerts.settings import Alerts
from orchestration.alerts.tell import failures_told, tell_failure, tell_if_stale
from orchestration.errors import HelpdeskError, RefusedError, WarehouseHeldError
from orchestration.expectations.results import CheckResult, Status
from orchestration.publishing.checks import record_checks
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.publish import PublicationRecord, prepare_warehouse, publish
from orchestration.publishing.runs import finish_run, start_run
from orchestration.warehouse import Warehouse
from tests.python.publishing.conftest import build

from .servers import Hook, web_server

NOW = datetime(2026, 11, 22, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Setting:
    """A warehouse and a web hook that alerts of it go to."""

    warehouse: Warehouse
    alerts: Alerts
    hook: Hook


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    start_run(warehouse, "run-1", started_at=NOW)
    return warehouse


@pytest.fixture
def setting(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> Iterator[Setting]:
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with web_server(Hook()) as hook:
        yield Setting(warehouse, Alerts.model_validate({"webhook_url": hook.url}), hook)


def refuse(warehouse: Warehouse, *checks: tuple[str, Status, str]) -> None:
    """Note that run-1 was refused by checks."""
    results = [
        CheckResult(name, "raw_generic.tickets", "error", status, seen, "") for name, status, seen in checks
    ]
    record_checks(warehouse, "run-1", results, checked_at=NOW)
    finish_run(warehouse, "run-1", status="refused", message="long lines", finished_at=NOW)


def test_a_refusal_says_which_check_what_it_saw_and_what_to_do(warehouse: Warehouse) -> None:
    seen = "2 of 9 rows break it (22.22 %), for example generic/tickets/1.jsonl line 3"
    refuse(warehouse, ("key_is_present", "failed", seen), ("columns_exist", "passed", ""))
    alert = failure_alert(warehouse, "run-1")
    assert (alert.kind, alert.subject) == ("refused", "Helpdesk refresh refused by 1 check")
    lines = alert.text.splitlines()
    assert lines[0] == f"The refresh of {warehouse.root} was refused."
    assert lines[2] == "Nothing is published yet."
    assert f"raw_generic.tickets: key_is_present: {seen}" in lines
    assert "  do: mend these records at the source and deliver them again under the same file name" in lines
    assert "columns_exist" not in alert.text


def test_a_check_that_could_not_run_quotes_no_value(warehouse: Warehouse) -> None:
    refuse(warehouse, ("key_is_present", "error", "the check could not run: cannot cast 'Ann Ash' to int"))
    text = failure_alert(warehouse, "run-1").text
    assert "raw_generic.tickets: key_is_present: the check could not run: cannot cast\n" in text
    assert "Ann" not in text


def test_a_long_list_of_checks_is_cut(warehouse: Warehouse) -> None:
    refuse(warehouse, *((f"check_{number:02}", "failed", "1 row") for number in range(12)))
    alert = failure_alert(warehouse, "run-1")
    assert alert.subject == "Helpdesk refresh refused by 12 checks"
    assert "check_09" in alert.text
    assert "check_10" not in alert.text
    assert "\nand 2 more\n" in alert.text


@pytest.mark.parametrize(
    ("message", "told"),
    [
        ('tickets/1.jsonl: line 3 is no JSON: {"name": "Ann"', "tickets/1.jsonl: line 3 is no JSON"),
        (
            "calls/1.csv: line 12: started_at is not a timestamp: 'Ann'; 9 bad records",
            "calls/1.csv: line 12: started_at is not a timestamp",
        ),
        ("a.csv: line 3: 'Ann'", "a.csv: line 3"),
        ("int_tickets: Could not convert string 'Ann' to INT", "int_tickets: Could not convert string"),
        ("a: 2 of 3 (66 %) bad\nb: stops early", "a: 2 of 3 (66 %) bad\nb: stops early"),
        ("no colon 'Ann'", "no colon"),
        ("file: of ann@example.org", "file: of <e-mail address>"),
    ],
)
def test_messages_are_cut_where_they_may_quote_a_record(message: str, told: str) -> None:
    assert without_values(message) == told


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (HelpdeskError("dbt: ended: Ann"), "dbt: ended"),
        (ValueError("Ann"), "unexpected ValueError"),
        (None, "the run's own page in Dagster says why"),
    ],
)
def test_a_failure_without_checks_says_why(warehouse: Warehouse, error: Exception | None, told: str) -> None:
    alert = failure_alert(warehouse, "run-1", error)
    assert alert.subject == "Helpdesk refresh failed"
    assert told in alert.text.splitlines()
    assert "Ann" not in alert.text


def test_a_running_refresh_is_left_alone(warehouse: Warehouse) -> None:
    refuse(warehouse, ("key_is_present", "failed", "1 row"))
    with hold_warehouse(warehouse, run_id="run-2"):
        alert = failure_alert(warehouse, "run-1")
    assert alert.subject == "Helpdesk refresh failed"


def test_one_failure_is_told_once_and_the_next_one_too(setting: Setting) -> None:
    assert tell_failure(setting.warehouse, setting.alerts, "run-1") == "alert sent by webhook"
    assert tell_failure(setting.warehouse, setting.alerts, "run-1") is None
    assert tell_failure(setting.warehouse, setting.alerts, "run-2") == "alert sent by webhook"
    assert [post["run_id"] for post in setting.hook.posts] == ["run-1", "run-2"]


def test_what_reached_nobody_may_be_told_later(setting: Setting) -> None:
    setting.hook.status = 503
    told = tell_failure(setting.warehouse, setting.alerts, "run-1")
    assert told == "alert not sent by webhook: HTTP status 503"
    setting.hook.status = 200
    assert tell_failure(setting.warehouse, setting.alerts, "run-1") == "alert sent by webhook"


def test_a_failure_is_told_although_it_cannot_be_noted(setting: Setting) -> None:
    (setting.warehouse.private_dir / "alerts").write_text("in the way")
    assert tell_failure(setting.warehouse, setting.alerts, "run-1") == "alert sent by webhook"


def test_stale_figures_are_not_told_at_every_look_where_that_cannot_be_noted(setting: Setting) -> None:
    (setting.warehouse.private_dir / "alerts").write_text("in the way")
    told = tell_if_stale(setting.warehouse, setting.alerts, now=NOW + timedelta(days=9))
    assert told is not None
    assert told.startswith(f"alert not sent: it cannot be noted in {setting.warehouse.private_dir}: ")
    assert setting.hook.posts == []


def test_nothing_is_sent_or_noted_unless_configured(warehouse: Warehouse) -> None:
    assert tell_failure(warehouse, Alerts(), "run-1") is None
    assert tell_if_stale(warehouse, Alerts(), now=NOW + timedelta(days=90)) is None
    assert not (warehouse.private_dir / "alerts").exists()


def test_the_error_goes_on_as_it_came_and_a_failed_send_is_one_line(setting: Setting) -> None:
    setting.hook.status = 500
    lines: list[str] = []
    error = RefusedError("a: check")
    with (
        pytest.raises(RefusedError) as raised,
        failures_told(setting.warehouse, setting.alerts, "run-1", lines.append),
    ):
        raise error
    assert raised.value is error
    assert lines == ["alert not sent by webhook: HTTP status 500"]


@pytest.mark.parametrize("error", [WarehouseHeldError("by another"), KeyboardInterrupt()])
def test_who_was_held_off_or_interrupted_is_no_failure(setting: Setting, error: BaseException) -> None:
    with (
        pytest.raises(type(error)),
        failures_told(setting.warehouse, setting.alerts, "run-1", setting.hook.posts.append),
    ):
        raise error
    # Dagster's sensor sees the run as well.
    assert tell_failure(setting.warehouse, setting.alerts, "run-1") is None
    assert setting.hook.posts == []


def test_stale_figures_are_told_once_until_others_grow_stale(setting: Setting) -> None:
    def published(as_of: datetime) -> None:
        build(setting.warehouse, 1)
        publish(setting.warehouse, PublicationRecord("run-1", as_of, as_of, {}, None, "f" * 64))

    def looked(hours: float) -> str | None:
        return tell_if_stale(setting.warehouse, setting.alerts, now=NOW + timedelta(hours=hours))

    published(NOW)
    assert looked(36) is None
    assert looked(36.1) == "alert sent by webhook"
    assert looked(37) is None
    assert looked(1000) is None
    published(NOW + timedelta(hours=1000))
    assert looked(1001) is None
    assert looked(1050) == "alert sent by webhook"
    assert [post["subject"] for post in setting.hook.posts] == [
        "Helpdesk figures are 36 hours old",
        "Helpdesk figures are 50 hours old",
    ]
    assert "is as of 2026-11-22 02:00 UTC, 36 hours ago." in setting.hook.posts[0]["text"]


def test_a_warehouse_that_never_published_is_stale_since_its_first_run(setting: Setting) -> None:
    assert tell_if_stale(setting.warehouse, setting.alerts, now=NOW + timedelta(hours=36)) is None
    told = tell_if_stale(setting.warehouse, setting.alerts, now=NOW + timedelta(hours=37))
    assert told == "alert sent by webhook"
    assert setting.hook.posts[0]["subject"] == "Helpdesk figures were never published"
    assert tell_if_stale(Warehouse(setting.warehouse.root / "none"), setting.alerts, now=NOW) is None
