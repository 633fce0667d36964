"""The open format's records of tickets, their changes and their messages."""

from orchestration.simulate.files import timestamp
from orchestration.simulate.log import Event, Message
from orchestration.simulate.ticket import Ticket


def ticket_record(ticket: Ticket, created_at: str, as_of: int) -> dict[str, object]:
    """A ticket as it stood at an instant (seconds since 1970 UTC)."""
    state = ticket.state_at(as_of)
    is_settled = ticket.settled_at is not None and ticket.settled_at <= as_of
    return {
        "ticket_id": ticket.ticket_id,
        "created_at": created_at,
        "updated_at": timestamp(as_of),
        "status": state["status"],
        "priority": state["priority"],
        "type": state["type"],
        "channel": ticket.channel,
        "subject": ticket.subject,
        "requester_id": ticket.requester.customer_id,
        "submitter_id": ticket.submitter.actor_id,
        "assignee_id": state["assignee_id"],
        "group_id": state["group_id"],
        "organization_id": ticket.requester.organization_id,
        "brand_id": ticket.brand_id,
        "schedule_id": ticket.schedule_id,
        "tags": ticket.tags,
        "origin": ticket.origin,
        "is_spam": ticket.is_spam,
        "is_deleted": state["is_deleted"] == "true",
        "is_test": ticket.is_test,
        "merged_into_id": state["merged_into_id"],
        "problem_id": ticket.problem_id,
        "settled_amount": ticket.settled_amount if is_settled else None,
        "settled_currency": ticket.settled_currency if is_settled else None,
    }


def event_record(ticket: Ticket, event: Event, occurred_at: str) -> dict[str, object]:
    """A change of a ticket's field."""
    return {
        "event_id": event.event_id,
        "ticket_id": ticket.ticket_id,
        "occurred_at": occurred_at,
        "actor_id": event.actor.actor_id,
        "actor_type": event.actor.kind,
        "field": event.field,
        "old_value": event.old_value,
        "new_value": event.new_value,
    }


def message_record(ticket: Ticket, message: Message, sent_at: str) -> dict[str, object]:
    """A message without its text."""
    return {
        "message_id": message.message_id,
        "ticket_id": ticket.ticket_id,
        "sent_at": sent_at,
        "author_id": message.author.actor_id,
        "author_type": message.author.kind,
        "is_public": message.is_public,
        "is_automated": message.is_automated,
        "is_description": message.is_description,
        "channel": message.channel,
        "session_id": message.session_id,
    }
