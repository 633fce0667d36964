"""How a ticket comes into being: who asks, about what, on which channel, and who wrote it down."""

from orchestration.simulate import calendars
from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.customers import Customer, draw_customer
from orchestration.simulate.log import SYSTEM, Actor
from orchestration.simulate.population import Agent
from orchestration.simulate.rhythm import Arrival
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import BRANDS, CHANNELS, ORIGINS, PRIORITIES, TYPES, subject_of
from orchestration.simulate.world import World

_STATUS_OF_ORIGIN = {
    "phone_log": ("solved", "solved", "solved", "open"),
    "proactive_outbound": ("pending", "pending", "solved", "open"),
    "agent_on_behalf": ("open",),
}
# Parts of the simulation after which nobody asks about the move to the new portal any more, and somebody
# about gift cards.
_MIGRATED = 0.55
_GIFTS_FROM = 0.82
_CHANNEL_OF_ORIGIN = {"phone_log": "phone", "proactive_outbound": "email", "system": "api"}


def create_ticket(
    world: World, arrival: Arrival, ticket_id: str, chance: Chance, requester: Customer | None = None
) -> Ticket:
    """Draw a new ticket; nothing has happened to it yet.

    Args:
        world: The helpdesk.
        arrival: When and where it comes in.
        ticket_id: Its id.
        chance: What happens by chance.
        requester: Who asks, when that is known: then by the customer's own hand.

    Returns:
        The ticket at the instant of its creation.
    """
    origin = "customer" if requester else ORIGINS.draw(chance)
    asker = requester or draw_customer(world.population, arrival.region, arrival.instant, chance)
    agent = None
    if origin in _STATUS_OF_ORIGIN:
        agent = world.population.agent_at(asker.region.group_id, arrival.instant, chance)
    ticket_type = _draw_type(world, arrival, chance)
    is_typed = agent is not None or chance.random() < 0.6
    ticket = Ticket(
        ticket_id=ticket_id,
        created_at=arrival.instant,
        ends_at=world.population.ends_at,
        requester=asker,
        submitter=_submitter(origin, asker, agent),
        channel=_CHANNEL_OF_ORIGIN.get(origin) or CHANNELS.draw(chance),
        origin=origin,
        subject=subject_of(ticket_type, asker.email, chance),
        brand_id=BRANDS.draw(chance),
        schedule_id=calendars.ALWAYS if asker.is_important else asker.region.schedule_id,
        topic=ticket_type,
        state={
            "status": chance.choice(_STATUS_OF_ORIGIN.get(origin, ("new",))),
            "priority": _draw_priority(asker, chance),
            "type": ticket_type if is_typed else None,
            "assignee_id": agent.agent_id if agent else None,
            "group_id": None,
            "is_deleted": "false",
            "merged_into_id": None,
        },
        agent=agent,
    )
    if ticket.state["status"] == "solved":
        ticket.unsolved_until = ticket.created_at
    if asker.is_important:
        ticket.tags.append("important")
    _attach_to_storm(world, arrival, ticket)
    return ticket


def _draw_type(world: World, arrival: Arrival, chance: Chance) -> str:
    """Storms are made of incidents; two types appear near the end, one vanishes half-way."""
    if arrival.is_storm and chance.random() < 0.5:
        return "incident"
    span = world.population.ends_at - world.population.starts_at
    if arrival.instant > world.population.ends_at - span // 20 and chance.random() < 0.07:
        return "recall"
    drawn = TYPES.draw(chance)
    if drawn == "question":
        # Told by the second, so that nothing else is drawn another way.
        if arrival.instant < world.population.starts_at + _MIGRATED * span and arrival.instant % 7 == 0:
            return "migration"
        if arrival.instant > world.population.starts_at + _GIFTS_FROM * span and arrival.instant % 6 == 0:
            return "gift_card"
    return drawn


def _draw_priority(asker: Customer, chance: Chance) -> str | None:
    if asker.is_important and chance.random() < 0.5:
        return "high"
    return None if chance.random() < 0.05 else PRIORITIES.draw(chance)


def _submitter(origin: str, asker: Customer, agent: Agent | None) -> Actor:
    if origin == "system":
        return SYSTEM
    return Actor(agent.agent_id, "agent") if agent else Actor(asker.customer_id, "customer")


def _attach_to_storm(world: World, arrival: Arrival, ticket: Ticket) -> None:
    if arrival.is_storm and ticket.topic == "incident":
        problem = world.problems.setdefault(arrival.instant // DAY, ticket.ticket_id)
        ticket.tags.append("outage")
        ticket.problem_id = problem if problem != ticket.ticket_id else None
