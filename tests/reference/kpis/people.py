"""The roster: which team an agent belongs to, and what else it says of each at as_of."""

from datetime import datetime

from tests.reference.kpis.labels import team_label
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, instant, text


def roster(desk: Desk) -> dict[str, Record]:
    """Each listed agent's newest record of those that hold at as_of, by id.

    Args:
        desk: A desk's records and the instant to look at it.
    """

    def since(record: Record) -> datetime:
        return instant(record["valid_from"]) if record.get("valid_from") else datetime.min

    known = [record for record in desk.stream("agents") if since(record) <= desk.as_of]
    return {record["agent_id"]: record for record in sorted(known, key=since)}


def home_team(desk: Desk, agent_id: str | None) -> str | None:
    """What the team is called that an agent belongs to now; None when nobody knows."""
    return team_label(desk, text(roster(desk).get(agent_id or "", {}).get("group_id")))
