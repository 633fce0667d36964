"""What published rows call agents, teams and channels: keys and names, never the helpdesk's ids."""

from tests.reference.kpis.raw import Desk
from tests.reference.pseudonyms import pseudonym
from tests.reference.records import text

# What the open format's writers call their channels, where it is not the warehouse's word.
_CHANNELS = {"whatsapp": "messaging"}


def agent_key(agent_id: str | None) -> str | None:
    """The published key of an agent of the open format's main account; nobody has none."""
    if agent_id is None:
        return None
    return pseudonym("generic", "main", agent_id)


def team_label(desk: Desk, group_id: str | None) -> str | None:
    """The name of a team, else its id; no team has none."""
    names = {text(group["group_id"]): text(group.get("name")) for group in desk.stream("groups")}
    return names.get(group_id) or group_id


def channel_label(channel: str | None) -> str | None:
    """The warehouse's word for a channel."""
    written = (channel or "").lower()
    return _CHANNELS.get(written, written) or None
