"""What was done to a ticket until it was solved, by whom, and whether its customer came back."""

from datetime import timedelta

from tests.reference.kpis.labels import channel_label
from tests.reference.kpis.lives import Life, all_lives, day
from tests.reference.records import SOLVED, instant, status_code, text


def touches(life: Life) -> int:
    """What agents did that the customer or a colleague sees: replies that count and internal notes.

    Args:
        life: The ticket.
    """
    return len(life.replies) + (life.reply_facts.internal_note_count or 0)


def public_messages(life: Life) -> int:
    """Messages of both sides: replies that count and the customer's.

    Args:
        life: The ticket.
    """
    return len(life.replies) + (life.reply_facts.customer_message_count or 0)


def channels_used(life: Life) -> int:
    """Different channels its customer used: the one it came by, and those the customer wrote by.

    Args:
        life: The ticket.
    """
    by_customer = {
        message.message_id for message in life.told if message.is_by_customer and message.is_public
    }
    written = [record for record in life.messages if record["message_id"] in by_customer]
    return len({channel_label(text(record.get("channel"))) for record in (life.ticket, *written)} - {None})


def minutes_until_solved(life: Life) -> float | None:
    """Minutes that agents wrote down for a ticket until its last solve; None before anybody wrote any down.

    Args:
        life: A solved ticket.
    """
    begun = [(instant(e["started_at"]), e) for e in life.desk.stream("time_entries") if e.get("ticket_id")]
    solved_at = life.facts.solved_at
    assert solved_at is not None
    if not begun or day(solved_at) < day(min(at for at, _ in begun)):
        return None
    own = [entry for at, entry in begun if entry["ticket_id"] == life.ticket_id and at <= solved_at]
    return sum(int(entry["seconds"]) for entry in own) / 60


def solver(life: Life) -> str | None:
    """Who solved it: the actor of the event of its last solve; its requester is its customer.

    Args:
        life: The ticket.
    """
    solve = life.last_solve
    for event in life.events:
        moves = event["field"] == "status" and status_code(event.get("new_value")) in SOLVED
        if solve is not None and moves and instant(event["occurred_at"]) == solve.started_at:
            actor_id = text(event.get("actor_id"))
            return "customer" if actor_id and actor_id == life.requester_id else event.get("actor_type")
    return None


def came_back(life: Life, within: timedelta) -> bool | None:
    """Whether its customer asked again about the same within a time of the last solve; None is not known yet.

    Args:
        life: A solved ticket.
        within: The time.
    """
    solved_at = life.facts.solved_at
    assert solved_at is not None
    for other in all_lives(life.desk):
        is_same = (other.requester_id, other.ticket_type) == (life.requester_id, life.ticket_type)
        is_contact = other.facts.is_countable and other.origin != "proactive_outbound"
        is_soon = solved_at < other.facts.created_at <= solved_at + within
        if other.ticket_id != life.ticket_id and life.requester_id and is_same and is_contact and is_soon:
            return True
    return None if life.desk.as_of < solved_at + within else False


def is_first_contact(life: Life, is_back: bool | None) -> bool | None:
    """Whether one contact was enough; None is not known yet.

    Of a ticket without the customer's messages, a call that was written down, the ticket is the contact.

    Args:
        life: A solved ticket.
        is_back: Whether its customer came back.
    """
    if (life.reply_facts.customer_message_count or 0) > 1 or life.facts.reopen_count:
        return False
    return None if is_back is None else not is_back
