"""Agent and customer in turn: replies, waits, third parties, escalations, until solved or left lying."""

from orchestration.simulate.company import DAY
from orchestration.simulate.desk import HOUR, Desk
from orchestration.simulate.log import SYSTEM, Actor

_NEXT_TIER = {"group-technical": "group-incident", "group-incident": "group-incident"}
_PRIORITY_ABOVE = {None: "normal", "low": "normal", "normal": "high", "high": "urgent", "urgent": "urgent"}


def converse(desk: Desk) -> bool:
    """Replies and waits in turn; true when solved, false when the ticket is left lying."""
    ticket = desk.ticket
    while True:
        if desk.chance.happens(0.04):
            desk.solve(desk.work())
            if desk.chance.happens(0.5):
                ticket.write(desk.work(desk.chance.seconds(200)))
            return True
        actor = desk.reply()
        course = desk.chance.random()
        if course < 0.56:
            desk.solve(actor)
            return True
        if course < 0.86:
            ticket.change("status", "pending", actor)
            if not wait_for_customer(desk):
                return False
            if ticket.state["status"] == "solved":
                return True
        elif course < 0.93:
            if not _hold(desk, actor):
                return False
        elif course < 0.97:
            escalate(desk, actor)
        elif desk.chance.happens(0.2):
            return False
        else:
            _hand_over(desk)


def wait_for_customer(desk: Desk) -> bool:
    """The customer answers, or a reminder solves the ticket after a week; false when it just lies there."""
    if desk.chance.happens(0.82):
        desk.customer_writes(desk.chance.seconds(6 * HOUR, 1.2))
        desk.ticket.change("status", "open", desk.customer)
        return True
    if desk.chance.happens(0.12):
        return False
    desk.ticket.wait(7 * DAY)
    desk.ticket.write(SYSTEM, is_automated=True)
    desk.solve(SYSTEM)
    return True


def _hold(desk: Desk, actor: Actor) -> bool:
    """Wait for a third party; false when it never answers."""
    desk.ticket.write(actor, is_public=False)
    desk.ticket.change("status", "hold", actor)
    if desk.chance.happens(0.07):
        return False
    desk.ticket.wait(desk.chance.seconds(2 * DAY))
    desk.ticket.change("status", "open", desk.work(600))
    return True


def escalate(desk: Desk, actor: Actor) -> None:
    """To the next tier, mostly with a higher priority."""
    ticket = desk.ticket
    if desk.chance.happens(0.6):
        ticket.change("priority", _PRIORITY_ABOVE[ticket.state["priority"]], actor)
    desk.transfer(_NEXT_TIER.get(ticket.state["group_id"] or "", "group-technical"), actor)


def _hand_over(desk: Desk) -> None:
    """A colleague of the same group takes over; at times the customer's calm lowers the priority."""
    if desk.chance.happens(0.3):
        desk.ticket.change("priority", "low", desk.work(60))
    desk.pick_up()
