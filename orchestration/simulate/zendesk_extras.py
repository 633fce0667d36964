"""What lives leave out and Zendesk logs: surveys, messages made private, custom statuses of agents."""

from itertools import pairwise

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_ids import IN_PROGRESS_ID, SYSTEM_ID, user_id
from orchestration.simulate.zendesk_via import SURVEYING, WEB, plain_via

_ASKED = 0.6
_ANSWERED = 0.3
_GOOD = 0.84
_THINKS_AGAIN = 0.25
_MADE_PRIVATE = 0.008
_IN_PROGRESS = 0.06
_EMAIL = plain_via("email")


def add_extras(ticket: Ticket, audits: list[Audit], chance: Chance) -> None:
    """Add audits between those of a life; none comes after the log's end or changes its course.

    Args:
        ticket: The finished life.
        audits: Its audits in order of time; new ones are put at the end.
        chance: Who answers what.
    """
    if any(event.field == "is_deleted" for event in ticket.events):
        return
    found: list[Audit] = []
    until = [*(audit.at for audit in audits[1:]), ticket.ends_at]
    for audit, next_at in zip(audits, until, strict=True):
        statuses = [event["value"] for event in audit.events if event.get("field_name") == "status"]
        if statuses[-1:] == ["solved"]:
            found += _survey(ticket, audit.at, next_at, chance)
        elif statuses[-1:] == ["open"] and audit.at + 130 < next_at and chance.happens(_IN_PROGRESS):
            progress = Audit(audit.at + chance.randrange(5, 120), audit.author_id, audit.kind, WEB)
            progress.change("custom_status_id", str(IN_PROGRESS_ID))
            found.append(progress)
    found += _privacy_changes(audits, chance)
    audits += found


def _survey(ticket: Ticket, solved_at: int, next_at: int, chance: Chance) -> list[Audit]:
    """Offered a day after the solve, answered by some; a bad word may be taken back."""
    at = -(-(solved_at + DAY) // 3_600) * 3_600
    if at >= next_at or not chance.happens(_ASKED):
        return []
    offer = Audit(at, SYSTEM_ID, "system", SURVEYING)
    requester = user_id(ticket.requester.customer_id)
    offer.events.append({"id": 0, "type": "Notification", "via": SURVEYING, "recipients": [requester]})
    offer.change("satisfaction_score", "offered")
    audits = [offer]
    is_answered = chance.happens(_ANSWERED)
    while is_answered:
        at += chance.seconds(9_000)
        if at >= next_at:
            break
        is_good = len(audits) > 1 or chance.happens(_GOOD)
        score = ("good" if is_good else "bad") + ("_with_comment" if chance.happens(0.2) else "")
        answer = Audit(at, requester, "customer", _EMAIL)
        answer.events.append({"id": 0, "type": "SatisfactionRating", "score": score, "body": None})
        answer.change("satisfaction_score", score)
        audits.append(answer)
        is_answered = not is_good and chance.happens(_THINKS_AGAIN)
    return audits


def _privacy_changes(audits: list[Audit], chance: Chance) -> list[Audit]:
    """An agent's public comment that should have been a note is made one, soon after."""
    found = []
    for audit, following in pairwise(audits):
        if audit.kind != "agent" or audit is audits[0] or following.at < audit.at + 30:
            continue
        for event in audit.comments():
            if event["public"] and chance.happens(_MADE_PRIVATE):
                change = Audit(audit.at + chance.randrange(10, 30), audit.author_id, "agent", WEB)
                change.events.append(
                    {"id": 0, "type": "CommentPrivacyChange", "comment_id": event, "public": False}
                )
                found.append(change)
    return found
