"""The open format's quality reviews: some solved tickets are read again, category by category."""

from typing import NamedTuple

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.witness import Witness, is_countable, solver, solves

_REVIEWED = 0.1
_NOT_APPLICABLE = 0.06
_REVIEWER = "group-technical"


class _Category(NamedTuple):
    """What is rated, how much it weighs, on which scale, and how often each score is given."""

    name: str
    weight: float
    is_critical: bool
    scores: tuple[int, ...]
    shares: tuple[int, ...]


_CATEGORIES = (
    _Category("solution", 3, True, (0, 1, 2), (4, 20, 76)),
    _Category("tone", 1, False, (1, 2, 3, 4, 5), (1, 4, 12, 38, 45)),
    _Category("grammar", 0.5, False, (1, 2, 3, 4), (3, 7, 30, 60)),
    _Category("privacy", 1, True, (0, 1), (2, 98)),
    _Category("process", 2, False, (1, 2, 3, 4, 5), (2, 6, 20, 40, 32)),
)


class QualityReviews(Witness):
    """Writes reviews: one record per category."""

    streams = ("quality_reviews",)

    def see(self, ticket: Ticket) -> None:
        """A trainer reads some tickets days after they were solved."""
        found = solves(ticket)
        if not found or not is_countable(ticket) or not self.chance.happens(_REVIEWED):
            return
        reviewed_at = found[-1].occurred_at + self.chance.randrange(DAY, 9 * DAY)
        agent_id = solver(ticket, found[-1])
        reviewer_id = self._reviewer(agent_id, reviewed_at, self.chance)
        if reviewed_at > self.ends_at or agent_id is None:
            return
        for category in _CATEGORIES:
            is_rated = category.is_critical or not self.chance.happens(_NOT_APPLICABLE)
            score = self.chance.choices(category.scores, category.shares)[0] if is_rated else None
            record = {
                "review_id": f"review-{ticket.ticket_id}",
                "ticket_id": ticket.ticket_id,
                "agent_id": agent_id,
                "reviewer_id": reviewer_id,
                "reviewed_at": timestamp(reviewed_at),
                "category": category.name,
                "weight": category.weight,
                "is_critical": category.is_critical,
                "score": score,
                "scale_min": category.scores[0],
                "scale_max": category.scores[-1],
            }
            self.delivery.deliver("quality_reviews", reviewed_at, record)

    def _reviewer(self, agent_id: str | None, at: int, chance: Chance) -> str:
        """The one who stays with the technical group, or somebody else when that is whose work it is."""
        first, second = self.world.population.agents[_REVIEWER][:2]
        chosen = first if chance.happens(0.7) or second.works_from > at else second
        other = second if chosen is first else first
        return (other if chosen.agent_id == agent_id else chosen).agent_id
