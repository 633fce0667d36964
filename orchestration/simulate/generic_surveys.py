"""The open format's surveys: satisfaction and effort after solves, recommendation once a quarter."""

from datetime import date

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.customers import customer
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.log import Event
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness, is_countable, solver, solves, told
from orchestration.simulate.world import World

_HOUR = 3_600
_RESPONSE_RATE = 0.26
_CHANGED = 0.04
_SEEN_UNANSWERED = 0.1
_EFFORT_ASKED = 0.3
_SLOW = 3 * DAY
_SENT_BY = Skewed({"email": 74, "web": 10, "chat": 11, "phone": 5})
_SCORES = {
    ("csat", True): ((1, 2, 3, 4, 5), (2, 3, 8, 30, 57)),
    ("csat", False): ((1, 2, 3, 4, 5), (18, 17, 22, 26, 17)),
    ("ces", True): ((1, 2, 3, 4, 5, 6, 7), (2, 3, 5, 8, 17, 35, 30)),
    ("ces", False): ((1, 2, 3, 4, 5, 6, 7), (13, 14, 16, 18, 18, 13, 8)),
    ("nps", True): ((0, 3, 5, 6, 7, 8, 9, 10), (2, 2, 5, 8, 15, 23, 20, 25)),
    ("nps", False): ((0, 2, 4, 5, 6, 7, 8, 9), (15, 15, 18, 18, 14, 10, 6, 4)),
}
_SCALES = {"csat": (1, 5), "ces": (1, 7), "nps": (0, 10)}


class Surveys(Witness):
    """Writes surveys, again when they are answered or answered otherwise, and remembers who was unhappy."""

    streams = ("surveys",)

    def __init__(self, world: World, delivery: Delivery, chance: Chance, unhappy: dict[str, int]) -> None:
        super().__init__(world, delivery, chance)
        self._unhappy = unhappy
        self._quarter = _quarter(world.population.starts_at)

    def see(self, ticket: Ticket) -> None:
        """Ask after the last solve, and after a solve that was taken back too."""
        if _quarter(ticket.created_at) != self._quarter:
            self._quarter = _quarter(ticket.created_at)
            self._ask_everybody(ticket.created_at)
        if not is_countable(ticket) or ticket.origin == "system":
            return
        for number, solve in enumerate(solves(ticket), 1):
            is_good = number == 1 and solve.occurred_at - ticket.created_at < _SLOW
            self._ask_about(ticket, solve, f"csat-{ticket.ticket_id}-{number}", is_good)
            if self.chance.happens(_EFFORT_ASKED):
                self._ask_about(ticket, solve, f"ces-{ticket.ticket_id}-{number}", is_good)

    def _ask_about(self, ticket: Ticket, solve: Event, survey_id: str, is_good: bool) -> None:
        record = self._survey(survey_id, ticket.requester.customer_id)
        record |= {"ticket_id": ticket.ticket_id, "agent_id": solver(ticket, solve)}
        self._ask(record, solve.occurred_at + self.chance.randrange(_HOUR, 8 * _HOUR), is_good)

    def _ask_everybody(self, at: int) -> None:
        """Every second customer known by then is asked whether they would recommend the company."""
        population = self.world.population
        span = self.ends_at + 1 - population.starts_at
        late = population.customer_count - population.known_at_start
        known = population.known_at_start + late * (at - population.starts_at) // span
        for number in range(self._quarter[1] % 2, known, 2):
            one = customer(population, number).customer_id
            survey_id = f"nps-{self._quarter[0]}q{self._quarter[1]}-{number + 1:07d}"
            asked_at = at + self.chance.randrange(10 * DAY, 20 * DAY)
            self._ask(self._survey(survey_id, one), asked_at, one not in self._unhappy)

    def _ask(self, record: dict[str, object], requested_at: int, is_good: bool) -> None:
        chance = self.chance
        if requested_at > self.ends_at:
            return
        record["requested_at"] = timestamp(requested_at)
        seen_at = requested_at
        answers: list[tuple[int, int]] = []
        if chance.happens(0.96):
            seen_at = sent_at = requested_at + chance.randrange(600)
            record |= {"sent_by": _SENT_BY.draw(chance), "delivered": not chance.happens(0.02)}
            record["sent_at"] = told(sent_at if sent_at <= self.ends_at else None)
            if record["delivered"] and chance.happens(_RESPONSE_RATE):
                values, weights = _SCORES[str(record["kind"]), is_good]
                answers = [(sent_at + chance.seconds(6 * _HOUR, 1.2), chance.choices(values, weights)[0])]
                if chance.happens(_CHANGED):
                    another = chance.choice([value for value in values if value != answers[0][1]])
                    answers.append((answers[0][0] + chance.seconds(20 * _HOUR), another))
        answers = [(at, score) for at, score in answers if at <= self.ends_at]
        if answers and chance.happens(_SEEN_UNANSWERED):
            self.delivery.deliver("surveys", seen_at, record)
        for at, score in answers:
            if record["kind"] == "csat" and score <= 2:
                self._unhappy[str(record["customer_id"])] = at
            record |= {"responded_at": timestamp(at), "score": score, "has_comment": chance.happens(0.3)}
            self.delivery.deliver("surveys", at, record)
        if not answers:
            self.delivery.deliver("surveys", seen_at, record)

    def _survey(self, survey_id: str, customer_id: str) -> dict[str, object]:
        kind = survey_id.partition("-")[0]
        low, high = _SCALES[kind]
        return {
            "survey_id": survey_id,
            "kind": kind,
            "ticket_id": None,
            "customer_id": customer_id,
            **dict.fromkeys(("agent_id", "requested_at", "sent_at", "sent_by", "delivered"), None),
            **dict.fromkeys(("responded_at", "score"), None),
            "scale_min": low,
            "scale_max": high,
            "higher_is_better": True,
            "has_comment": None,
        }


def _quarter(instant: int) -> tuple[int, int]:
    day = date.fromisoformat(timestamp(instant)[:10])
    return day.year, (day.month + 2) // 3
