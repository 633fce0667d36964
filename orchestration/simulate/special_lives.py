"""Lives out of the ordinary: spam, tests, duplicates, deletions."""

from orchestration.simulate import ordinary_life
from orchestration.simulate.company import DAY
from orchestration.simulate.desk import HOUR, Desk
from orchestration.simulate.log import SYSTEM
from orchestration.simulate.world import RecentTicket


def live_as_spam(desk: Desk) -> None:
    """Nobody answers spam: it is closed, deleted, or overlooked.

    Args:
        desk: The ticket and its helpdesk.
    """
    ticket = desk.ticket
    ticket.is_spam = True
    ticket.write(ticket.submitter)
    desk.route(ordinary_life.first_group(desk))
    if desk.chance.happens(0.2):
        return
    ticket.wait(desk.chance.seconds(5 * HOUR))
    if desk.chance.happens(0.6):
        ticket.change("status", "closed", SYSTEM)
    else:
        ticket.change("is_deleted", "true", SYSTEM)


def live_as_test(desk: Desk) -> None:
    """Somebody tries the helpdesk out and tidies up.

    Args:
        desk: The ticket and its helpdesk.
    """
    ticket = desk.ticket
    ticket.is_test = True
    ticket.tags.append("test")
    ticket.write(ticket.submitter)
    desk.route(ordinary_life.first_group(desk))
    desk.solve(desk.pick_up())
    desk.close(ticket.now)


def live_as_duplicate(desk: Desk, original: RecentTicket) -> None:
    """Merged into the ticket it repeats, unless that is solved by the time an agent sees it.

    Args:
        desk: The ticket and its helpdesk.
        original: An earlier ticket of the same requester.
    """
    ticket = desk.ticket
    ticket.write(ticket.submitter)
    desk.route(ordinary_life.first_group(desk))
    actor = desk.pick_up()
    if not original.is_unsolved_at(ticket.now):
        desk.solve(desk.reply())
        ordinary_life.after_solve(desk)
        return
    ticket.write(SYSTEM, is_automated=True)
    ticket.tags.append("closed_by_merge")
    ticket.change("merged_into_id", original.ticket_id, actor)
    ticket.change("status", "closed", actor)


def live_until_deleted(desk: Desk) -> None:
    """Deleted before or after it is answered; some deletions were a mistake and are taken back.

    Args:
        desk: The ticket and its helpdesk.
    """
    ticket = desk.ticket
    ticket.write(ticket.submitter)
    desk.route(ordinary_life.first_group(desk))
    actor = desk.pick_up()
    if desk.chance.happens(0.5):
        actor = desk.reply()
        desk.solve(actor)
        actor = desk.work(desk.chance.seconds(4 * HOUR))
    ticket.change("is_deleted", "true", actor)
    if desk.chance.happens(0.3):
        ticket.wait(desk.chance.seconds(DAY))
        ticket.change("is_deleted", "false", desk.work(300))
        if ticket.state["status"] != "solved":
            desk.solve(desk.reply())
        ordinary_life.after_solve(desk)
