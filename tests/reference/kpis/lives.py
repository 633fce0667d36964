"""The tickets of a desk, each with all that the reference tells of it, and where its cases are sliced."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property, lru_cache

from tests.reference.business_times import business_times
from tests.reference.history import History, read_history
from tests.reference.kpis.figures import Where
from tests.reference.kpis.labels import agent_key, channel_label, team_label
from tests.reference.kpis.raw import Desk
from tests.reference.lifecycle import TicketFacts, ticket_facts
from tests.reference.records import SOLVED, Record, ordered_changes, text
from tests.reference.replies import Message, ReplyFacts, read_messages, reply_facts
from tests.reference.sla import Instance, sla_instances
from tests.reference.sla_policies import read_targets
from tests.reference.spells import Spell, all_spells, lived_spells
from tests.reference.waits import Wait, reply_waits


@dataclass(frozen=True)
class Holder:
    """Who has a ticket in hand."""

    agent_id: str | None = None
    group_id: str | None = None


@dataclass(frozen=True)
class Life:
    """One ticket of a desk."""

    desk: Desk
    ticket: Record
    events: Sequence[Record]
    messages: Sequence[Record]
    history: History
    facts: TicketFacts

    @property
    def ticket_id(self) -> str:
        """Its id."""
        return str(self.ticket["ticket_id"])

    @property
    def requester_id(self) -> str | None:
        """Whose question it is."""
        return text(self.ticket.get("requester_id"))

    @property
    def origin(self) -> str | None:
        """How it came about."""
        return text(self.ticket.get("origin"))

    @cached_property
    def ticket_type(self) -> str | None:
        """What it is about, as last told."""
        told = [c for c in ordered_changes(self.ticket, self.events) if c.field == "type"]
        return told[-1].new if told else text(self.ticket.get("type"))

    @cached_property
    def spells(self) -> list[Spell]:
        """Its spells, with the one that a merge begins."""
        return all_spells(self.history, self.desk.as_of)

    @cached_property
    def lived(self) -> list[Spell]:
        """Its spells until a merge."""
        return lived_spells(self.history, self.desk.as_of)

    @cached_property
    def solves(self) -> list[Spell]:
        """The spells that begin with a solve."""
        return [spell for spell in self.lived if spell.is_solve]

    @property
    def is_solve_unknown(self) -> bool:
        """Whether it is solved and no event tells since when: it came and went unseen."""
        return self.facts.is_history_incomplete and self.facts.status in SOLVED

    @property
    def last_solve(self) -> Spell | None:
        """The solve that stands; none while it is unsolved."""
        return self.solves[-1] if self.facts.solved_at and self.solves else None

    @cached_property
    def told(self) -> list[Message]:
        """Its messages in their order."""
        return read_messages(self.ticket, self.messages, self.history, self.desk.as_of)

    @cached_property
    def reply_facts(self) -> ReplyFacts:
        """Counts of its messages and the time of its first reply."""
        facts = reply_facts(self.ticket, self.events, self.messages, self.desk.as_of)
        assert facts is not None
        return facts

    @cached_property
    def replies(self) -> list[Message]:
        """The replies that count."""
        return [message for message in self.told if message.not_counting_reason is None]

    @cached_property
    def waits(self) -> list[Wait]:
        """The waits of its customer."""
        return reply_waits(
            self.ticket, self.events, self.messages, self.desk.opening_hours(), self.desk.as_of
        )

    @cached_property
    def business(self) -> Mapping[str, int | None]:
        """Its durations in business seconds, by the name of their column."""
        replied_at = self.reply_facts.first_replied_at
        times = business_times(
            self.ticket, self.events, replied_at, self.desk.opening_hours(), self.desk.as_of
        )
        assert times is not None
        return times

    @cached_property
    def instances(self) -> list[Instance]:
        """Its SLA instances."""
        targets = read_targets(self.desk.stream("sla_policies"))
        hours = self.desk.opening_hours()
        return sla_instances(self.ticket, self.events, self.messages, targets, hours, self.desk.as_of)

    def author_id(self, message: Message) -> str | None:
        """Who wrote one of its messages."""
        return next(text(m.get("author_id")) for m in self.messages if m["message_id"] == message.message_id)

    @cached_property
    def first_holder(self) -> Holder:
        """Who had it when it was created, which is often nobody."""
        return held(self.spells[0]) if self.spells else Holder()

    def holder_at(self, at: datetime) -> Holder:
        """Who had it at an instant; what changed at that instant has changed."""
        begun = [spell for spell in self.spells if spell.started_at <= at] or self.spells[:1]
        return Holder(begun[-1].assignee_id, begun[-1].group_id) if begun else Holder()

    def where(self, holder: Holder) -> Where:
        """The slices of a case of it that is credited to somebody."""
        return Where(
            channel=channel_label(text(self.ticket.get("channel"))),
            team=team_label(self.desk, holder.group_id),
            agent=agent_key(holder.agent_id),
            priority=self.facts.priority,
            ticket_type=self.ticket_type,
        )


def held(spell: Spell) -> Holder:
    """Who has a ticket in hand during a spell."""
    return Holder(spell.assignee_id, spell.group_id)


def day(at: datetime) -> date:
    """The reporting day of an instant; nothing is configured, so days are those of UTC."""
    return at.date()


@lru_cache(maxsize=4)
def all_lives(desk: Desk) -> Sequence[Life]:
    """Every ticket there is at as_of.

    Args:
        desk: The desk to read.
    """
    events, messages = desk.by_ticket("ticket_events"), desk.by_ticket("messages")
    lives = []
    for ticket in desk.stream("tickets"):
        own = events.get(ticket["ticket_id"], [])
        history, facts = read_history(ticket, own, desk.as_of), ticket_facts(ticket, own, desk.as_of)
        if history is not None and facts is not None:
            lives.append(Life(desk, ticket, own, messages.get(ticket["ticket_id"], []), history, facts))
    return lives


def countable_lives(desk: Desk) -> list[Life]:
    """The tickets that count: not spam, deleted, a test or merged into another.

    Args:
        desk: The desk to read.
    """
    return [life for life in all_lives(desk) if life.facts.is_countable]
