"""What a ticket's audits are made of, and how they become a consistent, numbered history."""

from dataclasses import dataclass, field

from orchestration.simulate.files import timestamp
from orchestration.simulate.zendesk_ids import (
    DEFAULT_STATUS_IDS,
    IN_PROGRESS_ID,
    WITH_SUPPLIER_ID,
    first_id_of,
)
from orchestration.simulate.zendesk_via import Via

AuditEvent = dict[str, object]
_CATEGORIES = {str(number): category for category, number in DEFAULT_STATUS_IDS.items()}
_CATEGORIES |= {str(IN_PROGRESS_ID): "open", str(WITH_SUPPLIER_ID): "hold"}
_CATEGORIES[str(DEFAULT_STATUS_IDS["solved"])] = "solved"


@dataclass(slots=True)
class Audit:
    """One act on a ticket.

    Attributes:
        at: When, in seconds since 1970 UTC.
        author_id: Who, as Zendesk has it.
        kind: What the author is at that time: agent, customer, bot or system.
        via: Through what.
        events: What was done; ids come with ``settle``.
        audit_id: The id; comes with ``settle``.
        created_at: ``at`` as the API writes it; comes with ``settle``.
        changes: Fields and their values from now on, the schedule among them; comes with ``settle``.
    """

    at: int
    author_id: int
    kind: str
    via: Via
    events: list[AuditEvent] = field(default_factory=list)
    audit_id: int = 0
    created_at: str = ""
    changes: dict[str, object] = field(default_factory=dict)

    def change(self, name: str, value: object, via: Via | None = None) -> None:
        """Set a field; ``settle`` finds what it was before, and drops what changes nothing."""
        event: AuditEvent = {"id": 0, "type": "Change", "value": value, "field_name": name}
        event["previous_value"] = None
        if via:
            event["via"] = via
        self.events.append(event)

    def create(self, name: str, value: object) -> None:
        """Give a field its first value."""
        self.events.append({"id": 0, "type": "Create", "value": value, "field_name": name})

    def comments(self) -> list[AuditEvent]:
        """The messages of this audit."""
        return [event for event in self.events if event["type"] in ("Comment", "VoiceComment")]

    def is_public_word(self) -> bool:
        """Whether the requester gets to read something; a merge's own words do not count."""
        return not self.is_merge() and any(event["public"] for event in self.comments())

    def is_merge(self) -> bool:
        """Whether this is a merge, on either ticket."""
        source = self.via["source"]
        return isinstance(source, dict) and source["rel"] == "merge"


def settle(ticket_number: int, audits: list[Audit]) -> None:
    """Put audits in order, tell what each change changed, let the custom status follow, give out ids.

    Args:
        ticket_number: The ticket.
        audits: Its audits in any order, those of one instant in theirs; the first is the creation.
    """
    audits.sort(key=lambda audit: audit.at)
    state: dict[str, object] = {"tags": []}
    next_id = first_id_of(ticket_number)
    for audit in audits:
        audit.created_at = timestamp(audit.at)
        audit.audit_id = next_id
        audit.events = _consistent(audit.events, state)
        for number, event in enumerate(audit.events, 1):
            event["id"] = next_id + number
            if event["type"] == "ScheduleAssignment":
                audit.changes["schedule_id"] = event["new_schedule_id"]
            elif "field_name" in event:
                audit.changes[str(event["field_name"])] = event["value"]
        next_id += len(audit.events) + 1
    for audit in audits:
        for event in audit.events:
            if event["type"] == "CommentPrivacyChange" and isinstance(comment := event["comment_id"], dict):
                event["comment_id"] = comment["id"]


def _consistent(events: list[AuditEvent], state: dict[str, object]) -> list[AuditEvent]:
    kept = []
    # An audit tells each field's change once: from what it was before to what it is after.
    last = {event["field_name"]: event for event in events if "field_name" in event}
    for event in events:
        if "field_name" in event and event is not last[event["field_name"]]:
            continue
        if event["type"] not in ("Create", "Change"):
            kept.append(event)
            continue
        name, value = str(event["field_name"]), event["value"]
        if event["type"] == "Change":
            if state.get(name) == value:
                continue
            event["previous_value"] = state.get(name)
        state[name] = value
        kept.append(event)
        if name == "status":
            kept += _custom_status(str(event["type"]), str(value), state)
    return kept


def _custom_status(event_type: str, status: str, state: dict[str, object]) -> list[AuditEvent]:
    """The custom status moves when it is not of the new status' category; deletion leaves it."""
    category = "solved" if status == "closed" else status
    current = state.get("custom_status_id")
    if status == "deleted" or _CATEGORIES.get(str(current)) == category:
        return []
    value = str(DEFAULT_STATUS_IDS[status])
    event: AuditEvent = {"id": 0, "type": event_type, "value": value, "field_name": "custom_status_id"}
    if event_type == "Change":
        event["previous_value"] = current
    state["custom_status_id"] = value
    return [event]
