"""The audits of one ticket while they are written down."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.log import Actor
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_creation import creation
from orchestration.simulate.zendesk_ids import author_id
from orchestration.simulate.zendesk_via import SIDE_CONVERSATION, Via, channel_of, creation_via, merge_via


class Story:
    """A ticket's audits so far, the creation first.

    Attributes:
        ticket: The finished life.
        chance: What the life leaves open.
        audits: What is told of it.
        channel: What Zendesk calls the channel of creation.
        via: The via of creation.
        merged_at: When the ticket was merged away, in seconds since 1970 UTC.
        is_with_supplier: Whether a third party is being talked to.
    """

    def __init__(self, ticket: Ticket, chance: Chance) -> None:
        merge = next((event for event in ticket.events if event.field == "merged_into_id"), None)
        self.ticket = ticket
        self.chance = chance
        self.audits = [creation(ticket, chance)]
        self.channel = channel_of(ticket)
        self.via = creation_via(ticket)
        self.merged_at = merge.occurred_at if merge else None
        self.is_with_supplier = False
        self._merge = merge

    def audit(self, at: int, actor: Actor, via: Via) -> Audit:
        """The audit of this instant and author; begun, through ``via``, if there is none yet."""
        last = self.audits[-1]
        is_last = last.at == at and last.author_id == author_id(actor) and last.via is not SIDE_CONVERSATION
        if len(self.audits) > 1 and is_last:
            return last
        self.audits.append(Audit(at, author_id(actor), actor.kind, via))
        return self.audits[-1]

    def merge_audit(self) -> Audit:
        """The audit with which the ticket is merged away."""
        if self._merge is None or self._merge.new_value is None:
            raise LookupError(f"ticket {self.ticket.ticket_id} is not merged")
        # A duplicate repeats an earlier ticket of its requester: both bear the same subject here.
        via = merge_via("to", int(self._merge.new_value), self.ticket.subject)
        return self.audit(self._merge.occurred_at, self._merge.actor, via)

    @property
    def target(self) -> str | None:
        """The ticket into which this one is merged."""
        return self._merge.new_value if self._merge else None
