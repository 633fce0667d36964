"""Published figures of the shipped ServiceNow log: whoever computes them from the source gets the same.

Source: "Incident management process enriched event log", UCI Machine Learning Repository, Amaral,
Fantinato and Peres 2018, doi 10.24432/C57S4H: 141,712 logged updates of 24,918 incidents of an IT
company, March 2016 to February 2017. Every figure here was recomputed from the log alone, from each
incident's last row, without this project.
"""

import pytest

from ..conftest import Helpdesk

HOUR = 3600


@pytest.fixture(scope="module")
def row(sample: Helpdesk):
    """The one row that a query over the published file answers."""

    def only(query: str, *parameters: object) -> tuple:
        (answer,) = sample.rows(query, *parameters)
        return answer

    return only


def test_every_row_landed_and_every_incident_is_one_ticket(row) -> None:
    """UCI, data set page: 141,712 events of 24,918 incidents."""
    assert row("select sum(rows_landed), sum(rows_quarantined) from meta.loads") == (141_712, 0)
    assert row("select count(*), count(distinct ticket_id) from core.fct_tickets") == (24_918, 24_918)


def test_sla_missed_of_tickets(row) -> None:
    """UCI log, made_sla of each incident's last row: 9,115 of 24,918 missed, 36.58 %."""
    missed, tickets = row("select count_if(not is_vendor_sla_met), count(*) from core.fct_tickets")
    assert (missed, tickets) == (9_115, 24_918)
    assert missed / tickets == pytest.approx(0.3658, abs=0.00005)


SLA_BY_YEAR = """
    select cast(sum(denominator - numerator) as bigint), cast(sum(denominator) as bigint)
    from marts.kpi_values
    where kpi_id = 'sla_attainment_rate' and variant = 'vendor_made_sla' and attribution = 'created'
        and period_grain = 'year' and slice = ? and slice_value = ?
"""


@pytest.mark.parametrize(
    ("slice_name", "slice_value", "missed", "tickets", "rate"),
    [
        ("all", "all", 9_115, 24_918, 0.3658),
        ("priority", "urgent", 265, 270, 0.9815),
        ("priority", "high", 406, 408, 0.9951),
    ],
)
def test_sla_missed_of_kpi_values(
    row, slice_name: str, slice_value: str, missed: int, tickets: int, rate: float
) -> None:
    """UCI log, made_sla of each incident's last row by priority: P1 98.15 % missed, P2 99.51 %."""
    assert row(SLA_BY_YEAR, slice_name, slice_value) == (missed, tickets)
    assert missed / tickets == pytest.approx(rate, abs=0.00005)


@pytest.mark.parametrize("grain", ["day", "week", "month", "quarter", "year"])
def test_periods_of_every_grain_sum_to_the_same_sla(row, grain: str) -> None:
    """UCI log, as above: however time is cut, no ticket is counted twice or left out."""
    assert row(SLA_BY_YEAR.replace("'year'", "?"), grain, "all", "all") == (9_115, 24_918)


@pytest.mark.parametrize(
    ("column", "limit", "above", "others"),
    [
        ("vendor_reassignment_count", 3, 0.810, 0.335),
        ("vendor_modification_count", 10, 0.914, 0.262),
    ],
)
def test_much_handled_tickets_miss_their_sla(
    row, column: str, limit: int, above: float, others: float
) -> None:
    """UCI log, last rows: > 3 reassignments miss 81.0 %, others 33.5 %; > 10 modifications miss 91.4 %."""
    rates = row(
        f"""
        select
            avg(cast(not is_vendor_sla_met as integer)) filter ({column} > ?),
            avg(cast(not is_vendor_sla_met as integer)) filter ({column} <= ?)
        from core.fct_tickets
        """,
        limit,
        limit,
    )
    assert rates == pytest.approx((above, others), abs=0.0005)


def test_median_resolution_by_the_vendors_own_time(row) -> None:
    """UCI log, resolved_at - opened_at of last rows: median 22.1 h over the 23,362 incidents that have it."""
    median, count = row(
        "select median(vendor_full_resolution_seconds), count(vendor_full_resolution_seconds)"
        " from core.fct_tickets"
    )
    assert (round(median / HOUR, 1), count) == (22.1, 23_362)


def test_median_resolution_by_the_last_resolved_event(row) -> None:
    """UCI log, own computation: 24,905 incidents have a Resolved row, the last after 16.1 h (median)."""
    median, count = row(
        "select median(vendor_last_resolved_event_seconds), count(vendor_last_resolved_event_seconds)"
        " from core.fct_tickets"
    )
    assert (round(median / HOUR, 1), count) == (16.1, 24_905)


def test_every_incident_is_solved_in_the_end(row) -> None:
    """UCI log: every incident's last row is Closed, so each has a solve of our own and none is left open."""
    assert row("select count(solved_at), count_if(status = 'closed') from core.fct_tickets") == (
        24_918,
        24_918,
    )
    last_day = (
        "select backlog_count from core.fct_backlog_daily where slice = 'all' order by date_day desc limit 1"
    )
    assert row(last_day) == (0,)


def test_our_reopens_are_the_logs_own(row) -> None:
    """UCI log, reopen_count of last rows sums to 331; ours come from moves of incident_state."""
    assert row("select sum(reopen_count), sum(vendor_reopen_count) from core.fct_tickets") == (331, 331)


def test_every_incident_enters_the_backlog_once(row) -> None:
    """UCI log: 24,918 incidents are opened."""
    created = row("select cast(sum(created_count) as bigint) from core.fct_backlog_daily where slice = 'all'")
    assert created == (24_918,)
