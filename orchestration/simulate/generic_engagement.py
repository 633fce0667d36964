"""The open format's engagement events and suggestions: customers who visit, react, attend and propose."""

from orchestration.simulate.company import DAY
from orchestration.simulate.customers import draw_customer
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness

_ENGAGED = 0.8
_SUGGESTED = 0.02
_KINDS = Skewed({"visit": 55, "newsletter_click": 20, "social_reaction": 14, "webinar": 6, "review": 5})


class Engagement(Witness):
    """Writes engagement events and suggestions."""

    streams = ("engagement_events", "suggestions")

    def see(self, ticket: Ticket) -> None:
        """About as many events as tickets, with the same daily and weekly rhythm."""
        chance = self.chance
        region = ticket.requester.region
        if chance.happens(_ENGAGED):
            one = draw_customer(self.world.population, region, ticket.created_at, chance)
            occurred_at = min(ticket.created_at + chance.randrange(7_200), self.ends_at)
            record: dict[str, object] = {
                "event_id": f"engagement-{ticket.ticket_id}",
                "customer_id": one.customer_id,
                "occurred_at": timestamp(occurred_at),
                "kind": _KINDS.draw(chance),
            }
            self.delivery.deliver("engagement_events", occurred_at, record)
        if ticket.topic == "feature_request" or chance.happens(_SUGGESTED):
            self._suggest(ticket)

    def _suggest(self, ticket: Ticket) -> None:
        """Votes grow: the suggestion comes again, as it stands a month later."""
        record: dict[str, object] = {
            "suggestion_id": f"suggestion-{ticket.ticket_id}",
            "created_at": timestamp(ticket.created_at),
            "customer_id": ticket.requester.customer_id,
            "votes": self.chance.randrange(4),
        }
        self.delivery.write("suggestions", ticket.created_at, record)
        later = ticket.created_at + 30 * DAY
        more = self.chance.seconds(5, 1.2)
        if later <= self.ends_at and more > 2:
            self.delivery.write("suggestions", later, record | {"votes": 3 + more})
