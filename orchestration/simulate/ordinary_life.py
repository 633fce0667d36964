"""The life of an ordinary ticket: answered, waiting, escalated, solved, reopened, closed, or forgotten."""

from orchestration.simulate.company import DAY
from orchestration.simulate.conversation import converse, escalate, wait_for_customer
from orchestration.simulate.desk import CLOSE_AFTER, HOUR, Desk
from orchestration.simulate.log import SYSTEM

_LIVE_CHANNELS = ("chat", "whatsapp")


def live(desk: Desk) -> None:
    """Lead a ticket from creation to its end; raises LogEnded when the log ends first.

    Args:
        desk: The ticket and its helpdesk.
    """
    ticket = desk.ticket
    ticket.write(ticket.submitter)
    desk.route(first_group(desk))
    if ticket.origin == "customer" and ticket.channel in ("email", "web") and desk.chance.happens(0.6):
        desk.acknowledge()
    if ticket.agent is not None:
        _continue_as_created(desk)
    elif desk.chance.happens(0.05):
        _forget(desk)
    elif _chat(desk) if ticket.channel in _LIVE_CHANNELS else _answer(desk):
        after_solve(desk)


def first_group(desk: Desk) -> str:
    """The group the router chooses: by topic, else by region; the router errs now and then."""
    regional = desk.ticket.requester.region.group_id
    wants_billing = desk.ticket.state["type"] == "billing"
    if desk.chance.happens(0.07):
        wants_billing = not wants_billing
    return "group-billing" if wants_billing else regional


def _continue_as_created(desk: Desk) -> None:
    """Agents' own tickets: logged calls are mostly solved already, outbound ones wait for the customer."""
    status = desk.ticket.state["status"]
    if status == "pending":
        if wait_for_customer(desk) and (desk.ticket.state["status"] == "solved" or converse(desk)):
            after_solve(desk)
    elif status == "solved" or converse(desk):
        after_solve(desk)


def _forget(desk: Desk) -> None:
    """Nobody ever answers; half of these are closed by the system at last, never having been solved."""
    while desk.chance.happens(0.4):
        desk.customer_writes(desk.chance.seconds(2 * DAY))
    if desk.chance.happens(0.5):
        desk.ticket.wait(desk.chance.randrange(21, 40) * DAY)
        desk.ticket.change("status", "closed", SYSTEM)
        desk.ticket.unsolved_until = desk.ticket.now


def _chat(desk: Desk) -> bool:
    """A live session when the desk is open, else a bot's word and an answer later; true when solved."""
    ticket = desk.ticket
    if not desk.world.hours[ticket.requester.region.schedule_id].is_open(ticket.now):
        desk.bot_writes(None)
        return _answer(desk)
    session_id = f"{ticket.ticket_id}-s1"
    desk.bot_writes(session_id)
    actor = desk.pick_up(60)
    for _ in range(desk.chance.randrange(2, 6)):
        ticket.wait(desk.chance.seconds(35, 0.6))
        ticket.write(actor, session_id=session_id)
        ticket.wait(desk.chance.seconds(50, 0.7))
        ticket.write(desk.customer, session_id=session_id)
    if desk.chance.happens(0.75):
        desk.solve(actor)
        return True
    return converse(desk)


def _answer(desk: Desk) -> bool:
    """From the first group's queue to a solve; true when solved."""
    actor = desk.pick_up()
    ticket = desk.ticket
    is_billing = ticket.topic == "billing"
    if is_billing != (ticket.state["group_id"] == "group-billing") and desk.chance.happens(0.7):
        desk.transfer("group-billing" if is_billing else ticket.requester.region.group_id, actor)
    elif desk.chance.happens(0.05):
        escalate(desk, actor)
    return converse(desk)


def after_solve(desk: Desk) -> None:
    """Reopened by the customer, sometimes twice, else thanked for or not, and closed after four days."""
    while desk.chance.happens(0.09):
        seconds = min(desk.chance.seconds(20 * HOUR, 1.0), CLOSE_AFTER - DAY)
        desk.customer_writes(seconds)
        desk.ticket.change("status", "open", desk.customer)
        if not converse(desk):
            return
    solved_at = desk.ticket.now
    if desk.chance.happens(0.05):
        desk.customer_writes(desk.chance.seconds(HOUR))
    desk.close(solved_at)
