"""Touches: the stretches of time in which an agent works on a ticket or a call."""

from collections import defaultdict
from typing import NamedTuple

from orchestration.simulate.chance import Chance
from orchestration.simulate.ticket import Ticket

_PAUSE = 600
_HANDLING_MEDIAN = {"phone": 200, "chat": 90, "whatsapp": 120}


class Touch(NamedTuple):
    """An agent at work, in seconds since 1970 UTC; a call has after-call work too."""

    started_at: int
    ended_at: int
    agent_id: str
    channel: str
    ticket_id: str | None
    after_call_seconds: int = 0


class Workbook:
    """The touches of all agents, kept until their day is told."""

    def __init__(self) -> None:
        self._touches: dict[str, list[Touch]] = defaultdict(list)

    def add(self, touch: Touch) -> None:
        """Keep a touch."""
        self._touches[touch.agent_id].append(touch)

    def take(self, agent_id: str, until: int) -> list[Touch]:
        """Give up the agent's touches that began before an instant, in order."""
        known = self._touches[agent_id]
        taken = sorted(touch for touch in known if touch.started_at < until)
        if taken:
            self._touches[agent_id] = [touch for touch in known if touch.started_at >= until]
        return taken


def ticket_touches(ticket: Ticket, pace: float, chance: Chance) -> list[Touch]:
    """What agents did on a ticket, each stretch ending with its last visible act.

    Args:
        ticket: A finished ticket.
        pace: How many times longer than in a busy helpdesk agents take.
        chance: How long agents worked before something could be seen.

    Returns:
        Touches in order; acts of one agent within ten minutes are one touch.
    """
    acts = [(e.occurred_at, e.actor.actor_id) for e in ticket.events if e.actor.kind == "agent"]
    acts += [
        (m.sent_at, m.author.actor_id)
        for m in ticket.messages
        if m.author.kind == "agent" and not m.is_description
    ]
    median = pace * _HANDLING_MEDIAN.get(ticket.channel, 600)
    touches: list[Touch] = []
    for at, agent_id in sorted(acts, key=lambda act: act[0]):
        last = touches[-1] if touches else None
        if last and last.agent_id == agent_id and at - last.ended_at <= _PAUSE:
            touches[-1] = last._replace(ended_at=max(at, last.ended_at))
            continue
        started_at = max(at - chance.seconds(median, 0.7), last.ended_at if last else ticket.created_at)
        if agent_id is not None:
            touches.append(Touch(min(started_at, at - 1), at, agent_id, ticket.channel, ticket.ticket_id))
    return touches
