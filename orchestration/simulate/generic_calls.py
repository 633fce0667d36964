"""The open format's calls: those with which phone tickets began, and those that left no ticket."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.customers import draw_customer
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.generic_call_legs import answer
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.touches import Workbook
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness
from orchestration.simulate.world import World

_WITHOUT_TICKET = 0.19
_OUTBOUND = 0.06
_IN_HOURS = Skewed(
    {
        **{"answered": 62, "abandoned_in_queue": 14, "abandoned_in_ivr": 6, "abandoned_on_hold": 3},
        **{"voicemail": 3, "callback": 3, "overflowed": 2, "missed": 4, "blocked": 3},
    }
)
_IN_STORMS = Skewed({"answered": 40, "abandoned_in_queue": 30, "blocked": 25, "callback": 5})
_CLOSED = Skewed({"outside_hours": 70, "voicemail": 24, "abandoned_in_ivr": 6})
_OUTWARD = Skewed({"answered": 75, "missed": 25})
_CAUSES = Skewed({"no_staff": 65, "network": 35})
_IN_QUEUE = ("abandoned_in_queue", "voicemail", "overflowed", "missed")
# Who calls while the desk of the region is closed mostly reaches the one that never is.
_ANSWERED_AT_NIGHT = 0.7
_NIGHT_DESK = "group-incident"
_LONGEST = 14_400


class Calls(Witness):
    """Writes calls and their legs, and tells the workbook who was on the phone."""

    streams = ("calls", "call_legs")

    def __init__(self, world: World, delivery: Delivery, chance: Chance, book: Workbook) -> None:
        super().__init__(world, delivery, chance)
        self._book = book

    def see(self, ticket: Ticket) -> None:
        """The call of a phone ticket; and perhaps another call of that hour."""
        region = ticket.requester.region
        if ticket.channel == "phone" and not ticket.is_spam:
            known_agent = ticket.submitter.actor_id if ticket.submitter.kind == "agent" else None
            is_open = self.world.hours[region.schedule_id].is_open(ticket.created_at)
            group_id = region.group_id
            if not is_open and known_agent is None and self.chance.happens(_ANSWERED_AT_NIGHT):
                group_id, is_open = _NIGHT_DESK, True
            record = self._call(f"call-{ticket.ticket_id}", "inbound", "answered" if is_open else "voicemail")
            record |= {"ticket_id": ticket.ticket_id, "customer_id": ticket.requester.customer_id}
            # The ticket is written while they talk.
            before = self.chance.randrange(60, 400)
            self._tell(record, ticket.created_at - before, group_id, known_agent)
        if self.chance.happens(_WITHOUT_TICKET):
            started_at = ticket.created_at + self.chance.randrange(3_600)
            is_open = self.world.hours[region.schedule_id].is_open(started_at)
            direction = "outbound" if is_open and self.chance.happens(_OUTBOUND) else "inbound"
            if direction == "outbound":
                outcome = _OUTWARD.draw(self.chance)
            elif not is_open:
                outcome = _CLOSED.draw(self.chance)
            else:
                outcome = (_IN_STORMS if "outage" in ticket.tags else _IN_HOURS).draw(self.chance)
            record = self._call(f"call-{ticket.ticket_id}-b", direction, outcome)
            if direction == "outbound" or self.chance.happens(0.7):
                caller = draw_customer(self.world.population, region, ticket.created_at, self.chance)
                record["customer_id"] = caller.customer_id
            self._tell(record, started_at, region.group_id, None)

    def _tell(self, record: dict[str, object], started_at: int, group_id: str, agent_id: str | None) -> None:
        chance = self.chance
        started_at = max(started_at, self.world.population.starts_at)
        if started_at + _LONGEST > self.ends_at:
            return  # still going on when the log ends
        outcome = record["outcome"]
        record["started_at"] = timestamp(started_at)
        at = started_at
        if outcome == "blocked":
            record["block_cause"] = _CAUSES.draw(chance)
        elif record["direction"] == "inbound":
            record["ivr_seconds"] = ivr = chance.randrange(5, 60)
            at += ivr
        if outcome in _IN_QUEUE or outcome in ("answered", "callback", "abandoned_on_hold"):
            record["group_id"] = group_id
        if record["group_id"] and record["direction"] == "inbound":
            is_short = outcome == "abandoned_in_queue" and chance.happens(0.25)
            wait = (
                chance.randrange(1, 6)
                if is_short
                else chance.seconds(60 if outcome in _IN_QUEUE else 11, 1.0)
            )
            record["wait_seconds"] = wait = min(wait, 1_800)
            at += wait
        legs, touches = answer(self.world, record, at, agent_id, chance)
        for touch in touches:
            self._book.add(touch)
            at = touch.ended_at + touch.after_call_seconds
        self.delivery.deliver("calls", at, record)
        for leg in legs:
            self.delivery.deliver("call_legs", at, leg)

    def _call(self, call_id: str, direction: str, outcome: str) -> dict[str, object]:
        record = dict.fromkeys(
            (
                *("call_id", "ticket_id", "direction", "started_at", "outcome", "block_cause"),
                *("wait_seconds", "ivr_seconds", "talk_seconds", "hold_seconds", "wrap_up_seconds"),
                *("agent_id", "group_id", "customer_id"),
            )
        )
        return record | {"call_id": call_id, "direction": direction, "outcome": outcome}
