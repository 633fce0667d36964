"""Is this machine's clock plausible? Everything that a refresh tells is as of its "now"."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong
from orchestration.instants import instant_text
from orchestration.project_files import newest_change

_PATIENCE = timedelta(days=1)


def findings(case: Case) -> Iterator[Finding]:
    """The clock, against the files of the project: they cannot come from the future."""
    newest = datetime.fromtimestamp(newest_change(), UTC)
    if case.now + _PATIENCE < newest:
        yield wrong(
            f"the clock says {instant_text(case.now)}, and a file of this project is of"
            f" {instant_text(newest)}",
            "set the clock (timedatectl set-ntp true)",
        )
    else:
        yield ok(f"the clock says {instant_text(case.now)}")
