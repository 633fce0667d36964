"""What the tables of a publication must satisfy: one suite per table of core and marts."""

from collections.abc import Iterable, Sequence

from orchestration.expectations.declarations import Check, rows_statement
from orchestration.expectations.privacy import TextColumn, e_mail_statement
from orchestration.expectations.results import Severity

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
# The closed lists of the published contract.
KPI_LISTS = {
    "attribution": ("created", "solved", "event", "as_of"),
    "statistic": ("count", "sum", "mean", "median", "p90", "p95", "rate", "score", "max"),
    "clock": ("calendar", "business", "none"),
    "period_grain": ("day", "week", "month", "quarter", "year"),
    "slice": ("all", "source_system", "channel", "team", "agent", "priority", "ticket_type"),
}
KPI_KEY = (
    "kpi_id",
    "variant",
    "attribution",
    "statistic",
    "clock",
    "period_grain",
    "period_start",
    "slice",
    "slice_value",
)
_KPI_SAMPLE = "concat_ws(' ', kpi_id, variant, statistic, period_grain, period_start, slice, slice_value)"
_TICKET_SAMPLE = "cast(ticket_key as varchar)"

_NOT_EMPTY = """
select kpi_count > 0 or ticket_count = 0 as passed,
  format('{{:,}} values of {{:,}} tickets', kpi_count, ticket_count) as observed
from (
  select (select count(*) from {batch}) as kpi_count,
    (select count(*) from core.fct_tickets) as ticket_count
)
"""


def publication_checks(text_columns: Sequence[TextColumn] = ()) -> list[Check]:
    """The checks of the publication file.

    Args:
        text_columns: Every text column of core and marts, searched for e-mail addresses.

    Returns:
        The checks; which ones there are does not depend on ``text_columns``.
    """
    return [*_tickets(), *_spells(), *_backlog(), *_kpi_values(), _privacy(text_columns), *_registry()]


def _tickets() -> Iterable[Check]:
    asset = "core.fct_tickets"
    yield from _never_null(asset, "ticket_key", "is_countable", "created_at")
    yield _unique(asset, ("ticket_key",))
    yield _unique(asset, ("source_system", "source_account", "ticket_id"))
    yield _one_of(asset, "status", STATUSES)
    future = "created_at > (select as_of from run)"
    yield _rows(
        asset, "created_at_is_not_after_as_of", "No ticket is created after as-of.", future, _TICKET_SAMPLE
    )
    negative = r"least(*columns('_seconds\z')) < 0"
    yield _rows(
        asset, "durations_are_not_negative", "No column of seconds is below 0.", negative, _TICKET_SAMPLE
    )


def _spells() -> Iterable[Check]:
    asset = "core.fct_ticket_spells"
    yield from _never_null(asset, "ticket_key", "started_at")
    yield _one_of(asset, "status", STATUSES)
    yield _not_negative(asset, "seconds")
    backwards = "ended_at < started_at"
    yield _rows(
        asset, "spells_end_after_they_start", "No spell ends before it starts.", backwards, _TICKET_SAMPLE
    )
    orphan = "ticket_key not in (select ticket_key from core.fct_tickets where ticket_key is not null)"
    yield _rows(
        asset, "ticket_is_known", "Every spell is of a ticket of fct_tickets.", orphan, _TICKET_SAMPLE
    )


def _backlog() -> Iterable[Check]:
    asset = "core.fct_backlog_daily"
    yield _unique(asset, ("day", "slice", "slice_value"))
    yield from _never_null(asset, "backlog_count")
    yield _not_negative(asset, "backlog_count")


def _kpi_values() -> Iterable[Check]:
    asset = "marts.kpi_values"
    yield Check(asset, "is_not_empty", "error", "There are values when there are tickets.", query=_NOT_EMPTY)
    yield _unique(asset, KPI_KEY, name="key_is_unique")
    for column, values in KPI_LISTS.items():
        yield from _never_null(asset, column)
        yield _one_of(asset, column, values)
    rules = (
        (
            "rates_are_shares",
            "A rate lies within 0 and 1.",
            "statistic = 'rate' and not value between 0 and 1",
        ),
        (
            "numerators_are_parts",
            "The numerator of a rate is at most its denominator.",
            "statistic = 'rate' and numerator > denominator",
        ),
        (
            "periods_have_begun",
            "No period starts after as-of, in the reporting time zone.",
            "period_start > (select local_as_of from run)",
        ),
        (
            "running_periods_are_incomplete",
            "A period that contains as-of is not complete.",
            """is_complete and (select local_as_of from run) < period_start + case period_grain
              when 'day' then interval 1 day when 'week' then interval 7 days
              when 'month' then interval 1 month when 'quarter' then interval 3 months
              when 'year' then interval 1 year end""",
        ),
        (
            "kpi_is_registered",
            "Every kpi_id is in marts.dim_kpi.",
            "kpi_id is null or kpi_id not in (select kpi_id from marts.dim_kpi where kpi_id is not null)",
        ),
    )
    for name, expectation, violation in rules:
        yield _rows(asset, name, expectation, violation, _KPI_SAMPLE)


def _registry() -> Iterable[Check]:
    asset = "marts.dim_kpi"
    yield _unique(asset, ("kpi_id",))
    silent = "kpi_id not in (select kpi_id from marts.kpi_values where kpi_id is not null)"
    yield _rows(
        asset, "kpi_has_values", "Every registered KPI has values.", silent, "kpi_id", severity="warning"
    )


def _privacy(text_columns: Sequence[TextColumn]) -> Check:
    # It is about the whole file, and kpi_values is what every publication has.
    return Check(
        "marts.kpi_values",
        "no_e_mail_address_is_published",
        "error",
        "No text column of core or marts holds an e-mail address.",
        query=e_mail_statement(text_columns),
    )


def _rows(
    asset: str, name: str, expectation: str, violation: str, sample: str, *, severity: Severity = "error"
) -> Check:
    return Check(asset, name, severity, expectation, query=rows_statement(violation, sample=sample))


def _never_null(asset: str, *columns: str) -> Iterable[Check]:
    for column in columns:
        yield _shipped(
            asset,
            f"{column}_is_present",
            f"{column} is never missing.",
            "ExpectColumnValuesToNotBeNull",
            column=column,
        )


def _one_of(asset: str, column: str, values: Sequence[str]) -> Check:
    expectation = f"{column} is one of {', '.join(values)}."
    return _shipped(
        asset,
        f"{column}_is_known",
        expectation,
        "ExpectColumnValuesToBeInSet",
        column=column,
        value_set=list(values),
    )


def _not_negative(asset: str, column: str) -> Check:
    name = f"{column}_is_not_negative"
    return _shipped(
        asset,
        name,
        f"{column} is never below 0.",
        "ExpectColumnValuesToBeBetween",
        column=column,
        min_value=0,
    )


def _unique(asset: str, columns: Sequence[str], *, name: str = "") -> Check:
    expectation = f"No two rows share {', '.join(columns)}."
    name = name or f"{'_'.join(columns)}_is_unique"
    if len(columns) == 1:
        return _shipped(asset, name, expectation, "ExpectColumnValuesToBeUnique", column=columns[0])
    return _shipped(asset, name, expectation, "ExpectCompoundColumnsToBeUnique", column_list=list(columns))


def _shipped(asset: str, name: str, expectation: str, kind: str, **arguments: object) -> Check:
    return Check(asset, name, "error", expectation, kind=kind, arguments=arguments)
