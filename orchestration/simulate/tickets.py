"""All tickets of a simulation, one after the other, for each system to write in its own shape."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from orchestration.simulate import ordinary_life, special_lives
from orchestration.simulate.chance import Chance
from orchestration.simulate.creation import create_ticket
from orchestration.simulate.desk import Desk
from orchestration.simulate.log import LogEnded
from orchestration.simulate.rhythm import arrivals
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.world import RecentTicket, World

_FIRST_NUMBER = 100_001
_KINDS = Skewed({"ordinary": 91.6, "duplicate": 3.5, "spam": 3.0, "deleted": 1.5, "test": 0.4})
_LOST_HISTORY = 0.004
_Life = Callable[[Desk], None]


def tickets(world: World, count: int, chance: Chance) -> Iterator[Ticket]:
    """Simulate tickets in order of creation, each up to the end of the log.

    Args:
        world: The helpdesk.
        count: How many; exactly so many come, with ids of one width.
        chance: What happens by chance.

    Yields:
        Finished tickets: state and log agree, except for a few whose log is lost.
    """
    coming = arrivals(world.first, world.last, count, world.holidays, chance)
    width = len(str(_FIRST_NUMBER + count))
    for number, arrival in enumerate(coming, _FIRST_NUMBER):
        kind, original = _kind(world, arrival.instant, chance)
        requester = original.requester if original else None
        ticket = create_ticket(world, arrival, f"{number:0{width}d}", chance, requester)
        desk = Desk(world, ticket, chance)
        with suppress(LogEnded):
            _lead(kind, desk, original)
        if kind == "ordinary":
            world.remember(ticket)
            if chance.random() < _LOST_HISTORY:
                ticket.events.clear()
        yield ticket


def _kind(world: World, instant: int, chance: Chance) -> tuple[str, RecentTicket | None]:
    """What sort of life; a duplicate needs an unsolved ticket to repeat and is ordinary without one."""
    kind = _KINDS.draw(chance)
    if kind != "duplicate":
        return kind, None
    waiting = [recent for recent in world.recent if recent.is_unsolved_at(instant)]
    return (kind, chance.choice(waiting)) if waiting else ("ordinary", None)


def _lead(kind: str, desk: Desk, original: RecentTicket | None) -> None:
    if original is not None:
        special_lives.live_as_duplicate(desk, original)
        return
    lives: dict[str, _Life] = {
        "spam": special_lives.live_as_spam,
        "test": special_lives.live_as_test,
        "deleted": special_lives.live_until_deleted,
        "ordinary": ordinary_life.live,
    }
    lives[kind](desk)
