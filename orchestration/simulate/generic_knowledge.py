"""The open format's knowledge events: what readers search, find and think of it, what agents do with it."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.customers import draw_customer
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.generic_articles import Article, shown
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.vocabulary import TYPES
from orchestration.simulate.witness import Witness, is_countable, solver, solves
from orchestration.simulate.world import World

_READ_FIRST = 0.2
_OTHER_READERS = 0.45
_LINKED = 0.08
_LOGGED_IN = 0.4
_FAILED = 0.12
_VOTES = 0.15
_HELPFUL = 0.72


class KnowledgeEvents(Witness):
    """Writes visits to the help centre and agents' care for it."""

    streams = ("knowledge_events",)

    def __init__(self, world: World, delivery: Delivery, chance: Chance, articles: list[Article]) -> None:
        super().__init__(world, delivery, chance)
        self._articles = articles
        self._number = 0
        self._tell_care()

    def see(self, ticket: Ticket) -> None:
        """The requester read before asking, others read without asking, the agent links an article."""
        chance = self.chance
        requester = ticket.requester
        if ticket.channel in ("email", "web", "chat") and not ticket.is_spam and chance.happens(_READ_FIRST):
            known = requester.customer_id if chance.happens(0.7) else None
            self._visit(ticket.created_at - chance.randrange(120, 3_600), ticket.topic, known)
        while chance.happens(_OTHER_READERS):
            at = ticket.created_at + chance.randrange(7_200)
            reader = draw_customer(self.world.population, requester.region, ticket.created_at, chance)
            known = reader.customer_id if chance.happens(_LOGGED_IN) else None
            self._visit(at, TYPES.draw(chance), known)
        found = solves(ticket)
        if found and is_countable(ticket) and chance.happens(_LINKED):
            at = found[0].occurred_at
            if on_topic := shown(self._articles, ticket.topic, at):
                agent_id = solver(ticket, found[0])
                article_id = chance.choice(on_topic).article_id
                self._tell(at, "link", article_id=article_id, agent_id=agent_id, ticket_id=ticket.ticket_id)

    def _visit(self, at: int, topic: str, customer_id: str | None) -> None:
        """Mostly a search first; then a page or two, and now and then a vote."""
        chance = self.chance
        at = max(at, self.world.population.starts_at)
        who = {"visitor_id": f"visitor-{chance.randrange(1 << 32):08x}", "customer_id": customer_id}
        on_topic = shown(self._articles, topic, at)
        if not on_topic or chance.happens(0.6):
            results = 0 if chance.happens(_FAILED) else len(on_topic)
            self._tell(at, "search", query=topic.replace("_", " "), results=results, **who)
            if not results:
                return
        for _ in range(chance.randrange(1, 3)):
            at += chance.seconds(30)
            article_id = chance.choice(on_topic).article_id
            self._tell(at, "view", article_id=article_id, **who)
            if chance.happens(_VOTES):
                vote = "vote_up" if chance.happens(_HELPFUL) else "vote_down"
                self._tell(at + chance.seconds(60), vote, article_id=article_id, **who)

    def _tell_care(self) -> None:
        """Articles are created and updated by their authors, and flagged."""
        for one in self._articles:
            care = {"create": one.published_at, "update": one.reviewed_at}
            if one.is_flagged:
                care["flag"] = self.chance.randrange(self.world.population.starts_at, self.ends_at + 1)
            for kind, at in care.items():
                if at is not None and at >= self.world.population.starts_at:
                    self._tell(at, kind, article_id=one.article_id, agent_id=one.author_id)

    def _tell(self, at: int, kind: str, **details: object) -> None:
        if at > self.ends_at:
            return
        self._number += 1
        columns = ("article_id", "query", "results", "visitor_id", "customer_id", "agent_id", "ticket_id")
        record = {
            "event_id": f"knowledge-{self._number:08d}",
            "occurred_at": timestamp(at),
            "kind": kind,
            **{column: details.get(column) for column in columns},
        }
        self.delivery.deliver("knowledge_events", at, record)
