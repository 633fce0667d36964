"""The open format's time entries: handling time of each touch of a ticket."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.touches import Workbook, ticket_touches
from orchestration.simulate.witness import Witness
from orchestration.simulate.world import World

_FORGOTTEN = 0.04


class TimeEntries(Witness):
    """Writes time entries, and tells the workbook what agents did."""

    streams = ("time_entries",)

    def __init__(self, world: World, delivery: Delivery, chance: Chance, book: Workbook, pace: float) -> None:
        super().__init__(world, delivery, chance)
        self._book = book
        self._pace = pace

    def see(self, ticket: Ticket) -> None:
        """One entry per touch; agents forget a few."""
        for number, touch in enumerate(ticket_touches(ticket, self._pace, self.chance), 1):
            self._book.add(touch)
            if self.chance.happens(_FORGOTTEN):
                continue
            record = {
                "entry_id": f"{ticket.ticket_id}-t{number:03d}",
                "ticket_id": ticket.ticket_id,
                "agent_id": touch.agent_id,
                "started_at": timestamp(touch.started_at),
                "seconds": touch.ended_at - touch.started_at,
            }
            self.delivery.deliver("time_entries", touch.ended_at, record)
