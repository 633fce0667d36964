"""Which messages of a ticket are replies that count, and what is counted of its messages.

Where the contract leaves room, this reference reads it so:

* Whoever is the customer is a message's customer: an agent who asks for himself is one in his own ticket.
* A customer's automated messages are customer messages like others, but no reply is awaited for them.
* An internal note is what an agent writes that the customer does not see.
* Of two versions of a message the one that landed last counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.reference.history import History, read_history
from tests.reference.lifecycle import ticket_facts
from tests.reference.records import Record, flag, in_order, instant, seconds_between, text


@dataclass(frozen=True)
class Message:
    """One message; ``not_counting_reason`` is None for a reply that counts."""

    message_id: str
    sent_at: datetime
    session_id: str | None
    is_by_customer: bool
    is_public: bool
    is_note: bool
    awaits_reply: bool
    not_counting_reason: str | None


@dataclass(frozen=True, kw_only=True)
class ReplyFacts:
    """What ``fct_tickets`` says of a ticket's messages; all None when the helpdesk has no messages."""

    first_replied_at: datetime | None
    first_response_seconds: int | None
    agent_reply_count: int | None
    customer_message_count: int | None
    internal_note_count: int | None
    is_one_touch: bool | None


def _read_message(record: Record, requester_id: str | None, merged_at: datetime | None) -> Message:
    sent_at = instant(record["sent_at"])
    author_id, author_type = text(record.get("author_id")), record["author_type"]
    is_requester = author_id is not None and author_id == requester_id
    is_by_customer = author_type == "customer" or is_requester
    is_public = flag(record.get("is_public")) is not False
    # The opening text is no question of its own: who asks with it waits from the creation on.
    is_aside = any(
        flag(record.get(name)) for name in ("is_description", "is_merge_notice", "is_side_conversation")
    )
    is_machine = author_type in ("bot", "system")
    is_automated = bool(flag(record.get("is_automated")))
    is_after_merge = merged_at is not None and sent_at >= merged_at
    checks = {
        "description": flag(record.get("is_description")),
        "merge_notice": flag(record.get("is_merge_notice")),
        "side_conversation": flag(record.get("is_side_conversation")),
        "private": not is_public,
        "automated": is_automated,
        "by_bot": author_type == "bot",
        "by_system": author_type == "system",
        "by_customer": is_by_customer,
        "after_merge": is_after_merge,
    }
    return Message(
        message_id=record["message_id"],
        sent_at=sent_at,
        session_id=text(record.get("session_id")),
        is_by_customer=is_by_customer,
        is_public=is_public,
        is_note=author_type == "agent" and not (is_public or is_by_customer),
        awaits_reply=is_by_customer
        and is_public
        and not (is_aside or is_automated or is_machine or is_after_merge),
        not_counting_reason=next((reason for reason, holds in checks.items() if holds), None),
    )


def read_messages(
    ticket: Record, messages: Sequence[Record], history: History, as_of: datetime
) -> list[Message]:
    """Read the messages of one ticket in their order, each with the reason why it is no reply that counts.

    Args:
        ticket: Record of the stream ``tickets``.
        messages: Its ``messages`` in the order they landed.
        history: Its history at as_of.
        as_of: Instant after which nothing was sent yet (naive UTC).
    """
    versions = {record["message_id"]: record for record in messages}.values()
    requester_id = text(ticket.get("requester_id"))
    known = [_read_message(record, requester_id, history.merged_at) for record in versions]
    told: list[Message] = []
    answered_sessions: set[str] = set()
    for message in sorted(known, key=lambda message: (message.sent_at, in_order(message.message_id))):
        reason = message.not_counting_reason
        if message.sent_at > as_of:
            continue
        # What is said in an answered chat goes on with it: it is no further reply, and starts no wait.
        is_answered = message.session_id in answered_sessions
        if reason is None and message.session_id is not None:
            reason = "same_session" if is_answered else None
            answered_sessions.add(message.session_id)
        awaits_reply = message.awaits_reply and not is_answered
        told.append(replace(message, not_counting_reason=reason, awaits_reply=awaits_reply))
    return told


def reply_facts(
    ticket: Record, events: Sequence[Record], messages: Sequence[Record] | None, as_of: datetime
) -> ReplyFacts | None:
    """Count one ticket's messages and time its first reply.

    Args:
        ticket: Record of the stream ``tickets``.
        events: Its ``ticket_events`` in the order they landed.
        messages: Its ``messages`` in the order they landed; None when the helpdesk has no such stream.
        as_of: The run's one "now"; without an offset it is UTC.

    Returns:
        The facts, or None when the ticket does not exist yet at as_of.
    """
    history, facts = read_history(ticket, events, as_of), ticket_facts(ticket, events, as_of)
    if history is None or facts is None:
        return None
    if messages is None:
        return ReplyFacts(**dict.fromkeys(ReplyFacts.__dataclass_fields__))
    told = read_messages(ticket, messages, history, instant(as_of))
    replies = [message for message in told if message.not_counting_reason is None]
    first_replied_at = max(replies[0].sent_at, history.created_at) if replies else None
    return ReplyFacts(
        first_replied_at=first_replied_at,
        first_response_seconds=(
            seconds_between(history.created_at, first_replied_at) if first_replied_at else None
        ),
        agent_reply_count=len(replies),
        customer_message_count=sum(message.is_by_customer and message.is_public for message in told),
        internal_note_count=sum(message.is_note for message in told),
        is_one_touch=len(replies) <= 1 if facts.solved_at else None,
    )
