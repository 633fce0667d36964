"""The fan-out trap of an event log: a ticket with many rows must not count many times.

Source: "Incident management process enriched event log", UCI Machine Learning Repository, Amaral,
Fantinato and Peres 2018, doi 10.24432/C57S4H. Its 141,712 rows repeat opened_at and (back-filled)
resolved_at of an incident on every update, and incidents that take long have more updates: over rows the
median is 73.5 h, over incidents 22.1 h.
"""

import duckdb
import pytest

from ..conftest import Helpdesk

HOUR = 3600

# Straight from the log, as delivered: the project's own models are what is being judged.
_DURATIONS = """
    with log as (
        select
            number,
            row_number() over (
                partition by number order by strptime(sys_updated_at, '%d/%m/%Y %H:%M') desc,
                cast(sys_mod_count as bigint) desc
            ) = 1 as is_last,
            date_diff(
                'second',
                strptime(opened_at, '%d/%m/%Y %H:%M'),
                strptime(nullif(resolved_at, '?'), '%d/%m/%Y %H:%M')
            ) as seconds
        from raw_servicenow.incidents
    )

    select median(seconds), median(seconds) filter (is_last), count(seconds) filter (is_last) from log
"""


@pytest.fixture(scope="module")
def medians(sample: Helpdesk) -> tuple[float, float]:
    """Median hours over event rows, and over incidents."""
    with duckdb.connect(str(sample.warehouse.build_file), read_only=True) as connection:
        over_rows, over_incidents, count = connection.execute(_DURATIONS).fetchone()
    assert count == 23_362
    return over_rows / HOUR, over_incidents / HOUR


def test_rows_and_incidents_have_different_medians(medians: tuple[float, float]) -> None:
    assert [round(hours, 1) for hours in medians] == [73.5, 22.1]


def test_the_ticket_table_is_of_incidents(sample: Helpdesk, medians: tuple[float, float]) -> None:
    ((seconds,),) = sample.rows("select median(vendor_full_resolution_seconds) from core.fct_tickets")
    over_rows, over_incidents = medians
    assert seconds / HOUR == pytest.approx(over_incidents)
    assert seconds / HOUR != pytest.approx(over_rows, rel=0.5)


def test_kpi_values_are_of_incidents(sample: Helpdesk) -> None:
    """By year of resolution; over rows 2016 alone would be above 70 h."""
    expected = sample.rows("""
        select year(vendor_resolved_at), median(vendor_full_resolution_seconds), count(*)
        from core.fct_tickets
        where vendor_resolved_at is not null
        group by all order by all
    """)
    published = sample.rows("""
        select year(period_start), value, n
        from marts.kpi_values
        where kpi_id = 'average_resolution_time' and variant = 'vendor_resolved_at' and attribution = 'solved'
            and statistic = 'median' and period_grain = 'year' and slice = 'all'
        order by all
    """)
    assert published == expected
    assert sum(n for _, _, n in published) == 23_362
    by_year = {year: hours for year, hours, _ in published}
    assert by_year[2016] / HOUR == pytest.approx(22, abs=1)


def test_the_reconciliation_is_of_incidents(sample: Helpdesk, medians: tuple[float, float]) -> None:
    figures = sample.rows("""
        select vendor_value, vendor_n from marts.vendor_reconciliation
        where figure = 'median_resolution_seconds'
    """)
    assert figures == [(pytest.approx(medians[1] * HOUR), 23_362)]
