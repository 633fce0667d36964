"""Records that a connector lost without a word, seen by what earlier loads brought and what others say."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orchestration.expectations.declarations import Check
from orchestration.expectations.lost_records import (
    IDS,
    LOST_EVENTS,
    LOST_REPLIES,
    LOST_REPLIES_VERDICT,
    VANISHED,
    VANISHED_VERDICT,
    lost_verdict,
)
from orchestration.expectations.sql import fill, identifier, literal
from orchestration.landing.streams import Stream


@dataclass(frozen=True)
class TicketStream:
    """Where a system's tickets come: their stream, their number and status, and what else comes of a change.

    ``is_snapshot``: whether a record is the ticket as it stands; otherwise it is one of its changes.
    """

    stream: str
    number: str
    status: str
    changes: str | None = None
    is_snapshot: bool = True


_TICKETS = {
    "generic": TicketStream("tickets", "ticket_id", "status", changes="ticket_events"),
    "zendesk": TicketStream("tickets", "id", "status", changes="ticket_audits"),
    "servicenow": TicketStream("incidents", "number", "incident_state", is_snapshot=False),
}


def completeness_checks(stream: Stream, siblings: Mapping[str, Stream]) -> Iterable[Check]:
    """The checks of one stream; few streams have any.

    Args:
        stream: The stream.
        siblings: The streams of its system.
    """
    tickets = _TICKETS.get(stream.system)
    if tickets and tickets.stream == stream.name:
        yield _ids(stream, tickets)
        if tickets.is_snapshot:
            yield _vanished(stream, tickets)
        changes = siblings.get(tickets.changes or "")
        if changes:
            yield _events(stream, tickets, changes)
    if (stream.system, stream.name) == ("zendesk", "ticket_metrics") and "ticket_comments" in siblings:
        yield _replies(stream)


def _ids(stream: Stream, tickets: TicketStream) -> Check:
    return Check(
        stream.table,
        "ids_are_consecutive",
        "warning",
        "Where tickets are numbered without gaps, so are those of the newest day of loads.",
        query=fill(IDS, number=identifier(tickets.number)),
    )


def _vanished(stream: Stream, tickets: TicketStream) -> Check:
    is_over = "lower(coalesce($status, '')) in ('closed', 'deleted')"
    if any(column.name == "is_deleted" for column in stream.columns):
        is_over += " or lower(coalesce(is_deleted, '')) in ('true', '1', 'yes')"
    vanished = fill(
        VANISHED,
        number=identifier(tickets.number),
        is_over=fill(is_over, status=identifier(tickets.status)),
    )
    return Check(
        stream.table,
        "full_exports_are_whole",
        "warning",
        "Where every day brings all tickets, the newest has those of the day before that were not over.",
        query=fill(VANISHED_VERDICT, vanished=vanished),
        rows=_rows(vanished, "vanished"),
    )


def _events(stream: Stream, tickets: TicketStream, changes: Stream) -> Check:
    lost = fill(
        LOST_EVENTS,
        number=identifier(tickets.number),
        status=identifier(tickets.status),
        changes=identifier(*changes.table.split(".")),
    )
    return Check(
        stream.table,
        "changed_tickets_bring_their_events",
        "warning",
        f"A ticket that comes with another status has brought a record of {changes.table} since.",
        query=lost_verdict(lost, what=literal("tickets of another status")),
        rows=_rows(lost, "judged where is_lost"),
    )


def _replies(stream: Stream) -> Check:
    return Check(
        stream.table,
        "replies_are_delivered",
        "warning",
        "A ticket has at least as many public comments as Zendesk counts replies.",
        query=LOST_REPLIES_VERDICT,
        rows=_rows(LOST_REPLIES, "judged where is_lost"),
    )


def _rows(statement: str, those: str) -> str:
    """The query of the rows that a WITH clause names; it goes on from the one in which ``run`` is."""
    return fill("$clause select * from $those", clause=statement.replace("with ", ", ", 1), those=those)
