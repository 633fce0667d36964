"""Changes of a life as Change events, and what Zendesk does along with them."""

from orchestration.simulate.calendars import ALWAYS
from orchestration.simulate.log import Event
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_comments import comment
from orchestration.simulate.zendesk_creation import assign_schedule, first_tags, is_problem
from orchestration.simulate.zendesk_ids import (
    GROUP_IDS,
    SUPPLIER_ID,
    WITH_SUPPLIER_ID,
    author_id,
    ticket_type,
    user_id,
)
from orchestration.simulate.zendesk_story import Story
from orchestration.simulate.zendesk_via import CLOSING, ROUTING, SIDE_CONVERSATION, WEB, Via

_WITH_SUPPLIER = 0.5
_AS_COMMENT = 0.5


def tell_change(story: Story, event: Event) -> None:
    """Write a change down.

    Args:
        story: The ticket's audits so far.
        event: A change of one field.
    """
    if event.field == "merged_into_id":
        tags = first_tags(story.ticket)
        story.merge_audit().change("tags", [*tags, "closed_by_merge"])
        return
    if event.field == "status" and "hold" in (event.old_value, event.new_value):
        _tell_side_conversation(story, event)
    audit = story.audit(event.occurred_at, event.actor, _via_of(event))
    if event.field == "status":
        if event.new_value == "hold" and story.is_with_supplier:
            audit.change("custom_status_id", str(WITH_SUPPLIER_ID))
        audit.change("status", event.new_value)
    elif event.field == "is_deleted":
        before = _status_at(story, event)
        audit.change("status", "deleted" if event.new_value == "true" else before)
    elif event.field == "group_id":
        _tell_group(story, audit, event)
    elif event.field == "assignee_id":
        audit.change("assignee_id", event.new_value and str(user_id(event.new_value)))
    elif event.field == "type":
        audit.change("type", ticket_type(event.new_value, is_problem(story.ticket)))
    else:
        audit.change(event.field, event.new_value)
    if story.ticket.is_spam and event.field in ("status", "is_deleted"):
        audit.change("tags", [*first_tags(story.ticket), "spam"])


def _via_of(event: Event) -> Via:
    """Machines act through business rules; what people do is through the web unless they write."""
    if event.actor.kind != "system":
        return WEB
    return CLOSING if event.field in ("status", "is_deleted") else ROUTING


def _status_at(story: Story, event: Event) -> str | None:
    status = story.ticket.state["status"]
    for other in reversed(story.ticket.events):
        if other is event:
            break
        if other.field == "status":
            status = other.old_value
    return status


def _tell_group(story: Story, audit: Audit, event: Event) -> None:
    """Incidents are worked on round the clock: the ticket's schedule changes with the group."""
    audit.change("group_id", event.new_value and str(GROUP_IDS[event.new_value]))
    if event.new_value == "group-incident" and story.ticket.schedule_id != ALWAYS:
        assign_schedule(audit, story.ticket.schedule_id, ALWAYS)


def _tell_side_conversation(story: Story, event: Event) -> None:
    """On hold, a third party is asked and answers: as an event of its own, or as a private comment."""
    was_asked = story.is_with_supplier
    story.is_with_supplier = event.new_value == "hold" and story.chance.happens(_WITH_SUPPLIER)
    if not was_asked and not story.is_with_supplier:
        return
    author = SUPPLIER_ID if was_asked else author_id(event.actor)
    audit = Audit(event.occurred_at, author, "system", SIDE_CONVERSATION)
    if story.chance.happens(_AS_COMMENT):
        audit.events.append(comment(author, "About the part of last week.", is_public=False))
    else:
        said = "SideConversationReply" if was_asked else "SideConversationCreated"
        audit.events.append({"id": 0, "type": said, "subject": "The part of last week"})
    story.audits.append(audit)
