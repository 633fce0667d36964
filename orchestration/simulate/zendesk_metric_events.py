"""Zendesk's metric events of a ticket, found from its audits."""

from collections.abc import Mapping

from orchestration.simulate.opening_hours import OpeningHours
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_creation import DEFAULT_SCHEDULE
from orchestration.simulate.zendesk_ids import SCHEDULE_IDS
from orchestration.simulate.zendesk_metrics import DONE
from orchestration.simulate.zendesk_sla import Policy, target_of
from orchestration.simulate.zendesk_stopwatch import Record, Stopwatch

# In which statuses each metric runs; resolution ends with the solve and pauses only while deleted.
_RUNS_IN = {
    "requester_wait_time": ("new", "open", "hold"),
    "agent_work_time": ("new", "open"),
    "resolution_time": ("new", "open", "pending", "hold"),
}


def metric_events(
    ticket_number: int,
    audits: list[Audit],
    hours: Mapping[str, OpeningHours],
    known: list[Policy],
    ends_at: int,
) -> list[Record]:
    """Everything Zendesk logs about a ticket's metrics.

    Args:
        ticket_number: The ticket.
        audits: Its settled audits.
        hours: Opening hours by Zendesk's schedule id.
        known: Every version of every SLA policy.
        ends_at: Last instant of the log, in seconds since 1970 UTC.

    Returns:
        Records in order of time. Replies: the first instance runs from creation to an agent's first public
        word, each later one from the customer's next public word; a solve ends them all.
    """
    meter = _Meter(ticket_number, hours, known)
    for number, audit in enumerate(audits):
        meter.add(audit, is_first=number == 0)
    return meter.finish(ends_at, audits[0].audit_id)


class _Meter:
    def __init__(self, ticket_number: int, hours: Mapping[str, OpeningHours], known: list[Policy]) -> None:
        self._hours = hours
        self._known = known
        self._schedule = hours[str(SCHEDULE_IDS[DEFAULT_SCHEDULE])]
        self._log: list[tuple[int, Record]] = []
        self._reply = Stopwatch(ticket_number, "reply_time", self._log)
        self._waits = {metric: Stopwatch(ticket_number, metric, self._log) for metric in _RUNS_IN}
        self._all = [self._reply, *self._waits.values()]
        self._state: dict[str, object] = {}

    def add(self, audit: Audit, *, is_first: bool) -> None:
        changed = audit.changes
        self._state |= changed
        if "schedule_id" in changed:
            for watch in self._all:
                watch.pass_until(audit.at, self._schedule)
            self._schedule = self._hours[str(changed["schedule_id"])]
        if audit.kind == "agent" and not is_first and audit.is_public_word():
            self._reply.fulfill(audit.at, self._schedule)
        if is_first:
            for watch in self._all:
                watch.measure(audit.at)
        if "status" in changed:
            self._follow(str(changed["status"]), audit.at)
        if is_first or (audit.kind == "customer" and audit.is_public_word()):
            self._wait_for_reply(audit, is_first)
        if "priority" in changed and not is_first:
            for watch in self._all:
                watch.pass_until(audit.at, self._schedule)
                self._aim(watch, audit.at)

    def finish(self, ends_at: int, first_id: int) -> list[Record]:
        for watch in self._all:
            watch.pass_until(ends_at, self._schedule)
        self._log.sort(key=lambda entry: entry[0])
        for number, (_, event) in enumerate(self._log):
            event["id"] = first_id + number
        return [event for _, event in self._log]

    def _follow(self, status: str, at: int) -> None:
        for metric, watch in self._waits.items():
            if status in _RUNS_IN[metric]:
                if not watch.is_running and watch.activate(at):
                    self._aim(watch, at)
            elif status in DONE:
                watch.fulfill(at, self._schedule)
            else:
                watch.pause(at, self._schedule)
        if status in DONE:
            self._reply.fulfill(at, self._schedule)

    def _wait_for_reply(self, audit: Audit, is_first: bool) -> None:
        """Nobody waits for a reply to what an agent wrote first, or on what is solved."""
        is_outbound = is_first and audit.kind == "agent" and self._state["status"] == "pending"
        if self._reply.is_over and self._state["status"] not in (*DONE, "deleted") and not is_outbound:
            self._reply.activate(audit.at)
            self._aim(self._reply, audit.at)

    def _aim(self, watch: Stopwatch, at: int) -> None:
        tags, priority = self._state.get("tags"), self._state.get("priority")
        watch.aim(target_of(self._known, watch.metric, watch.instance, tags, priority, at), at)
