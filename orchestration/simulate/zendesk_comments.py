"""Comments as events of an audit: their words, and the odd forms that authors take in chats."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.log import Actor
from orchestration.simulate.zendesk_audits import AuditEvent
from orchestration.simulate.zendesk_ids import author_id
from orchestration.simulate.zendesk_via import Via

_WORDS = {
    "agent": (
        "Thank you for writing. I have looked into it and corrected it.",
        "Could you tell me which browser you use?",
        "We have sent a replacement today.",
    ),
    "customer": (
        "Hello, this does not work for me. Could you help?",
        "Thank you, that helped!",
        "It still happens, also on another device.",
    ),
    "bot": ("Hello! A colleague will be with you soon.",),
    "system": ("We have received your request.",),
}
_MISSING_AUTHOR = 0.03


def words_of(kind: str, chance: Chance) -> str:
    """Something an agent, customer, bot or system may write."""
    return chance.choice(_WORDS[kind])


def comment(author: int | str, body: str, *, is_public: bool = True, via: Via | None = None) -> AuditEvent:
    """A Comment event.

    Args:
        author: Id of the author, a number or one of the forms of chats.
        body: What is written.
        is_public: Whether the requester sees it.
        via: Through what, when that is not what the audit came through.

    Returns:
        The event; its id comes later.
    """
    event: AuditEvent = {"id": 0, "type": "Comment", "author_id": author, "body": body, "public": is_public}
    event["attachments"] = []
    if via:
        event["via"] = via
    return event


def voice_comment(author: int, call_id: int, duration: int) -> AuditEvent:
    """The VoiceComment event of a call."""
    data = {"call_id": call_id, "call_duration": duration, "transcription_text": None}
    return {
        "id": 0,
        "type": "VoiceComment",
        "author_id": author,
        "body": f"Call {call_id}",
        "public": False,
        "data": data,
    }


def chat_author(author: Actor, chance: Chance) -> int | str:
    """An author as legacy chat tells it: `agent:` before agents, names for machines, now and then nobody."""
    if author.actor_id is None:
        return "__trigger" if chance.happens(0.7) else "__system"
    prefix = "agent:" if author.kind == "agent" else ""
    return prefix if chance.happens(_MISSING_AUTHOR) else f"{prefix}{author_id(author)}"
