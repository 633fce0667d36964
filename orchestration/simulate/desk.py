"""What can be done to a ticket, each act at its own time and by its own hand."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.log import BOT, SYSTEM, Actor
from orchestration.simulate.population import Agent
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.world import World

HOUR = 3_600
CLOSE_AFTER = 4 * DAY
_WORK_MEDIAN = {"urgent": 1_200, "high": 4_000, "normal": 9_000, "low": 20_000}
_FAST_CHANNELS = {"phone": 0.15, "chat": 0.4, "whatsapp": 0.5}
_CURRENCIES = {"europe": "EUR", "americas": "USD", "asia": "JPY"}
_SETTLED_TYPES = ("billing", "return", "recall")


class Desk:
    """A ticket on its way through the helpdesk. Every act may raise LogEnded: it came after the log's end."""

    def __init__(self, world: World, ticket: Ticket, chance: Chance) -> None:
        self.world = world
        self.ticket = ticket
        self.chance = chance
        self.customer = Actor(ticket.requester.customer_id, "customer")

    def route(self, group_id: str) -> None:
        """The system puts the ticket before a group."""
        self.ticket.wait(self.chance.randrange(2, 90))
        self.ticket.change("group_id", group_id, SYSTEM)

    def acknowledge(self) -> None:
        """The system tells the customer that the ticket has arrived."""
        self.ticket.write(SYSTEM, is_automated=True)

    def work(self, open_seconds: int | None = None) -> Actor:
        """Let the agent in charge get to it, in the agent's own hours; somebody takes over from leavers."""
        ticket = self.ticket
        if open_seconds is None:
            median = _WORK_MEDIAN[ticket.state["priority"] or "normal"]
            open_seconds = self.chance.seconds(median * _FAST_CHANNELS.get(ticket.channel, 1.0))
        while True:
            agent = ticket.agent or self._reassign()
            at = self.world.hours[agent.schedule_id].after(ticket.now, open_seconds)
            if at < agent.works_until:
                ticket.wait_until(at)
                return Actor(agent.agent_id, "agent")
            ticket.wait_until(max(ticket.now, agent.works_until))
            ticket.agent = None

    def pick_up(self, median_seconds: int = 1_500) -> Actor:
        """An agent takes the ticket: new becomes open, an untyped ticket is mostly given its type."""
        ticket = self.ticket
        ticket.agent = self._choose_agent()
        actor = self.work(self.chance.seconds(median_seconds))
        ticket.change("assignee_id", actor.actor_id, actor)
        if ticket.state["status"] == "new":
            ticket.change("status", "open", actor)
        if ticket.state["type"] is None and self.chance.happens(0.75):
            ticket.change("type", ticket.topic, actor)
        return actor

    def reply(self) -> Actor:
        """The agent answers in public, sometimes after a note to colleagues or a nudge from the customer."""
        if self.chance.happens(0.06):
            self.customer_writes(self.chance.seconds(9_000))
        actor = self.work()
        if self.chance.happens(0.15):
            self.ticket.write(actor, is_public=False)
            actor = self.work(self.chance.seconds(900))
        self.ticket.write(actor)
        return actor

    def customer_writes(self, seconds: int) -> None:
        """The customer writes some seconds later, when awake."""
        ticket = self.ticket
        ticket.wait_until(self.world.waking[ticket.requester.region.name].after(ticket.now + seconds, 0))
        ticket.write(self.customer)

    def transfer(self, group_id: str, actor: Actor) -> None:
        """Hand the ticket to another group, where somebody else must take it."""
        ticket = self.ticket
        ticket.write(actor, is_public=False)
        ticket.change("group_id", group_id, actor)
        ticket.change("assignee_id", None, actor)
        ticket.agent = None
        self.pick_up()

    def solve(self, actor: Actor) -> None:
        """Solve the ticket, perhaps with money."""
        ticket = self.ticket
        ticket.change("status", "solved", actor)
        ticket.unsolved_until = ticket.unsolved_until or ticket.now
        if ticket.settled_amount is None and ticket.topic in _SETTLED_TYPES and self.chance.happens(0.5):
            cents = int(self.chance.lognormvariate(8.3, 0.8))
            ticket.settled_amount = f"{cents // 100}.{cents % 100:02d}"
            ticket.settled_currency = _CURRENCIES[ticket.requester.region.name]
            ticket.settled_at = ticket.now

    def close(self, solved_at: int) -> None:
        """The hourly automation closes what was solved four days ago (seconds since 1970 UTC)."""
        due = solved_at + CLOSE_AFTER
        self.ticket.wait_until(-(-due // HOUR) * HOUR)
        self.ticket.change("status", "closed", SYSTEM)

    def bot_writes(self, session_id: str | None) -> None:
        """The chat bot says something."""
        self.ticket.wait(2)
        self.ticket.write(BOT, is_automated=True, session_id=session_id)

    def _choose_agent(self) -> Agent:
        """Somebody of the ticket's group, rather from a desk that is open now."""
        ticket = self.ticket
        group_id = ticket.state["group_id"] or ticket.requester.region.group_id
        agent = self.world.population.agent_at(group_id, ticket.now, self.chance)
        for _ in range(3):
            if self.world.hours[agent.schedule_id].is_open(ticket.now):
                break
            agent = self.world.population.agent_at(group_id, ticket.now, self.chance)
        return agent

    def _reassign(self) -> Agent:
        ticket = self.ticket
        ticket.agent = self._choose_agent()
        ticket.change("assignee_id", ticket.agent.agent_id, SYSTEM)
        return ticket.agent
