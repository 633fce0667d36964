"""What else Zendesk tells from a ticket's audits: its comments, and the ratings it was given."""

from collections.abc import Iterator

from orchestration.simulate.zendesk_audits import Audit, AuditEvent

Record = dict[str, object]
_RATING_IDS = 2_000_000_000_000


def audit_record(ticket_number: int, audit: Audit) -> Record:
    """An audit as the API writes it."""
    return {
        "id": audit.audit_id,
        "ticket_id": ticket_number,
        "created_at": audit.created_at,
        "author_id": audit.author_id,
        "metadata": {"system": {}, "custom": {}},
        "events": audit.events,
        "via": audit.via,
    }


def comment_records(ticket_number: int, audits: list[Audit]) -> Iterator[tuple[str, Record]]:
    """Comments of a ticket, again with a later export when they are made private.

    Args:
        ticket_number: The ticket.
        audits: Its settled audits.

    Yields:
        When the export saw it (ISO 8601), and the record; its id is that of the audit's Comment event.
    """
    written: dict[object, Record] = {}
    for audit in audits:
        for event in audit.events:
            if event["type"] in ("Comment", "VoiceComment"):
                record = _comment(ticket_number, audit, event)
                written[event["id"]] = record
                yield audit.created_at, record
            elif event["type"] == "CommentPrivacyChange":
                yield audit.created_at, written[event["comment_id"]] | {"public": event["public"]}


def rating_records(ticket_number: int, audits: list[Audit]) -> Iterator[Record]:
    """Each survey as it was offered and again as it was answered, with who was in charge then.

    Args:
        ticket_number: The ticket.
        audits: Its settled audits.

    Yields:
        Versions of ratings in order of updated_at; a ticket solved again is asked again.
    """
    state: dict[str, object] = {}
    rating: Record = {}
    for audit in audits:
        state |= audit.changes
        score = audit.changes.get("satisfaction_score")
        if score is None:
            continue
        if score == "offered" or not rating:
            rating = {"id": _RATING_IDS + audit.audit_id, "created_at": audit.created_at}
        yield {
            "id": rating["id"],
            "ticket_id": ticket_number,
            "requester_id": int(str(state["requester_id"])),
            "assignee_id": _number(state.get("assignee_id")),
            "group_id": _number(state.get("group_id")),
            "score": score,
            "comment": "Could be faster." if str(score).endswith("_with_comment") else None,
            "reason": "Some other reason" if str(score).startswith("bad") else None,
            "created_at": rating["created_at"],
            "updated_at": audit.created_at,
        }


def _comment(ticket_number: int, audit: Audit, event: AuditEvent) -> Record:
    record: Record = {
        "id": event["id"],
        "ticket_id": ticket_number,
        "audit_id": audit.audit_id,
        "created_at": audit.created_at,
        "type": event["type"],
        "author_id": event["author_id"],
        "public": event["public"],
        "via": event.get("via", audit.via),
        "body": event["body"],
        "attachments": [],
    }
    if "data" in event:
        record["data"] = event["data"]
    return record


def _number(value: object) -> int | None:
    return None if value is None else int(str(value))
