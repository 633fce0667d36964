"""The open format: a simulated helpdesk written as the `generic` streams."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.files import MonthlyFiles, timestamp
from orchestration.simulate.generic_people import write_people
from orchestration.simulate.log import Event, Message
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.tickets import tickets
from orchestration.simulate.world import World

_EARLIER_VERSIONS = 0.02
_REPEATED_EVENTS = 0.01
_REPORT_EVERY = 20_000


def write_generic(
    folder: Path, world: World, count: int, chance: Chance, report: Callable[[str], None]
) -> None:
    """Write every stream of a helpdesk in the open format, as an at-least-once export delivers it.

    Args:
        folder: Where the streams' folders are made.
        world: The helpdesk before its first ticket.
        count: Tickets to simulate.
        chance: What happens by chance.
        report: Told now and then how far it is.
    """
    write_people(folder, world)
    with ExitStack() as stack:
        streams = [
            stack.enter_context(MonthlyFiles(folder / name))
            for name in ("tickets", "ticket_events", "messages")
        ]
        for number, ticket in enumerate(tickets(world, count, chance), 1):
            created_at = timestamp(ticket.created_at)
            for stream in streams:
                # Tickets come in order of creation, so no earlier month is written again.
                stream.close_before(created_at[:7])
            _write_ticket(streams[0], ticket, created_at, chance)
            _write_events(streams[1], ticket, chance)
            for message in ticket.messages:
                sent_at = timestamp(message.sent_at)
                streams[2].write(sent_at, _message_record(ticket, message, sent_at))
            if number % _REPORT_EVERY == 0:
                report(f"generic: {number:,} of {count:,} tickets")


def _write_ticket(stream: MonthlyFiles, ticket: Ticket, created_at: str, chance: Chance) -> None:
    """The ticket as it stands, for some also as it stood at an earlier change, in either order."""
    records = [_ticket_record(ticket, created_at, ticket.updated_at)]
    if chance.random() < _EARLIER_VERSIONS:
        moments = [ticket.created_at, *(event.occurred_at for event in ticket.events)]
        earlier = [moment for moment in moments if moment < ticket.updated_at]
        if earlier:
            records.append(_ticket_record(ticket, created_at, chance.choice(earlier)))
            if chance.random() < 0.5:
                records.reverse()
    for record in records:
        stream.write(created_at, record)


def _write_events(stream: MonthlyFiles, ticket: Ticket, chance: Chance) -> None:
    repeated = [event for event in ticket.events if chance.random() < _REPEATED_EVENTS]
    for event in [*ticket.events, *repeated]:
        occurred_at = timestamp(event.occurred_at)
        stream.write(occurred_at, _event_record(ticket, event, occurred_at))


def _ticket_record(ticket: Ticket, created_at: str, as_of: int) -> dict[str, object]:
    state = ticket.state_at(as_of)
    is_settled = ticket.settled_at is not None and ticket.settled_at <= as_of
    return {
        "ticket_id": ticket.ticket_id,
        "created_at": created_at,
        "updated_at": timestamp(as_of),
        "status": state["status"],
        "priority": state["priority"],
        "type": state["type"],
        "channel": ticket.channel,
        "subject": ticket.subject,
        "requester_id": ticket.requester.customer_id,
        "submitter_id": ticket.submitter.actor_id,
        "assignee_id": state["assignee_id"],
        "group_id": state["group_id"],
        "organization_id": ticket.requester.organization_id,
        "brand_id": ticket.brand_id,
        "schedule_id": ticket.schedule_id,
        "tags": ticket.tags,
        "origin": ticket.origin,
        "is_spam": ticket.is_spam,
        "is_deleted": state["is_deleted"] == "true",
        "is_test": ticket.is_test,
        "merged_into_id": state["merged_into_id"],
        "problem_id": ticket.problem_id,
        "settled_amount": ticket.settled_amount if is_settled else None,
        "settled_currency": ticket.settled_currency if is_settled else None,
    }


def _event_record(ticket: Ticket, event: Event, occurred_at: str) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "ticket_id": ticket.ticket_id,
        "occurred_at": occurred_at,
        "actor_id": event.actor.actor_id,
        "actor_type": event.actor.kind,
        "field": event.field,
        "old_value": event.old_value,
        "new_value": event.new_value,
    }


def _message_record(ticket: Ticket, message: Message, sent_at: str) -> dict[str, object]:
    return {
        "message_id": message.message_id,
        "ticket_id": ticket.ticket_id,
        "sent_at": sent_at,
        "author_id": message.author.actor_id,
        "author_type": message.author.kind,
        "is_public": message.is_public,
        "is_automated": message.is_automated,
        "is_description": message.is_description,
        "channel": message.channel,
        "session_id": message.session_id,
    }
