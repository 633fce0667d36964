"""The open format: a simulated helpdesk written as the `generic` streams."""

from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import MonthlyFiles, timestamp
from orchestration.simulate.generic_beside import witnesses
from orchestration.simulate.generic_people import write_people
from orchestration.simulate.generic_records import event_record, message_record, ticket_record
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
        delivery = stack.enter_context(Delivery(folder, world.population.ends_at, chance))
        beside = witnesses(folder, world, count, delivery, chance)
        for number, ticket in enumerate(tickets(world, count, chance), 1):
            created_at = timestamp(ticket.created_at)
            for stream in streams:
                # Tickets come in order of creation, so no earlier month is written again.
                stream.close_before(created_at[:7])
            delivery.close_before(ticket.created_at)
            _write_ticket(streams[0], ticket, created_at, chance)
            _write_events(streams[1], ticket, chance)
            for message in ticket.messages:
                sent_at = timestamp(message.sent_at)
                streams[2].write(sent_at, message_record(ticket, message, sent_at))
            for witness in beside:
                witness.see(ticket)
            if number % _REPORT_EVERY == 0:
                report(f"generic: {number:,} of {count:,} tickets")
        for witness in beside:
            witness.end()


def _write_ticket(stream: MonthlyFiles, ticket: Ticket, created_at: str, chance: Chance) -> None:
    """The ticket as it stands, for some also as it stood at an earlier change, in either order."""
    records = [ticket_record(ticket, created_at, ticket.updated_at)]
    if chance.random() < _EARLIER_VERSIONS:
        moments = [ticket.created_at, *(event.occurred_at for event in ticket.events)]
        earlier = [moment for moment in moments if moment < ticket.updated_at]
        if earlier:
            records.append(ticket_record(ticket, created_at, chance.choice(earlier)))
            if chance.random() < 0.5:
                records.reverse()
    for record in records:
        stream.write(created_at, record)


def _write_events(stream: MonthlyFiles, ticket: Ticket, chance: Chance) -> None:
    repeated = [event for event in ticket.events if chance.random() < _REPEATED_EVENTS]
    for event in [*ticket.events, *repeated]:
        occurred_at = timestamp(event.occurred_at)
        stream.write(occurred_at, event_record(ticket, event, occurred_at))
