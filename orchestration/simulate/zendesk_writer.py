"""One ticket after the other, from its audits into every stream that tells of it."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.world import World
from orchestration.simulate.zendesk_audits import Audit, settle
from orchestration.simulate.zendesk_calls import STREAMS as CALL_STREAMS
from orchestration.simulate.zendesk_calls import write_calls
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_ids import SCHEDULE_IDS
from orchestration.simulate.zendesk_metric_events import metric_events
from orchestration.simulate.zendesk_metrics import metrics_record
from orchestration.simulate.zendesk_sla import Policy
from orchestration.simulate.zendesk_tellings import audit_record, comment_records, rating_records
from orchestration.simulate.zendesk_tickets import ticket_versions

TICKET_STREAMS = (
    *("tickets", "ticket_audits", "ticket_comments", "ticket_metrics", "ticket_metric_events"),
    *("satisfaction_ratings", *CALL_STREAMS),
)
_ARCHIVED_AFTER = 120 * DAY
_ARCHIVED = 0.05
_BACKWARDS = 0.1
_STALE = 0.05
_DELETION_UNTOLD = 0.3


class TicketWriter:
    """Writes finished tickets, in order of creation, and keeps none of them."""

    def __init__(self, export: ZendeskExport, world: World, known: list[Policy], chance: Chance) -> None:
        self._export = export
        self._known = known
        self._chance = chance
        self._ends_at = world.population.ends_at
        self._hours = {str(number): world.hours[name] for name, number in SCHEDULE_IDS.items()}
        export.open(*TICKET_STREAMS)

    def write(self, ticket: Ticket, audits: list[Audit]) -> None:
        """Write a ticket into every stream.

        Args:
            ticket: The finished life.
            audits: What is told of it, not settled yet.
        """
        number = int(ticket.ticket_id)
        settle(number, audits)
        deliver = self._export.deliver
        self._export.close_before(audits[0].created_at[:7])
        versions = list(ticket_versions(ticket, audits, self._chance))
        if len(versions) > 1 and self._chance.happens(_STALE):
            versions.append((versions[-1][0], versions[0][1]))
        for seen_at, record in versions:
            deliver("tickets", seen_at, record)
        for seen_at, record in comment_records(number, audits):
            deliver("ticket_comments", seen_at, record)
        for record in rating_records(number, audits):
            deliver("satisfaction_ratings", str(record["updated_at"]), record)
        write_calls(self._export, ticket, self._chance)
        if self._is_archived(ticket, audits):
            return
        self._write_audits(ticket, audits)
        for record in metric_events(number, audits, self._hours, self._known, self._ends_at):
            deliver("ticket_metric_events", str(record["time"]), record)
        if ticket.state["is_deleted"] != "true":
            deliver("ticket_metrics", audits[-1].created_at, metrics_record(ticket, audits, self._hours))

    def _write_audits(self, ticket: Ticket, audits: list[Audit]) -> None:
        """Not always in order; of some deleted tickets the deletion itself can be read no more."""
        told = audits
        if ticket.state["is_deleted"] == "true" and self._chance.happens(_DELETION_UNTOLD):
            told = [audit for audit in audits if audit.changes.get("status") != "deleted"]
        for audit in reversed(told) if self._chance.happens(_BACKWARDS) else told:
            record = audit_record(int(ticket.ticket_id), audit)
            self._export.deliver("ticket_audits", audit.created_at, record)

    def _is_archived(self, ticket: Ticket, audits: list[Audit]) -> bool:
        """Some of what was closed long ago is missing in list exports, and all whose log is lost."""
        is_lost = not ticket.events and ticket.state["group_id"] is not None
        is_old = ticket.state["status"] == "closed" and audits[-1].at + _ARCHIVED_AFTER < self._ends_at
        return is_lost or (is_old and self._chance.happens(_ARCHIVED))
