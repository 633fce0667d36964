"""Sixteen defects of a published package, fivetran/dbt_zendesk 1.7.0: a copy of any of them fails here.

Each test says in which file of the package the defect is.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from orchestration.warehouse import PROJECT_ROOT
from tests.python.models.clock_reading import clocks_read
from tests.python.models.compiled import ModelRun
from tests.python.models.grain_tests import grain_tests
from tests.python.models.strict_nulls import with_strict_nulls
from tests.python.models.zendesk_desk import (
    ANN,
    BOB,
    CUSTOMER,
    ZendeskDesk,
    changed,
    comment,
    created,
    weekdays_nine_to_five,
)

MONDAY = "2024-05-06"


@pytest.fixture(scope="module")
def run(compiled_models: list[tuple[str, str]]) -> ModelRun:
    return ModelRun(compiled_models, load_streams())


@pytest.fixture
def desk() -> ZendeskDesk:
    return ZendeskDesk()


def facts(run: ModelRun) -> dict[str, dict[str, Any]]:
    return {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}


def spells(run: ModelRun, number: str) -> list[dict[str, Any]]:
    return run.rows(
        "select spells.* from publication.core.fct_ticket_spells as spells"
        " inner join publication.core.fct_tickets as tickets using (ticket_key)"
        " where ticket_id = ? order by started_at",
        [number],
    )


def survey(run: ModelRun, number: str) -> list[dict[str, Any]]:
    return run.rows(
        "select events.* from publication.core.fct_survey_events as events"
        " inner join publication.core.fct_tickets as tickets using (ticket_key)"
        " where ticket_id = ? order by happened_at",
        [number],
    )


def month_value(run: ModelRun, kpi_id: str, variant: str) -> tuple[Any, Any]:
    (row,) = run.rows(
        "select numerator, denominator from publication.marts.kpi_values where kpi_id = ? and variant = ?"
        " and slice = 'all' and period_grain = 'month' and period_start = date '2024-05-01'",
        [kpi_id, variant],
    )
    return row["numerator"], row["denominator"]


def test_d1_tickets_nobody_replied_to_are_counted(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__ticket_summary.sql: tickets without a reply are those with fewer than 0 replies: always
    none."""
    for number in (1, 2, 3):
        desk.ticket(number, f"{MONDAY}T08:00:00Z")
    desk.audit(1, f"{MONDAY}T09:00:00Z", comment(ANN))
    desk.audit(2, f"{MONDAY}T09:00:00Z", comment(ANN, public=False), changed("status", "open", "solved"))
    desk.build(run, "2024-05-31 00:00:00")
    assert [facts(run)[number]["agent_reply_count"] for number in "123"] == [1, 0, 0]
    assert month_value(run, "never_responded_rate", "default") == (1, 3)
    assert month_value(run, "never_responded_rate", "solved_unreplied") == (1, 3)


def test_d2_good_after_bad_is_better_and_bad_after_good_is_worse(run: ModelRun, desk: ZendeskDesk) -> None:
    """int_zendesk__ticket_historical_satisfaction.sql: looks for the score before in descending order, and
    finds the one after."""
    for number, scores in ((1, ("offered", "good", "bad")), (2, ("offered", "bad", "good"))):
        desk.ticket(number, f"{MONDAY}T08:00:00Z")
        for hour, (old, new) in enumerate(zip(("unoffered", *scores), scores, strict=False), start=9):
            desk.audit(
                number, f"{MONDAY}T{hour:02}:00:00Z", changed("satisfaction_score", old, new), author=CUSTOMER
            )
    # The same told by versions of a rating.
    desk.ticket(3, f"{MONDAY}T08:00:00Z")
    for hour, score in enumerate(("offered", "good", "bad"), start=9):
        desk.rating(3, 90, f"{MONDAY}T{hour:02}:00:00Z", score)
    desk.build(run, f"{MONDAY} 18:00:00")
    judged = ("event", "score", "previous_score", "is_improved", "is_worsened", "is_latest")
    offered = ("offered", None, None, False, False, False)
    worse = [
        offered,
        ("answered", "good", None, False, False, False),
        ("answered", "bad", "good", False, True, True),
    ]
    better = [
        offered,
        ("answered", "bad", None, False, False, False),
        ("answered", "good", "bad", True, False, True),
    ]
    for ticket_id, expected in (("1", worse), ("2", better), ("3", worse)):
        assert [tuple(row[name] for name in judged) for row in survey(run, ticket_id)] == expected, ticket_id
    assert [facts(run)[number]["csat_score"] for number in "123"] == [0.0, 1.0, 0.0]


def test_d3_a_survey_offered_and_not_answered_is_a_survey_offered(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__ticket_summary.sql: counts surveys by the latest score, from which offers were left out
    before."""
    for number in (1, 2, 3):
        desk.ticket(number, f"{MONDAY}T08:00:00Z")
    desk.audit(1, f"{MONDAY}T09:00:00Z", changed("satisfaction_score", "unoffered", "offered"))
    desk.rating(2, 90, f"{MONDAY}T09:00:00Z", "offered")
    desk.build(run, f"{MONDAY} 18:00:00")
    assert [facts(run)[number]["is_survey_offered"] for number in "123"] == [True, True, False]
    assert [facts(run)[number]["csat_score"] for number in "123"] == [None, None, None]


@pytest.fixture
def reopened(run: ModelRun, desk: ZendeskDesk) -> dict[str, Any]:
    """A ticket that was solved and is open again, in an account with opening hours."""
    desk.add("schedules", **weekdays_nine_to_five(1, "UTC"))
    desk.ticket(1, f"{MONDAY}T08:00:00Z")
    desk.audit(1, f"{MONDAY}T10:00:00Z", changed("status", "open", "solved"))
    desk.audit(1, f"{MONDAY}T11:00:00Z", changed("status", "solved", "open"), author=CUSTOMER)
    desk.build(run, f"{MONDAY} 12:00:00")
    return facts(run)["1"]


def test_d4_a_ticket_reopened_and_still_open_was_reopened_once(
    run: ModelRun, reopened: dict[str, Any]
) -> None:
    """int_zendesk__ticket_resolution_times_calendar.sql: reopens are solves less one, so that a reopen
    counts only once the ticket is solved again."""
    assert (reopened["solve_count"], reopened["reopen_count"]) == (1, 1)
    assert month_value(run, "reopen_rate", "default") == (1, 1)


def test_d5_a_reopened_ticket_has_a_full_resolution_by_no_clock(reopened: dict[str, Any]) -> None:
    """int_zendesk__ticket_resolution_times_calendar.sql: keeps the last solve after a reopen, where its twin
    by business time has none."""
    assert reopened["first_resolution_seconds"] == 2 * 3600
    assert reopened["first_resolution_business_seconds"] == 3600
    assert reopened["solved_at"] is None
    full = {name: value for name, value in reopened.items() if name.startswith("full_resolution")}
    assert len(full) == 4
    assert set(full.values()) == {None}


def test_d6_a_deleted_ticket_is_in_no_backlog(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__ticket_summary.sql: unsolved is every status but solved and closed, so also deleted."""
    desk.ticket(1, f"{MONDAY}T08:00:00Z")
    desk.ticket(2, f"{MONDAY}T08:00:00Z")
    desk.records["tickets"][-1] |= {"status": "deleted", "updated_at": "2024-05-07T09:00:00Z"}
    desk.audit(2, "2024-05-07T09:00:00Z", changed("status", "open", "deleted"))
    desk.build(run, "2024-05-08 12:00:00")
    days = run.rows("select * from publication.core.fct_backlog_daily where slice = 'all' order by date_day")
    assert [row["backlog_count"] for row in days] == [2, 1, 1]
    deleted = facts(run)["2"]
    assert (deleted["is_deleted"], deleted["is_countable"], deleted["status"]) == (True, False, "open")


def test_d7_the_spells_of_a_ticket_add_up_to_its_life_to_the_second(run: ModelRun, desk: ZendeskDesk) -> None:
    """int_zendesk__ticket_historical_status.sql: counts the boundaries of minutes in each status, which add
    up to more or less."""
    moves = (("10:01:00", "pending"), ("10:01:59", "open"), ("10:02:01", "hold"), ("11:40:02", "open"))
    for number in (1, 2):
        desk.ticket(number, f"{MONDAY}T10:00:59Z")
        before = "open"
        for at, status in moves:
            desk.audit(number, f"{MONDAY}T{at}Z", changed("status", before, status))
            before = status
    desk.audit(2, f"{MONDAY}T12:00:01Z", changed("status", "open", "solved"))
    desk.build(run, f"{MONDAY} 13:00:58")
    expected = [1, 59, 2, 5881]
    assert [row["seconds"] for row in spells(run, "1")] == [*expected, 4856]
    assert [row["seconds"] for row in spells(run, "2")] == [*expected, 1199, None]
    # No schedule is known: business time is calendar time, and adds up too.
    assert [row["business_seconds"] for row in spells(run, "1")] == [*expected, 4856]
    assert facts(run)["1"]["age_seconds"] == sum([*expected, 4856])
    for clock in ("", "_business"):
        assert facts(run)["2"][f"full_resolution{clock}_seconds"] == sum([*expected, 1199])


def _running_tickets(desk: ZendeskDesk) -> None:
    desk.add("schedules", **weekdays_nine_to_five(1, "Riga"))
    desk.add("schedules", **weekdays_nine_to_five(2, "UTC"))
    for number in (1, 2, 3):
        desk.ticket(number, f"{MONDAY}T08:00:00Z", created("assignee_id", str(ANN)))
    desk.audit(1, f"{MONDAY}T09:00:00Z", comment(ANN), changed("status", "open", "pending"))
    desk.audit(2, f"{MONDAY}T09:00:00Z", comment(ANN), changed("status", "open", "solved"))
    moved = {"type": "ScheduleAssignment", "previous_schedule_id": 1, "new_schedule_id": 2}
    desk.audit(3, f"{MONDAY}T09:00:00Z", moved)


def test_d8_running_times_are_the_same_where_least_is_null_when_an_argument_is(
    run: ModelRun, desk: ZendeskDesk, compiled_models: list[tuple[str, str]]
) -> None:
    """int_zendesk__ticket_work_time_business.sql: takes the least of an end that may be missing and another
    time; some warehouses answer that with NULL, so that the running part is there or not."""
    _running_tickets(desk)
    desk.build(run, f"{MONDAY} 12:00:00")
    # Riga is three hours ahead: open from 06:00 to 14:00 UTC; ticket 3 is under UTC's hours from 09:00 on.
    assert [facts(run)[number]["agent_work_seconds"] for number in "123"] == [3600, 3600, 4 * 3600]
    assert facts(run)["1"]["pending_business_seconds"] == 3 * 3600
    assert facts(run)["3"]["agent_work_business_seconds"] == 4 * 3600
    strict = with_strict_nulls(compiled_models)
    desk.build(strict, f"{MONDAY} 12:00:00")
    for table in ("fct_tickets", "fct_ticket_spells", "fct_reply_waits", "fct_messages", "fct_backlog_daily"):
        query = f"select * from publication.core.{table} order by all"
        found = run.rows(query)
        assert found, table
        assert strict.rows(query) == found, table


def test_d9_a_ticket_of_three_years_has_all_its_business_time_and_takes_no_more_rows(
    run: ModelRun, desk: ZendeskDesk
) -> None:
    """int_zendesk__ticket_first_reply_time_business.sql and its like: count week by week, for 52 weeks at
    most; what is older is cut off."""
    desk.add("schedules", **weekdays_nine_to_five(1, "Riga"))
    began, ended = date(2021, 3, 1), date(2024, 5, 6)
    desk.ticket(1, f"{began}T00:00:00Z")
    desk.ticket(2, "2024-05-03T00:00:00Z")
    desk.build(run, f"{ended} 00:00:00")
    for ticket_id, first_day in (("1", began), ("2", date(2024, 5, 3))):
        days = [first_day + timedelta(days=day) for day in range((ended - first_day).days)]
        seconds = 8 * 3600 * sum(day.weekday() < 5 for day in days)
        assert facts(run)[ticket_id]["open_business_seconds"] == seconds, ticket_id
    old, young = (facts(run)[number]["ticket_key"] for number in "12")
    tables = run.rows(
        "select table_catalog || '.' || table_schema || '.' || table_name as name"
        " from information_schema.columns where column_name = 'ticket_key' order by name"
    )
    rows = {
        table["name"]: run.rows(
            f"select count(*) filter (ticket_key = ?) as old, count(*) filter (ticket_key = ?) as young"
            f" from {table['name']}",
            [old, young],
        )[0]
        for table in tables
    }
    assert rows["build.intermediate.int_ticket_business_durations"] == {"old": 1, "young": 1}
    # The ages of the backlog at the ends of weeks: what is asked for is one row per open ticket and end.
    ages = {"publication.core.fct_backlog_at_period_ends", "publication.marts.backlog_tickets"}
    assert {name for name, counts in rows.items() if counts["old"] > counts["young"]} == ages


def test_d10_what_a_purged_user_wrote_is_still_a_message(run: ModelRun, desk: ZendeskDesk) -> None:
    """int_zendesk__comments_enriched.sql: joins users inwardly, so that comments of those who are gone are
    gone."""
    purged_customer, purged_agent = 901, 902
    desk.ticket(
        1,
        f"{MONDAY}T08:00:00Z",
        created("assignee_id", str(purged_agent)),
        requester_id=purged_customer,
        submitter_id=purged_customer,
    )
    desk.audit(1, f"{MONDAY}T09:00:00Z", comment(purged_agent), author=purged_agent)
    desk.audit(1, f"{MONDAY}T10:00:00Z", comment(purged_customer), author=purged_customer)
    desk.build(run, f"{MONDAY} 18:00:00")
    messages = run.rows("select author_type from publication.core.fct_messages order by sent_at")
    assert [row["author_type"] for row in messages] == ["customer", "agent", "customer"]
    ticket = facts(run)["1"]
    assert (ticket["agent_reply_count"], ticket["customer_message_count"]) == (1, 2)
    assert ticket["first_response_seconds"] == 3600


def test_d11_time_without_an_assignee_counts_before_between_and_now(run: ModelRun, desk: ZendeskDesk) -> None:
    """int_zendesk__ticket_historical_assignee.sql: unassigned time is missing where nobody was ever
    assigned, and while nobody is; one of its conditions looks at the name of the field instead of the
    assignee."""
    desk.ticket(1, f"{MONDAY}T08:00:00Z")
    desk.ticket(2, f"{MONDAY}T08:00:00Z")
    for at, old, new in (("09", None, ANN), ("10", ANN, None), ("12", None, BOB), ("13", BOB, None)):
        texts = (str(value) if value else None for value in (old, new))
        desk.audit(2, f"{MONDAY}T{at}:00:00Z", changed("assignee_id", *texts))
    desk.build(run, f"{MONDAY} 16:00:00")

    def unassigned(number: str) -> list[int]:
        return [row["seconds"] for row in spells(run, number) if row["agent_key"] is None]

    assert unassigned("1") == [8 * 3600]
    assert unassigned("2") == [3600, 2 * 3600, 3 * 3600]


def test_d12_a_ticket_handed_there_and_back_changed_hands_twice(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__ticket_summary.sql: reassigned are those whose first assignee is not the last, so not A, B,
    A."""
    desk.ticket(1, f"{MONDAY}T08:00:00Z", created("assignee_id", str(ANN)))
    desk.audit(1, f"{MONDAY}T09:00:00Z", changed("assignee_id", str(ANN), str(BOB)))
    desk.audit(1, f"{MONDAY}T10:00:00Z", changed("assignee_id", str(BOB), str(ANN)))
    desk.audit(1, f"{MONDAY}T11:00:00Z", changed("status", "open", "solved"))
    desk.build(run, f"{MONDAY} 18:00:00")
    assert (facts(run)["1"]["assignee_change_count"], facts(run)["1"]["agent_count"]) == (2, 2)
    assert month_value(run, "transfer_count", "assignee_changes") == (2, 1)


def test_d13_two_policies_set_at_one_instant_are_two_instances(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__sla_policies.sql: the key of a row leaves the policy out, though a metric can get two at
    once."""
    desk.ticket(1, f"{MONDAY}T08:00:00Z")
    for policy, minutes in ((31, 240), (32, 60)):
        named = {"policy": {"id": policy, "title": f"Policy {policy}"}}
        sla = {"target": minutes, "business_hours": False, **named}
        told = {"metric": "reply_time", "instance_id": 1, "time": f"{MONDAY}T08:00:00Z"}
        desk.add("ticket_metric_events", ticket_id=1, type="apply_sla", sla=sla, **told)
    desk.build(run, f"{MONDAY} 10:00:00")
    found = run.rows("select * from publication.core.fct_sla_instances order by policy_id")
    assert [(row["policy_id"], row["applied_at"].hour, row["target_seconds"]) for row in found] == [
        ("31", 8, 14400),
        ("32", 8, 3600),
    ]
    assert len({row["sla_instance_key"] for row in found}) == 2


def test_d14_a_schedule_that_is_not_found_is_no_instant_service(run: ModelRun, desk: ZendeskDesk) -> None:
    """zendesk__ticket_metrics.sql: business times are made 0 where no schedule is found."""
    unknown = {"type": "ScheduleAssignment", "previous_schedule_id": None, "new_schedule_id": 404}
    for number in (1, 2):
        desk.ticket(number, f"{MONDAY}T08:00:00Z", unknown)
    desk.audit(1, f"{MONDAY}T09:00:00Z", comment(ANN))
    desk.audit(1, f"{MONDAY}T10:00:00Z", changed("status", "open", "solved"))
    desk.build(run, f"{MONDAY} 12:00:00")
    told = ("first_response", "first_resolution", "full_resolution")
    modes = ("", "_at_event", "_at_creation")
    solved, waiting = facts(run)["1"], facts(run)["2"]
    for mode in modes:
        found = {name: solved[f"{name}_business_seconds{mode}"] for name in told}
        assert found == {"first_response": 3600, "first_resolution": 7200, "full_resolution": 7200}, mode
        # Nothing has happened yet: that is no time, and not the time 0.
        assert {waiting[f"{name}_business_seconds{mode}"] for name in told} == {None}, mode
    assert solved["schedule_origin"] == "always_open"


def test_d15_no_model_and_no_macro_reads_a_clock(compiled_models: list[tuple[str, str]]) -> None:
    """int_zendesk__ticket_historical_status.sql and others read the clock: what they said once they cannot
    say again."""
    assert clocks_read("select now(), t.current_date from t -- today()") == ["now()", "current_date"]
    assert clocks_read("{{ dbt.current_timestamp() }} {{ run_started_at }}") == [
        "current_timestamp",
        "run_started_at",
    ]
    assert clocks_read("select now as today, page(x), known from knowledge") == []
    files = (PROJECT_ROOT / "macros").rglob("*.sql")
    macros = [(path.name, path.read_text(encoding="utf-8")) for path in files]
    assert len(compiled_models) > 100
    assert len(macros) > 5
    assert {name: read for name, sql in compiled_models + macros if (read := clocks_read(sql))} == {}


def test_d16_every_published_model_has_a_test_of_its_grain(manifest: dict[str, Any]) -> None:
    """The yml of all models: tests of their grain were removed in version 1.0.0."""
    nodes = manifest["nodes"].items()
    published = {key: node["name"] for key, node in nodes if node.get("database") == "publication"}
    models = {key: name for key, name in published.items() if key.startswith("model.")}
    assert {"fct_tickets", "fct_survey_events", "dim_date", "kpi_values"} <= set(models.values())
    assert {name for key, name in models.items() if not grain_tests(manifest, key)} == set()
