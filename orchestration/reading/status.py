"""``helpdesk status``: what is published, what the last run did, what is wrong and why."""

from collections.abc import Iterator

from rich.console import Console

from orchestration.counting import counted
from orchestration.expectations.advice import advice
from orchestration.instants import instant_text
from orchestration.publishing.record import PublicationRecord
from orchestration.publishing.runs import Run
from orchestration.reading.forgotten import forgotten_lines
from orchestration.reading.look import Status, warehouse_status
from orchestration.reading.problems import QuarantineGroup
from orchestration.reading.publications import code_text, files_text

__all__ = ["Status", "print_status", "warehouse_status"]

_LONGEST_LIST = 10


def print_status(status: Status, console: Console, *, with_rows: bool = False) -> None:
    """Print a status as plain lines, one fact each.

    Args:
        status: What ``warehouse_status`` saw.
        console: Where to print.
        with_rows: Whether to print rows that break checks too, whole: they may hold personal data.
    """
    sections = (
        _published(status),
        _run(status),
        _quarantined(status.quarantine),
        forgotten_lines(status),
        _last_failure(status),
        _checks(status),
        _rows(status) if with_rows else (),
    )
    for lines in sections:
        for line in lines:
            # Paths and reasons may hold brackets: nothing of them is markup, and no line is cut.
            console.print(line, markup=False, highlight=False, soft_wrap=True)


def print_rollback(now: PublicationRecord, before: PublicationRecord, console: Console) -> None:
    """Print what a rollback has done, and how it is undone.

    Args:
        now: What is published now.
        before: What was published before.
        console: Where to print.
    """
    for line in (
        f"Published     run {now.run_id}, as of {instant_text(now.as_of)},"
        f" first published {instant_text(now.published_at)}",
        f"Taken back    run {before.run_id}, as of {instant_text(before.as_of)}; it is kept:"
        f" helpdesk rollback --to {before.run_id[:8]}",
        "The next refresh that has anything new publishes again.",
    ):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _published(status: Status) -> Iterator[str]:
    record = status.publication
    if record is None:
        # A wrong --warehouse must not look like a new one.
        folder = status.published_file.parent
        if folder.is_dir():
            yield f"Published     nothing yet; {status.published_file} appears after the first refresh"
        else:
            yield f"Published     nothing: there is no folder {folder}; see --warehouse, or refresh first"
        return
    yield f"Published     {status.published_file}"
    yield f"  as of       {instant_text(record.as_of)}"
    yield f"  published   {instant_text(record.published_at)} by run {record.run_id}"
    if record.known_at is not None and status.file_count is not None:
        yield f"  known at    {instant_text(record.known_at)}, from {files_text(status.file_count)}"
    yield f"  code        {code_text(record)}"
    if status.ticket_count is not None:
        yield f"  tickets     {status.ticket_count:,}"
    for kept in status.versions:
        verdict = "taken back" if kept.version.published_at > record.published_at else "earlier"
        yield f"  {verdict:<12}{kept}"


def _run(status: Status) -> Iterator[str]:
    if status.holder is not None:
        yield f"Refresh       a refresh is running: {status.holder}"
        yield from _origin(status)
    elif status.note is not None:
        yield f"Last run      unknown: {status.note}"
        yield from _origin(status)
    elif status.last_run is None:
        yield "Last run      none yet"
    else:
        yield from _run_lines(status.last_run)


def _origin(status: Status) -> Iterator[str]:
    """Where the rest comes from while the private file cannot be read: nowhere before a first publication."""
    if status.publication is not None:
        yield "  what follows is from the published file"


def _run_lines(run: Run) -> Iterator[str]:
    ended = "its process was ended before the run was" if run.finished_at is None else None
    if run.status == "running":
        yield f"Last run      {run.run_id}: interrupted ({ended})"
    else:
        yield f"Last run      {run.run_id}: {run.status}"
    yield f"  started     {instant_text(run.started_at)}"
    if run.finished_at is not None:
        seconds = (run.finished_at - run.started_at).total_seconds()
        yield f"  finished    {instant_text(run.finished_at)}, after {seconds:,.0f} s"
    for line in (run.message or "").splitlines():
        yield f"  {line}"


def _quarantined(groups: tuple[QuarantineGroup, ...]) -> Iterator[str]:
    if not groups:
        yield "Quarantine    empty"
        return
    yield f"Quarantine    {counted(sum(group.count for group in groups), 'record')}"
    for group in groups[:_LONGEST_LIST]:
        yield f"  {group.count:>9,} {group.stream}: {group.reason}"
        more = ", …" if group.count > len(group.examples) else ""
        yield f"            {', '.join(group.examples)}{more}"
    if len(groups) > _LONGEST_LIST:
        yield f"  and {len(groups) - _LONGEST_LIST} more reasons: see meta.quarantine"


def _last_failure(status: Status) -> Iterator[str]:
    """The newest failure, where runs that went well came after it."""
    failure = status.last_failure
    if failure is None or status.last_run is None or failure.run_id == status.last_run.run_id:
        return
    yield f"Last failure  {failure.run_id}: {failure.status}, started {instant_text(failure.started_at)}"
    for line in (failure.message or "").splitlines():
        yield f"  {line}"


def _checks(status: Status) -> Iterator[str]:
    checks = status.failing_checks
    if not checks:
        yield "Checks        none failing"
        return
    yield f"Checks        {len(checks)} not passed"
    for check in checks[:_LONGEST_LIST]:
        verdict = "could not run" if check.status == "error" else check.severity
        yield f"  {verdict}: {check.asset} {check.name}: {check.observed}"
        yield f"    do: {advice(check.asset, check.name)}"
    if len(checks) > _LONGEST_LIST:
        yield f"  and {len(checks) - _LONGEST_LIST} more: see meta.checks"
    if status.failing_rows:
        yield "  rows that break them: helpdesk status --rows"


def _rows(status: Status) -> Iterator[str]:
    if not status.failing_rows:
        yield "Rows          none kept"
        return
    yield "Rows          some of those that break a check, from meta.failing_rows of the private file"
    for found in status.failing_rows:
        yield f"  {found.asset} {found.check}"
        for row in found.rows:
            yield f"    {row}"
