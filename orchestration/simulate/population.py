"""Who there is: agents, and how many customers and organizations."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY, GROUPS, LANGUAGES, SLOTS, Group
from orchestration.simulate.vocabulary import FIRST_NAMES, LAST_NAMES


@dataclass(frozen=True)
class Agent:
    """An agent: works in ``[works_from, works_until)`` (seconds since 1970 UTC) on ``schedule_id``."""

    agent_id: str
    name: str
    email: str
    group: Group
    schedule_id: str
    hired_on: date
    works_from: int
    works_until: int
    promoted_at: int | None
    is_trainer: bool


@dataclass
class Population:
    """Everybody, for one simulated helpdesk.

    Attributes:
        starts_at: First instant of the simulation, in seconds since 1970 UTC.
        ends_at: Last instant of the simulation, in seconds since 1970 UTC.
        customer_count: Customers known at the end; numbered by when they became known.
        known_at_start: Customers known at the start.
        organization_count: Organizations.
        agents: Agents by group id.
    """

    starts_at: int
    ends_at: int
    customer_count: int
    known_at_start: int
    organization_count: int
    agents: dict[str, list[Agent]] = field(default_factory=dict)

    def agent_at(self, group_id: str, instant: int, chance: Chance) -> Agent:
        """An agent of the group who works there at the instant (the first of a group always does)."""
        members = self.agents[group_id]
        for _ in range(8):
            agent = members[chance.randrange(len(members))]
            if agent.works_from <= instant < agent.works_until:
                return agent
        return members[0]


def populate(first: date, last: date, ticket_count: int, chance: Chance) -> Population:
    """Hire agents and size the customer base for a simulation.

    Args:
        first: First UTC day.
        last: Last UTC day.
        ticket_count: Tickets to come; agents and customers grow with it.
        chance: What happens by chance.

    Returns:
        The population.
    """
    starts_at = int(datetime.combine(first, datetime.min.time(), UTC).timestamp())
    days = (last - first).days + 1
    customers = max(10, ticket_count // (4 * SLOTS)) * SLOTS
    known = max(1, round(0.6 * customers / SLOTS)) * SLOTS
    population = Population(starts_at, starts_at + days * DAY - 1, customers, known, max(12, customers // 40))
    head_count = min(400, max(30, ticket_count // (days * 6)))
    for group in GROUPS:
        members = max(3, round(head_count * group.share))
        population.agents[group.group_id] = [
            _hire(group, number, first, days, chance) for number in range(members)
        ]
    return population


def _hire(group: Group, number: int, first: date, days: int, chance: Chance) -> Agent:
    """Most agents were there before; every fifth joins later, every ninth leaves, every seventh rises."""
    schedule_id = group.schedules[number % len(group.schedules)]
    language = LANGUAGES[schedule_id]
    name = f"{chance.choice(FIRST_NAMES[language])} {chance.choice(LAST_NAMES[language])}"
    agent_id = f"agent-{group.group_id.removeprefix('group-')}-{number + 1:03d}"
    joins_after = int(days * chance.uniform(0.1, 0.7)) if number % 5 == 4 else -chance.randrange(60, 2000)
    hired_on = first + timedelta(days=joins_after)
    works_from = int(datetime.combine(hired_on, datetime.min.time(), UTC).timestamp())
    starts_at = works_from - joins_after * DAY
    leaves = starts_at + int(days * DAY * chance.uniform(0.75, 0.95)) if number % 9 == 8 else 1 << 60
    promoted = starts_at + int(days * DAY * chance.uniform(0.3, 0.7)) if number % 7 == 3 else None
    email = f"{agent_id.removeprefix('agent-')}@desk.example.org"
    return Agent(
        agent_id, name, email, group, schedule_id, hired_on, works_from, leaves, promoted, number % 6 == 0
    )
