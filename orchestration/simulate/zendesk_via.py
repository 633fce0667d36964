"""Through what something came: Zendesk's ``via`` of tickets, audits and events."""

from orchestration.simulate.ticket import Ticket

Via = dict[str, object]
_SOCIAL_CHANNELS = ("twitter", "facebook")
_BRAND_NAMES = {"brand-aurora": "aurora", "brand-basalt": "basalt"}


def plain_via(channel: str, rel: str | None = None) -> Via:
    """A via that tells the channel and the relation only."""
    return {"channel": channel, "source": {"from": {}, "to": {}, "rel": rel}}


def rule_via(rule_id: int, title: str, rel: str) -> Via:
    """A via of a business rule; ``rel`` is trigger or automation."""
    source = {"deleted": False, "title": title, "id": rule_id}
    return {"channel": "rule", "source": {"from": source, "to": {}, "rel": rel}}


ROUTING = rule_via(360_081_000_101, "Route to the right group", "trigger")
ACKNOWLEDGING = rule_via(360_081_000_121, "Tell the requester that the request has come", "trigger")
SCHEDULING = rule_via(360_081_000_141, "Set the schedule", "trigger")
REMINDING = rule_via(360_081_000_161, "Solve what waits for a week", "automation")
CLOSING = rule_via(360_081_000_181, "Close 4 days after solve", "automation")
SURVEYING = rule_via(360_081_000_201, "Ask for satisfaction 24 hours after solve", "automation")
WEB = plain_via("web")
SIDE_CONVERSATION = plain_via("side_conversation")


def merge_via(side: str, ticket_number: int, subject: str) -> Via:
    """The via of a merge's audit.

    Args:
        side: ``to`` on the ticket merged away, ``from`` on the one that stays.
        ticket_number: The other ticket.
        subject: The other ticket's subject.

    Returns:
        The via, whose source names the other ticket.
    """
    source: dict[str, object] = {"from": {}, "to": {}, "rel": "merge"}
    source[side] = {"ticket_id": ticket_number, "subject": example_address(subject)}
    return {"channel": "web", "source": source}


def channel_of(ticket: Ticket) -> str:
    """What Zendesk calls the channel of creation; one brand chats in messaging, the other in legacy chat."""
    if ticket.origin == "system":
        return "system"
    if ticket.origin in ("agent_on_behalf", "proactive_outbound"):
        return "web"
    if ticket.channel == "chat":
        return "native_messaging" if ticket.brand_id == "brand-basalt" else "chat"
    if ticket.channel == "social":
        return _SOCIAL_CHANNELS[int(ticket.ticket_id) % 2]
    return "voice" if ticket.channel == "phone" else ticket.channel


def creation_via(ticket: Ticket) -> Via:
    """The via of the ticket and of its first audit."""
    channel = channel_of(ticket)
    if channel == "email":
        brand = _BRAND_NAMES[ticket.brand_id]
        sender = {"address": example_address(ticket.requester.email), "name": ticket.requester.name}
        receiver = {"address": f"help@{brand}.example.com", "name": brand.title()}
        return {"channel": "email", "source": {"from": sender, "to": receiver, "rel": None}}
    if channel == "voice":
        return plain_via("voice", "inbound" if ticket.origin == "phone_log" else "voicemail")
    return plain_via(channel)


def example_address(email: str) -> str:
    """An address that can belong to nobody."""
    return email.replace("example.org", "example.com")
