"""Is Python new enough, and that of a virtual environment?"""

import sys
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong

OLDEST = (3, 11)


def findings(case: Case) -> Iterator[Finding]:
    """The version of Python, and where it comes from."""
    version = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info[:2] < OLDEST:
        yield wrong(
            f"Python {version} is too old: {'.'.join(map(str, OLDEST))} or newer is needed",
            "make setup PYTHON=python3.11, after deleting .venv",
        )
    elif sys.prefix == sys.base_prefix:
        yield note(
            f"Python {version} of the machine, not of a virtual environment",
            "make setup makes .venv; start .venv/bin/helpdesk",
        )
    else:
        yield ok(f"Python {version} in {sys.prefix}")
