"""What is told of a refresh that was refused or failed."""

from typing import Literal

from orchestration.alerts.alert import Alert, without_values
from orchestration.counting import counted
from orchestration.errors import HelpdeskError
from orchestration.expectations.advice import advice
from orchestration.instants import instant_text
from orchestration.publishing.database import open_database
from orchestration.publishing.lock import current_holder
from orchestration.publishing.record import read_publication
from orchestration.publishing.runs import Run, find_run
from orchestration.reading.problems import FailingCheck, failing_checks
from orchestration.warehouse import Warehouse

_LONGEST_LIST = 10


def failure_key(run_id: str) -> str:
    """The key of the alert about one run."""
    return f"failure {run_id}"


def failure_alert(warehouse: Warehouse, run_id: str, error: BaseException | None = None) -> Alert:
    """Tell what is known of a refresh that published nothing.

    Args:
        warehouse: The warehouse; while another refresh runs its private file is left alone.
        run_id: The refresh.
        error: What ended it, where the process knows that.
    """
    run, checks = _noted(warehouse, run_id)
    kind: Literal["refused", "failed"] = "refused" if run and run.status == "refused" else "failed"
    blocking = [check for check in checks if check.severity == "error"]
    ended = "was refused" if kind == "refused" else "failed"
    lines = [f"The refresh of {warehouse.root.absolute()} {ended}."]
    lines += [f"Run {run_id}", _standing(warehouse), ""]
    lines += [line for check in blocking[:_LONGEST_LIST] for line in _check_lines(check)]
    if len(blocking) > _LONGEST_LIST:
        lines.append(f"and {len(blocking) - _LONGEST_LIST} more")
    if not blocking:
        lines.append(_reason(run, error))
    rows = "; helpdesk status --rows shows rows that break a check" if blocking else ""
    lines += ["", f"What to look at: helpdesk status{rows}."]
    count = f" by {counted(len(blocking), 'check')}" if blocking else ""
    return Alert(failure_key(run_id), kind, f"Helpdesk refresh {kind}{count}", "\n".join(lines), run_id)


def _noted(warehouse: Warehouse, run_id: str) -> tuple[Run | None, tuple[FailingCheck, ...]]:
    """What the build file says of the run; nothing when it cannot be read now."""
    if current_holder(warehouse) is not None or not warehouse.build_file.exists():
        return None, ()
    try:
        with open_database(warehouse.build_file, read_only=True) as connection:
            return find_run(connection, run_id), failing_checks(connection, run_id)
    except HelpdeskError:
        return None, ()


def _standing(warehouse: Warehouse) -> str:
    try:
        published = read_publication(warehouse)
    except HelpdeskError:
        return "What is published cannot be read."
    if published is None:
        return "Nothing is published yet."
    return f"What is published still stands, as of {instant_text(published.as_of)}."


def _check_lines(check: FailingCheck) -> list[str]:
    observed = without_values(check.observed) if check.status == "error" else check.observed
    return [
        f"{check.asset}: {check.name}: {observed}",
        f"  do: {advice(check.asset, check.name)}",
    ]


def _reason(run: Run | None, error: BaseException | None) -> str:
    """Why, without checks that would say it: an error's own text is only repeated if it is one of ours."""
    if isinstance(error, HelpdeskError):
        return without_values(str(error))
    if error is not None:
        return f"unexpected {type(error).__name__}"
    return without_values(run.message) if run and run.message else "the run's own page in Dagster says why"
