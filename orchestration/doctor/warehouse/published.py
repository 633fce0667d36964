"""What is published, and is it fresh and whole?"""

from collections.abc import Iterator
from datetime import timedelta

from orchestration.alerts.staleness import staleness_alert
from orchestration.counting import counted
from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.doctor.sizes import size_text, span_text
from orchestration.doctor.warehouse.reading import look_at
from orchestration.instants import instant_text
from orchestration.publishing.record import PublicationRecord
from orchestration.reading.look import Status
from orchestration.reading.publications import code_text

_PATIENCE = timedelta(minutes=5)


def findings(case: Case) -> Iterator[Finding]:
    """The publication and its versions; a damaged file is a ``HelpdeskError``."""
    status = look_at(case)
    record = status.publication
    if record is None:
        yield ok("nothing is published yet")
    else:
        yield _published(status, record, case)
    hours = settings_of(case).alerts.stale_after_hours
    stale = staleness_alert(case.warehouse, stale_after_hours=hours, now=case.now)
    if stale:
        yield note(
            f"{stale.subject}, more than the {hours:g} of alerts.stale_after_hours",
            "helpdesk status; does a refresh run each night, and do new extracts come?",
        )
    yield from _versions(status)


def _published(status: Status, record: PublicationRecord, case: Case) -> Finding:
    if record.published_at > case.now + _PATIENCE:
        return wrong(
            f"published {instant_text(record.published_at)}, and the clock says {instant_text(case.now)}",
            "set the clock (timedatectl set-ntp true)",
        )
    if record.as_of > case.now + _PATIENCE:
        return note(
            f"what is published is as of {instant_text(record.as_of)}, in the future",
            "refresh without --as-of and HELPDESK_AS_OF",
        )
    size = size_text(status.published_file.stat().st_size)
    tickets = f", {status.ticket_count:,} tickets" if status.ticket_count is not None else ""
    return ok(
        f"published {span_text(case.now - record.published_at)} ago, as of {instant_text(record.as_of)}:"
        f" {size}{tickets}, by {code_text(record)}"
    )


def _versions(status: Status) -> Iterator[Finding]:
    damaged = [kept.version.file for kept in status.versions if kept.origin is None]
    for file in damaged:
        yield note(f"{file}: this earlier publication is damaged, and cannot be put back", "delete it")
    if status.versions:
        size = sum(kept.version.file.stat().st_size for kept in status.versions)
        kept = counted(len(status.versions), "earlier publication")
        yield ok(f"kept: {kept}, {size_text(size)} (helpdesk rollback)")
