"""Ticket records: what the audits left, at the end of each month in which the ticket changed."""

from collections.abc import Iterator

from orchestration.simulate.chance import Chance
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_creation import is_problem
from orchestration.simulate.zendesk_ids import (
    BRAND_IDS,
    FORM_ID,
    TOPIC_FIELD_ID,
    author_id,
    organization_number,
    user_id,
)
from orchestration.simulate.zendesk_via import channel_of

Record = dict[str, object]
_MESSAGING = ("native_messaging", "whatsapp")
_SYSTEM_CHANGES = 0.04
_SCRUBBED = 0.3


def ticket_versions(ticket: Ticket, audits: list[Audit], chance: Chance) -> Iterator[tuple[str, Record]]:
    """What a monthly incremental export has of a ticket.

    Args:
        ticket: The finished life.
        audits: Its settled audits.
        chance: Whether Zendesk itself touches the ticket later.

    Yields:
        When the export saw it (ISO 8601) and the record, the latest state last. A change by Zendesk itself
        moves generated_timestamp and leaves updated_at alone.
    """
    state: dict[str, object] = {}
    is_public = False
    is_touched = ticket.requester.organization_id is not None and chance.happens(_SYSTEM_CHANGES)
    for audit, following in zip(audits, [*audits[1:], None], strict=True):
        state |= audit.changes
        is_public = is_public or any(event["public"] for event in audit.comments())
        if following is None or following.created_at[:7] != audit.created_at[:7]:
            record = _record(ticket, state, audits[0], audit, is_public)
            if is_touched:
                record["organization_id"] = None
            elif following is None and state["status"] == "deleted" and chance.happens(_SCRUBBED):
                record["subject"] = "SCRUBBED"
            yield audit.created_at, record
    touched_at = audits[-1].at + chance.randrange(60, 40 * 86_400)
    if is_touched and touched_at <= ticket.ends_at:
        record = _record(ticket, state, audits[0], audits[-1], is_public) | {
            "generated_timestamp": touched_at
        }
        yield timestamp(touched_at), record


def _record(ticket: Ticket, state: dict[str, object], first: Audit, audit: Audit, is_public: bool) -> Record:
    channel = channel_of(ticket)
    return {
        "id": int(ticket.ticket_id),
        "external_id": None,
        "via": first.via,
        "created_at": first.created_at,
        "updated_at": audit.created_at,
        "generated_timestamp": min(audit.at + 1 + audit.audit_id % 3, ticket.ends_at),
        "type": state.get("type"),
        "subject": state["subject"],
        "priority": state.get("priority"),
        "status": state["status"],
        "requester_id": user_id(ticket.requester.customer_id),
        "submitter_id": author_id(ticket.submitter),
        "assignee_id": _number(state.get("assignee_id")),
        "organization_id": organization_number(ticket.requester.organization_id),
        "group_id": _number(state.get("group_id")),
        "problem_id": ticket.problem_id and int(ticket.problem_id),
        "has_incidents": is_problem(ticket),
        "is_public": is_public,
        "due_at": None,
        "tags": state.get("tags") or [],
        "custom_fields": [{"id": TOPIC_FIELD_ID, "value": ticket.topic}],
        "satisfaction_rating": {"score": state.get("satisfaction_score", "unoffered")},
        "custom_status_id": _number(state["custom_status_id"]),
        "followup_ids": [],
        "ticket_form_id": FORM_ID,
        "brand_id": BRAND_IDS[ticket.brand_id],
        "from_messaging_channel": channel in _MESSAGING,
    }


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
