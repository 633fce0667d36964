"""Is Dagster's history whole?"""

from collections.abc import Iterator

from orchestration.dagster_home import home_of, refuse_damaged_history
from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok

# Otherwise SQLite would make files beside a database that others write.
_TOUCH_NOTHING = "ro&immutable=1"


def findings(case: Case) -> Iterator[Finding]:
    """The files of the history; a damaged one is a ``HelpdeskError``."""
    home = home_of(case.warehouse)
    if home.exists():
        refuse_damaged_history(home, mode=_TOUCH_NOTHING)
        yield ok(f"Dagster's history is whole: {home}")
