"""What one simulated helpdesk knows: its calendar, its people, and a short memory of recent tickets."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from orchestration.simulate.calendars import company_holidays, company_openings
from orchestration.simulate.chance import Chance
from orchestration.simulate.company import REGIONS
from orchestration.simulate.customers import Customer
from orchestration.simulate.opening_hours import Holiday, Opening, OpeningHours, opening_hours
from orchestration.simulate.population import Population, populate
from orchestration.simulate.ticket import Ticket


class RecentTicket(NamedTuple):
    """An ordinary ticket that a later one may repeat."""

    ticket_id: str
    requester: Customer
    unsolved_until: int | None

    def is_unsolved_at(self, instant: int) -> bool:
        """Whether nobody had solved it yet at the instant (seconds since 1970 UTC)."""
        return self.unsolved_until is None or instant < self.unsolved_until


@dataclass
class World:
    """One simulated helpdesk.

    Attributes:
        first: First UTC day.
        last: Last UTC day; the log ends with it.
        openings: Weekly openings as delivered.
        holidays: Holidays as delivered.
        population: Agents, customers, organizations.
        hours: When each schedule is open.
        waking: When customers of each region write.
        recent: The last few ordinary tickets.
        problems: The ticket that stands for a storm, by its day (days since 1970).
    """

    first: date
    last: date
    openings: list[Opening]
    holidays: list[Holiday]
    population: Population
    hours: dict[str, OpeningHours]
    waking: dict[str, OpeningHours]
    recent: deque[RecentTicket] = field(default_factory=lambda: deque(maxlen=40))
    problems: dict[int, str] = field(default_factory=dict)

    def remember(self, ticket: Ticket) -> None:
        """Keep a ticket in mind, so that its requester may ask again."""
        self.recent.append(RecentTicket(ticket.ticket_id, ticket.requester, ticket.unsolved_until))


def make_world(first: date, last: date, ticket_count: int, chance: Chance) -> World:
    """Found a helpdesk.

    Args:
        first: First UTC day.
        last: Last UTC day.
        ticket_count: Tickets to come.
        chance: What happens by chance.

    Returns:
        The helpdesk before its first ticket.
    """
    openings = company_openings(first, last)
    holidays = company_holidays(first - timedelta(days=1), last + timedelta(days=1))
    hours = {
        schedule_id: opening_hours(
            [opening for opening in openings if opening.schedule_id == schedule_id],
            [holiday for holiday in holidays if holiday.schedule_id == schedule_id],
            first,
            last,
        )
        for schedule_id in dict.fromkeys(opening.schedule_id for opening in openings)
    }
    waking = {
        region.name: opening_hours(
            [Opening("", "", region.time_zone, day, "07:00", "23:30") for day in range(1, 8)], [], first, last
        )
        for region in REGIONS
    }
    return World(first, last, openings, holidays, populate(first, last, ticket_count, chance), hours, waking)
