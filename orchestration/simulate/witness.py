"""What is beside the tickets: witnesses see each ticket when it is finished and write other streams."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.log import Event
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.world import World


class Witness:
    """Sees every ticket, in order of creation, and writes what else happened then.

    Attributes:
        streams: The streams it writes.
    """

    streams: tuple[str, ...] = ()

    def __init__(self, world: World, delivery: Delivery, chance: Chance) -> None:
        self.world = world
        self.delivery = delivery
        self.chance = chance
        self.ends_at = world.population.ends_at
        for stream in self.streams:
            delivery.open(stream)

    def see(self, ticket: Ticket) -> None:
        """A ticket, up to the end of the log."""

    def end(self) -> None:
        """There was the last ticket."""


def told(instant: int | None) -> str | None:
    """An instant (seconds since 1970 UTC) in ISO 8601, or nothing."""
    return None if instant is None else timestamp(instant)


def is_countable(ticket: Ticket) -> bool:
    """Whether a ticket is somebody's real request: no spam, test, deletion or duplicate."""
    return not (
        ticket.is_spam
        or ticket.is_test
        or ticket.state["is_deleted"] == "true"
        or ticket.state["merged_into_id"] is not None
    )


def solves(ticket: Ticket) -> list[Event]:
    """The events with which a ticket was solved, in order; none when it was created solved."""
    return [event for event in ticket.events if event.field == "status" and event.new_value == "solved"]


def solver(ticket: Ticket, solve: Event) -> str | None:
    """The agent of a solve: who did it, else who was in charge then."""
    if solve.actor.kind == "agent":
        return solve.actor.actor_id
    return ticket.state_at(solve.occurred_at)["assignee_id"]
