"""How the invented company is set up: the regions it serves and the groups that serve them."""

from dataclasses import dataclass

from orchestration.simulate import calendars

DAY = 86_400


@dataclass(frozen=True)
class Region:
    """A part of the world: its customers' clock and language, its desk, and its share of 20 customers."""

    name: str
    time_zone: str
    language: str
    schedule_id: str
    group_id: str
    first_slot: int
    slots: int


REGIONS = (
    Region("europe", "Europe/Riga", "lv", calendars.RIGA, "group-europe", 0, 9),
    Region("americas", "America/Chicago", "en", calendars.CHICAGO, "group-americas", 9, 7),
    Region("asia", "Asia/Tokyo", "ja", calendars.TOKYO, "group-asia", 16, 4),
)
SLOTS = sum(region.slots for region in REGIONS)


@dataclass(frozen=True)
class Group:
    """A team: ``schedules`` are those its agents work, in turn; ``share`` is its part of all agents."""

    group_id: str
    name: str
    tier: str
    schedules: tuple[str, ...]
    share: float


GROUPS = (
    Group("group-europe", "Support Europe", "1", (calendars.RIGA,), 0.30),
    Group("group-americas", "Support Americas", "1", (calendars.CHICAGO,), 0.24),
    Group("group-asia", "Support Asia", "1", (calendars.TOKYO, calendars.TOKYO_LATE), 0.14),
    Group("group-billing", "Billing", "1", (calendars.RIGA, calendars.CHICAGO), 0.12),
    Group("group-technical", "Technical", "2", (calendars.RIGA, calendars.CHICAGO, calendars.TOKYO), 0.14),
    Group("group-incident", "Incident response", "3", (calendars.ALWAYS,), 0.06),
)
LANGUAGES = {
    calendars.RIGA: "lv",
    calendars.CHICAGO: "en",
    calendars.TOKYO: "ja",
    calendars.TOKYO_LATE: "ja",
    calendars.ALWAYS: "en",
}
