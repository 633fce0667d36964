"""How did the last refresh go, and what will the next one build?"""

from collections.abc import Iterator

import duckdb

from orchestration.counting import counted
from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.finding import Finding, note, ok
from orchestration.doctor.warehouse.reading import build_file_says, status_of
from orchestration.errors import UsageError
from orchestration.publishing.database import has_table
from orchestration.publishing.fingerprint import rules_fingerprint
from orchestration.publishing.pseudonym_key import present_secret
from orchestration.publishing.runs import Run
from orchestration.reading.look import Status

_LOOK = "helpdesk status says which, and what to do"


def findings(case: Case) -> Iterator[Finding]:
    """The last run, what it left out, and whether its tables can be kept."""
    status = status_of(case)
    if status is None:
        return
    if status.note:
        yield note(status.note)
    if status.last_run:
        yield _run(status.last_run)
    yield from _left_out(status)
    yield from _next(case)


def _run(run: Run) -> Finding:
    if run.status in ("published", "nothing new"):
        return ok(f"the last refresh ended well: {run.status}")
    why = (run.message or "its process was ended before it was").splitlines()[0]
    ended = {"running": "was interrupted", "refused": "was refused"}.get(run.status, run.status)
    return note(
        f"the last refresh {ended}: {why}", "helpdesk status tells all of it; mend it and refresh again"
    )


def _left_out(status: Status) -> Iterator[Finding]:
    bad = sum(group.count for group in status.quarantine)
    if bad:
        streams = sorted({group.stream for group in status.quarantine})
        yield note(
            f"quarantined, and in no figure: {counted(bad, 'record')} of {', '.join(streams[:4])}", _LOOK
        )
    if status.failing_checks:
        yield note(f"{counted(len(status.failing_checks), 'check')} did not pass in the last run", _LOOK)
    if status.forgotten and not status.forgotten.is_erased:
        yield note(
            "a customer was to be forgotten, and that did not come to its end", "helpdesk forget ends it"
        )


def _next(case: Case) -> Iterator[Finding]:
    """Whether code, settings or key changed since the tables were built: asked without making a key."""
    try:
        if present_secret(case.warehouse) is None:
            return
    except UsageError:
        # Told by the check of the key.
        return
    settings = settings_of(case)
    built = build_file_says(case, lambda connection: _rules(connection, settings.engine))
    if built is None:
        return
    if built == rules_fingerprint(case.warehouse, settings):
        yield ok("the next refresh builds only what is new")
    else:
        yield note(
            "code, settings or key are others than those of the last build: the next refresh builds all"
            " tables anew, which takes as long as the first one"
        )


def _rules(connection: duckdb.DuckDBPyConnection, engine: str) -> str | None:
    if not has_table(connection, "meta", "builds"):
        return None
    row = connection.execute("select rules from meta.builds where engine = ?", [engine]).fetchone()
    return str(row[0]) if row else None
