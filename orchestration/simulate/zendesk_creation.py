"""The first audit of a ticket: its fields' first values, its description, its schedule."""

from orchestration.simulate.calendars import RIGA
from orchestration.simulate.chance import Chance
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_comments import comment, voice_comment, words_of
from orchestration.simulate.zendesk_ids import (
    BRAND_IDS,
    FORM_ID,
    GROUP_IDS,
    SCHEDULE_IDS,
    TOPIC_FIELD_ID,
    author_id,
    ticket_type,
    user_id,
)
from orchestration.simulate.zendesk_via import SCHEDULING, channel_of, creation_via, example_address

DEFAULT_SCHEDULE = RIGA
"""The account's first schedule: a ticket that nothing assigns one to is under it."""

_TAGS_OF_LATER = ("closed_by_merge",)


def is_problem(ticket: Ticket) -> bool:
    """Whether other tickets are incidents of this one."""
    return ticket.topic == "incident" and "outage" in ticket.tags and ticket.problem_id is None


def first_tags(ticket: Ticket) -> list[str]:
    """The tags with which the ticket was created."""
    return [tag for tag in ticket.tags if tag not in _TAGS_OF_LATER]


def call_id_of(ticket: Ticket) -> int:
    """The call with which a phone ticket began."""
    return 360_120_000_000 + 8 * int(ticket.ticket_id)


def call_seconds_of(ticket: Ticket) -> int:
    """How long that call was."""
    return 40 + int(ticket.ticket_id) * 7_919 % 560


def creation(ticket: Ticket, chance: Chance) -> Audit:
    """The audit that made the ticket.

    Args:
        ticket: The finished life.
        chance: Words.

    Returns:
        An audit with a description, Create events, and the schedule where it is not the account's first.
    """
    submitter = author_id(ticket.submitter)
    audit = Audit(ticket.created_at, submitter, ticket.submitter.kind, creation_via(ticket))
    if channel_of(ticket) == "voice":
        audit.events.append(voice_comment(submitter, call_id_of(ticket), call_seconds_of(ticket)))
    else:
        # On behalf of a customer: written down by an agent, but the customer is the comment's author.
        on_behalf = ticket.origin == "agent_on_behalf"
        author = user_id(ticket.requester.customer_id) if on_behalf else submitter
        kind = "customer" if on_behalf else ticket.submitter.kind
        audit.events.append(comment(author, words_of(kind, chance)))
    for name, value in _first_values(ticket):
        if value is not None:
            audit.create(name, value)
    if ticket.schedule_id != DEFAULT_SCHEDULE:
        assign_schedule(audit, None, ticket.schedule_id)
    return audit


def assign_schedule(audit: Audit, previous: str | None, schedule: str) -> None:
    """A trigger sets the schedule of the ticket."""
    audit.events.append(
        {
            "id": 0,
            "type": "ScheduleAssignment",
            "previous_schedule_id": None if previous is None else str(SCHEDULE_IDS[previous]),
            "new_schedule_id": str(SCHEDULE_IDS[schedule]),
            "via": SCHEDULING,
        }
    )


def _first_values(ticket: Ticket) -> list[tuple[str, object]]:
    state = dict(ticket.state)
    for event in reversed(ticket.events):
        state[event.field] = event.old_value
    group, assignee = state["group_id"], state["assignee_id"]
    return [
        ("subject", example_address(ticket.subject)),
        ("status", state["status"]),
        ("priority", state["priority"]),
        ("type", ticket_type(state["type"], is_problem(ticket))),
        ("requester_id", str(user_id(ticket.requester.customer_id))),
        ("assignee_id", assignee and str(user_id(assignee))),
        ("group_id", group and str(GROUP_IDS[group])),
        ("brand_id", str(BRAND_IDS[ticket.brand_id])),
        ("ticket_form_id", str(FORM_ID)),
        ("tags", first_tags(ticket) or None),
        (str(TOPIC_FIELD_ID), ticket.topic),
    ]
