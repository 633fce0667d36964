"""May a process have as many files open as Dagster and DuckDB need?"""

import resource
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok

ENOUGH = 1024


def findings(case: Case) -> Iterator[Finding]:
    """The limit of open files."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if limit != resource.RLIM_INFINITY and limit < ENOUGH:
        yield note(
            f"a process may have {limit} files open; Dagster's history and DuckDB together may need more",
            f"ulimit -n {ENOUGH}, or LimitNOFILE={ENOUGH} in the unit",
        )
    else:
        yield ok("enough files may be open at once")
