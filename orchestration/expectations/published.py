"""What the tables of a publication must satisfy: one suite per table of core and marts."""

from collections.abc import Iterable, Sequence

from orchestration.expectations.declarations import Check
from orchestration.expectations.known_people import Finding, rows_query
from orchestration.expectations.kpis import kpi_registry_checks, kpi_scorecard_checks, kpi_value_checks
from orchestration.expectations.privacy import (
    TextColumn,
    e_mail_statement,
    found_statement,
    phone_statement,
)
from orchestration.expectations.rules import never_null, not_negative, one_of, rows, unique

STATUSES = ("new", "open", "pending", "hold", "solved", "closed")
_TICKET_SAMPLE = "cast(ticket_key as varchar)"


def publication_checks(
    text_columns: Sequence[TextColumn] = (), known_people: Sequence[Finding] = ()
) -> list[Check]:
    """The checks of the publication file.

    Args:
        text_columns: Every text column of core and marts, searched for what is personal.
        known_people: Those of them that hold what raw records say of somebody.

    Returns:
        The checks; which ones there are does not depend on what is given.
    """
    return [
        *_tickets(),
        *_spells(),
        *_backlog(),
        *kpi_value_checks(),
        *_privacy(text_columns, known_people),
        *kpi_registry_checks(),
        *kpi_scorecard_checks(),
    ]


def _tickets() -> Iterable[Check]:
    asset = "core.fct_tickets"
    yield from never_null(asset, "ticket_key", "is_countable", "created_at")
    yield unique(asset, ("ticket_key",))
    yield unique(asset, ("source_system", "source_account", "ticket_id"), name="source_identity_is_unique")
    yield one_of(asset, "status", STATUSES)
    future = "created_at > (select as_of from run)"
    yield rows(
        asset, "created_at_is_not_after_as_of", "No ticket is created after as-of.", future, _TICKET_SAMPLE
    )
    negative = r"least(*columns('_seconds\z')) < 0"
    yield rows(
        asset, "durations_are_not_negative", "No column of seconds is below 0.", negative, _TICKET_SAMPLE
    )


def _spells() -> Iterable[Check]:
    asset = "core.fct_ticket_spells"
    yield from never_null(asset, "ticket_key", "started_at")
    yield one_of(asset, "status", STATUSES)
    yield not_negative(asset, "seconds")
    backwards = "ended_at < started_at"
    yield rows(
        asset, "spells_end_after_they_start", "No spell ends before it starts.", backwards, _TICKET_SAMPLE
    )
    orphan = "ticket_key not in (select ticket_key from core.fct_tickets where ticket_key is not null)"
    yield rows(asset, "ticket_is_known", "Every spell is of a ticket of fct_tickets.", orphan, _TICKET_SAMPLE)


def _backlog() -> Iterable[Check]:
    asset = "core.fct_backlog_daily"
    yield unique(asset, ("date_day", "slice", "slice_value"))
    yield from never_null(asset, "backlog_count")
    yield not_negative(asset, "backlog_count")


def _privacy(text_columns: Sequence[TextColumn], known_people: Sequence[Finding]) -> Iterable[Check]:
    # They are about the whole file, and kpi_values is what every publication has.
    asset = "marts.kpi_values"
    yield Check(
        asset,
        "no_e_mail_address_is_published",
        "error",
        "No text column of core or marts holds an e-mail address.",
        query=e_mail_statement(text_columns),
    )
    yield Check(
        asset,
        "no_phone_number_is_published",
        "error",
        "No text column of core or marts holds a phone number.",
        query=phone_statement(text_columns),
    )
    yield Check(
        asset,
        "nobody_is_named_in_what_is_published",
        "error",
        "No text column of core or marts holds a name, address or phone number of a person in raw records.",
        query=found_statement({each.column: each.row_count for each in known_people}, len(text_columns)),
        rows=rows_query(known_people),
    )
