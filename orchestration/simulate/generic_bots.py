"""The open format's bot conversations: handed over with a ticket, resolved, or dropped."""

from orchestration.simulate.company import DAY
from orchestration.simulate.customers import draw_customer
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness, is_countable

_WITHOUT_TICKET = 0.2
_CAME_BACK = 0.05
_OUTCOMES = Skewed({"resolved_confirmed": 40, "resolved_assumed": 35, "dropped": 25})


class BotConversations(Witness):
    """Writes conversations with the bot."""

    streams = ("bot_conversations",)

    def see(self, ticket: Ticket) -> None:
        """The one that ended in the ticket, one that did not help, and one that needed no agent."""
        chance = self.chance
        customer_id = ticket.requester.customer_id
        is_own = ticket.origin == "customer" and is_countable(ticket)
        if is_own and any(message.author.kind == "bot" for message in ticket.messages):
            started_at = ticket.created_at - chance.randrange(20, 400)
            self._tell(f"bot-{ticket.ticket_id}-a", started_at, customer_id, "handed_over", ticket.ticket_id)
        elif is_own and chance.happens(_CAME_BACK):
            started_at = ticket.created_at - chance.randrange(600, DAY)
            self._tell(f"bot-{ticket.ticket_id}-a", started_at, customer_id, "resolved_assumed", None)
        if chance.happens(_WITHOUT_TICKET):
            region = ticket.requester.region
            one = draw_customer(self.world.population, region, ticket.created_at, chance)
            known = one.customer_id if chance.happens(0.7) else None
            started_at = ticket.created_at + chance.randrange(3_600)
            self._tell(f"bot-{ticket.ticket_id}-b", started_at, known, _OUTCOMES.draw(chance), None)

    def _tell(
        self,
        conversation_id: str,
        started_at: int,
        customer_id: str | None,
        outcome: str,
        ticket_id: str | None,
    ) -> None:
        started_at = max(self.world.population.starts_at, min(started_at, self.ends_at))
        record = {
            "conversation_id": conversation_id,
            "started_at": timestamp(started_at),
            "customer_id": customer_id,
            "outcome": outcome,
            "ticket_id": ticket_id,
        }
        self.delivery.deliver("bot_conversations", started_at, record)
