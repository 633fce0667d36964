"""The open format's orders: confirmed, shipped or delayed, and whether notice came before the question."""

from orchestration.simulate.company import DAY
from orchestration.simulate.customers import Customer, draw_customer
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.witness import Witness, told

_HOUR = 3_600
_ORDERS_PER_TICKET = 0.4
_ASKED_ABOUT = 0.25
_DELAYED = 0.12
_CURRENCIES = {"europe": "EUR", "americas": "USD", "asia": "USD"}


class Orders(Witness):
    """Writes orders: some are what a ticket asks about."""

    streams = ("orders",)

    def see(self, ticket: Ticket) -> None:
        """An order that the ticket asks about, and orders nobody asks about."""
        chance = self.chance
        is_about_order = ticket.topic in ("question", "return") and ticket.origin == "customer"
        if is_about_order and not ticket.is_spam and chance.happens(_ASKED_ABOUT):
            ordered_at = ticket.created_at - chance.randrange(DAY, 6 * DAY)
            self._order(f"order-{ticket.ticket_id}-a", ticket.requester, ordered_at, ticket.created_at)
        if chance.happens(_ORDERS_PER_TICKET - 0.1):
            region = ticket.requester.region
            buyer = draw_customer(self.world.population, region, ticket.created_at, chance)
            ordered_at = ticket.created_at + chance.randrange(DAY)
            self._order(f"order-{ticket.ticket_id}-b", buyer, ordered_at, None)

    def _order(self, order_id: str, buyer: Customer, ordered_at: int, asked_at: int | None) -> None:
        chance = self.chance
        ordered_at = max(ordered_at, buyer.created_at)
        if ordered_at > self.ends_at:
            return
        confirmed_at = shipped_at = delayed_at = notified_at = None
        if chance.happens(0.97):
            confirmed_at = ordered_at + (
                chance.randrange(2, 50) if chance.happens(0.85) else chance.seconds(_HOUR)
            )
            shipped_at = confirmed_at + chance.seconds(1.5 * DAY, 0.5)
            if chance.happens(_DELAYED):
                delayed_at = shipped_at
                shipped_at += chance.randrange(DAY, 7 * DAY)
            if chance.happens(0.8):
                notified_at = (delayed_at or shipped_at) + chance.randrange(60, 6 * _HOUR)
        cents = int(chance.lognormvariate(8.4, 0.8))
        fixed: dict[str, str | None] = {
            "amount": f"{cents // 100}.{cents % 100:02d}",
            "currency": _CURRENCIES[buyer.region.name],
        }
        stages = {
            "confirmed_at": confirmed_at,
            "shipped_at": shipped_at,
            "delayed_at": delayed_at,
            "notified_at": notified_at,
            "first_asked_at": asked_at,
        }
        last = min(self.ends_at, max([ordered_at, *(at for at in stages.values() if at)]))
        # The same order comes again when it changed: some are seen on the way, too.
        moments = [ordered_at + _HOUR, last] if chance.happens(0.1) and last > ordered_at + _HOUR else [last]
        for as_of in moments:
            told_stages = {
                name: told(at if at is not None and at <= as_of else None) for name, at in stages.items()
            }
            record: dict[str, str | None] = {
                "order_id": order_id,
                "customer_id": buyer.customer_id,
                "ordered_at": told(ordered_at),
            }
            self.delivery.write("orders", as_of, record | told_stages | fixed)
