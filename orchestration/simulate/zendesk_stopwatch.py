"""One metric of a ticket as Zendesk logs it: runs, pauses, breaches, ends, and may begin anew."""

from orchestration.simulate.files import timestamp
from orchestration.simulate.opening_hours import OpeningHours
from orchestration.simulate.zendesk_clock import NOTHING, minutes_between
from orchestration.simulate.zendesk_sla import Target

Record = dict[str, object]


class Stopwatch:
    """The current instance of one metric.

    Attributes:
        metric: Its name in metric events.
        instance: Its number, 0 before it first runs.
        is_running: Whether time passes.
        is_over: Whether this instance has ended, or none has begun.
    """

    def __init__(self, ticket_number: int, metric: str, log: list[tuple[int, Record]]) -> None:
        self.metric = metric
        self.instance = 0
        self.is_running = False
        self.is_over = True
        self._ticket_number = ticket_number
        self._log = log
        self._minutes = NOTHING
        self._seconds = 0
        self._business_seconds = 0
        self._since = 0
        self._target: Target | None = None
        self._breach: Record | None = None

    def measure(self, at: int) -> None:
        """Zendesk begins to measure the ticket."""
        self._write("measure", at)

    def activate(self, at: int) -> bool:
        """Run; true when that is a new instance."""
        is_new = self.is_over
        if is_new:
            self.instance += 1
            self._minutes, self._seconds, self._business_seconds = NOTHING, 0, 0
            self._target = self._breach = None
        self.is_running, self.is_over, self._since = True, False, at
        self._write("activate", at)
        return is_new

    def pass_until(self, at: int, hours: OpeningHours) -> None:
        """Let time pass, under one schedule; a target that is missed on the way is a breach."""
        if not self.is_running:
            return
        self._look_for_breach(at, hours)
        self._minutes = self._minutes.plus(minutes_between(hours, self._since, at))
        self._seconds += at - self._since
        self._business_seconds += hours.before(at) - hours.before(self._since)
        self._since = at

    def pause(self, at: int, hours: OpeningHours) -> None:
        """Stand still."""
        if self.is_running:
            self.pass_until(at, hours)
            self.is_running = False
            self._write("pause", at)
            self._write("update_status", at, status=self._minutes.record())

    def fulfill(self, at: int, hours: OpeningHours) -> None:
        """End, running or paused."""
        if not self.is_over:
            self.pass_until(at, hours)
            self.is_running, self.is_over = False, True
            self._write("fulfill", at)
            self._write("update_status", at, status=self._minutes.record())

    def aim(self, target: Target | None, at: int) -> None:
        """Get another target; a breach of a shorter one is taken back where there is still time."""
        if target is None or self.is_over or target is self._target:
            return
        self._target = target
        self._write("apply_sla", at, sla=target.record())
        if self._breach is not None and self._left() > 0:
            self._breach["deleted"] = True
            self._breach = None

    def _left(self) -> int:
        if self._target is None:
            return 0
        passed = self._business_seconds if self._target.is_business else self._seconds
        return self._target.minutes * 60 - passed

    def _look_for_breach(self, until: int, hours: OpeningHours) -> None:
        if self._target is None or self._breach is not None:
            return
        left = max(0, self._left())
        due = hours.after(self._since, left) if self._target.is_business else self._since + left
        if due < until:
            self._breach = self._write("breach", due, deleted=False)

    def _write(self, event_type: str, at: int, **payload: object) -> Record:
        event: Record = {
            "id": 0,
            "ticket_id": self._ticket_number,
            "metric": self.metric,
            "instance_id": self.instance,
            "type": event_type,
            "time": timestamp(at),
            **payload,
        }
        self._log.append((at, event))
        return event
