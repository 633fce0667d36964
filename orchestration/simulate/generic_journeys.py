"""The open format's journeys: the screens and clicks that a request takes in the self-service tool."""

from orchestration.simulate.customers import draw_customer
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness

_JOURNEYS_PER_TICKET = 0.25
_REQUESTS = Skewed({"change_address": 35, "start_return": 30, "download_invoice": 25, "cancel_plan": 10})
_SCREENS = {
    "change_address": ("account", "addresses", "confirm"),
    "start_return": ("orders", "order", "return_reason", "label", "confirm"),
    "download_invoice": ("invoices",),
    "cancel_plan": ("account", "plan", "offer", "reason", "confirm"),
}
_ABANDONED = 0.07
_BACK = 0.15
_SECOND_CLICK = 0.3
_ONE_CLICK = 0.12


class Journeys(Witness):
    """Writes the steps of journeys."""

    streams = ("journey_events",)

    def see(self, ticket: Ticket) -> None:
        """Somebody helps himself at about the same time."""
        chance = self.chance
        if not chance.happens(_JOURNEYS_PER_TICKET):
            return
        region = ticket.requester.region
        one = draw_customer(self.world.population, region, ticket.created_at, chance)
        customer_id = one.customer_id if chance.happens(0.85) else None
        request = _REQUESTS.draw(chance)
        at = ticket.created_at + chance.randrange(3_600)
        for kind, screen in self._steps(request):
            if at > self.ends_at:
                return
            record = {
                "journey_id": f"journey-{ticket.ticket_id}",
                "customer_id": customer_id,
                "request_kind": request,
                "occurred_at": timestamp(at),
                "kind": kind,
                "screen": screen,
            }
            self.delivery.deliver("journey_events", at, record)
            at += chance.seconds(9, 0.8)

    def _steps(self, request: str) -> list[tuple[str, str | None]]:
        """From the start to the end; a few are done with a single click, a few get nowhere."""
        chance = self.chance
        steps: list[tuple[str, str | None]] = [("start", None)]
        screens = list(_SCREENS[request])
        if chance.happens(_ONE_CLICK):
            return [*steps, ("screen", screens[-1]), ("click", screens[-1]), ("complete", screens[-1])]
        for place, screen in enumerate(screens):
            steps += [("screen", screen), ("click", screen)]
            if chance.happens(_SECOND_CLICK):
                steps.append(("click", screen))
            if chance.happens(_ABANDONED):
                # Some say so, some just go: then there is no end.
                return [*steps, ("abandon", screen)] if chance.happens(0.6) else steps
            if place and chance.happens(_BACK):
                steps += [("screen", screens[place - 1]), ("screen", screen)]
        return [*steps, ("complete", screens[-1])]
