"""A simulated helpdesk written as a Zendesk account's exports."""

from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.tickets import tickets
from orchestration.simulate.world import World
from orchestration.simulate.zendesk_account import edited_at, write_account
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_comments import comment
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_extras import add_extras
from orchestration.simulate.zendesk_history import audits_of
from orchestration.simulate.zendesk_knowledge import write_knowledge
from orchestration.simulate.zendesk_people import write_people
from orchestration.simulate.zendesk_sla import policies
from orchestration.simulate.zendesk_via import merge_via
from orchestration.simulate.zendesk_writer import TicketWriter

_REPORT_EVERY = 20_000


def write_zendesk(
    folder: Path, world: World, count: int, chance: Chance, report: Callable[[str], None]
) -> None:
    """Write every stream of a Zendesk account as monthly incremental exports deliver them.

    Args:
        folder: Where the streams' folders are made.
        world: The helpdesk before its first ticket.
        count: Tickets to simulate.
        chance: What happens by chance.
        report: Told now and then how far it is.
    """
    known = policies(world.population.starts_at, edited_at(world))
    with ZendeskExport(folder, chance, world.population.ends_at) as export:
        write_account(export, world, known)
        write_people(export, world.population)
        write_knowledge(export, world.population, count, chance)
        writer = TicketWriter(export, world, known, chance)
        for number, (ticket, audits) in enumerate(_told(world, count, chance), 1):
            writer.write(ticket, audits)
            if number % _REPORT_EVERY == 0:
                report(f"zendesk: {number:,} of {count:,} tickets")


def _told(world: World, count: int, chance: Chance) -> Iterator[tuple[Ticket, list[Audit]]]:
    """Tickets with their audits, held back while a later one may still be merged into them."""
    held: deque[tuple[Ticket, list[Audit]]] = deque()
    for ticket in tickets(world, count, chance):
        audits = audits_of(ticket, chance)
        add_extras(ticket, audits, chance)
        _tell_target(ticket, audits, held)
        held.append((ticket, audits))
        mergeable = {recent.ticket_id for recent in world.recent}
        while held and held[0][0].ticket_id not in mergeable:
            yield held.popleft()
    yield from held


def _tell_target(ticket: Ticket, audits: list[Audit], held: deque[tuple[Ticket, list[Audit]]]) -> None:
    """A merge is told on the ticket that stays, too: a comment, public, that is no reply."""
    target_id = ticket.state["merged_into_id"]
    merge = next((audit for audit in audits if audit.is_merge()), None)
    if target_id is None or merge is None:
        return
    target = next(audits for other, audits in held if other.ticket_id == target_id)
    number = int(ticket.ticket_id)
    told = Audit(merge.at, merge.author_id, merge.kind, merge_via("from", number, ticket.subject))
    told.events.append(
        comment(merge.author_id, f"Request #{number} was closed and merged into this request.")
    )
    target.append(told)
