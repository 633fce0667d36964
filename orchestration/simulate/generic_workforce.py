"""The open format's shifts and agent states: within opening hours, day after day."""

from collections.abc import Iterator

from orchestration.simulate import calendars
from orchestration.simulate.agent_states import shift_states
from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.population import Agent
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.touches import Touch, Workbook
from orchestration.simulate.witness import Witness, told
from orchestration.simulate.world import World

_TRAINING = 45 * DAY
_BLOCK = DAY // 3
_ALL_TOUCHES_KNOWN_AFTER = 2
_UNPAID = 0.02
_QUARTER = 900
_SHORTEST = 5_400
_TICKETS_OF_A_FULL_DAY = 8


class Workforce(Witness):
    """Writes the shifts of a day and their states once everything agents did on it is known."""

    streams = ("shifts", "agent_states")

    def __init__(self, world: World, delivery: Delivery, chance: Chance, book: Workbook, load: float) -> None:
        super().__init__(world, delivery, chance)
        self._book = book
        self._agents = [one for members in world.population.agents.values() for one in members]
        self._day = world.population.starts_at // DAY
        # Whoever has nothing to do on a day is mostly not there: small helpdesks have part-time agents.
        self._attendance = min(0.8, load / _TICKETS_OF_A_FULL_DAY)

    def see(self, ticket: Ticket) -> None:
        """Days long before this ticket have been told entirely."""
        self._pass_until(ticket.created_at // DAY - _ALL_TOUCHES_KNOWN_AFTER)

    def end(self) -> None:
        """Tell the last days."""
        self._pass_until(self.ends_at // DAY + 1)

    def _pass_until(self, day: int) -> None:
        while self._day < day:
            for number, agent in enumerate(self._agents):
                self._work(number, agent)
            self._day += 1

    def _work(self, number: int, agent: Agent) -> None:
        touches = self._book.take(agent.agent_id, (self._day + 1) * DAY)
        spans = [
            span for span in self._spans(number, agent) if agent.works_from <= span[0] < agent.works_until
        ]
        is_there_anyway = self.chance.happens(self._attendance)
        for place, span in enumerate(spans, 1):
            own = [touch for touch in touches if touch.started_at < span[1] and touch.ended_at > span[0]]
            if (own or is_there_anyway) and span[0] <= self.ends_at:
                begin, end = _part(span, own) if own and not is_there_anyway else span
                self._tell(f"shift-{agent.agent_id}-{self._day}-{place}", agent, begin, end, own)

    def _spans(self, number: int, agent: Agent) -> Iterator[tuple[int, int]]:
        """When the agent's desk is open today; round the clock in three turns, with two days off in seven."""
        midnight = self._day * DAY
        if agent.schedule_id != calendars.ALWAYS:
            yield from self.world.hours[agent.schedule_id].starting_in(midnight, midnight + DAY)
        elif (self._day + number) % 7 < 5:
            starts_at = midnight + (self._day // 7 + number) % 3 * _BLOCK
            yield starts_at, starts_at + _BLOCK

    def _tell(self, shift_id: str, agent: Agent, begin: int, end: int, touches: list[Touch]) -> None:
        shift = {
            "shift_id": shift_id,
            "agent_id": agent.agent_id,
            "starts_at": timestamp(begin),
            "ends_at": timestamp(end),
            "is_paid": not self.chance.happens(_UNPAID),
        }
        self.delivery.deliver("shifts", begin, shift)
        is_in_training = begin < agent.works_from + _TRAINING
        for state in shift_states(begin, end, touches, is_in_training, self.chance):
            if state.started_at > self.ends_at:
                break
            record = {
                "agent_id": agent.agent_id,
                "state": state.state,
                "started_at": timestamp(state.started_at),
                "ended_at": told(state.ended_at if state.ended_at <= self.ends_at else None),
                "channel": state.channel,
                "ticket_id": state.ticket_id,
            }
            self.delivery.deliver("agent_states", state.ended_at, record)


def _part(span: tuple[int, int], touches: list[Touch]) -> tuple[int, int]:
    """As much of the opening as there is work: from the first touch to the last, in quarters of an hour."""
    first, last = touches[0].started_at, max(touch.ended_at + touch.after_call_seconds for touch in touches)
    worked = sum(touch.ended_at - touch.started_at for touch in touches)
    missing = max(_SHORTEST, worked * 10 // 7) - (last - first)
    if missing > 0:
        first, last = first - missing // 2, last + missing // 2
    begin, end = first // _QUARTER * _QUARTER, -(-last // _QUARTER) * _QUARTER
    return max(span[0], begin), min(span[1], end)
