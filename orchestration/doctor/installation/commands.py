"""Are the commands there that a refresh starts, and do they start this Python?"""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong

NAMES = ("helpdesk", "helpdesk-dbt", "dbt", "dagster")
_FIRST_LINES = 3
_DO = "make setup; after moving or copying the project delete .venv first"


def findings(case: Case) -> Iterator[Finding]:
    """The console scripts beside this Python."""
    folder = Path(sys.executable).parent
    faults = [f"{folder / name}: {fault}" for name in NAMES if (fault := _fault(folder / name))]
    for fault in faults:
        yield wrong(fault, _DO)
    if not faults:
        yield ok(f"the commands {', '.join(NAMES)} are there")


def _fault(script: Path) -> str | None:
    if not script.is_file():
        return "this command is missing"
    if not os.access(script, os.X_OK):
        return "this command may not be executed"
    with script.open("rb") as file:
        start = b"".join(file.readline() for _ in range(_FIRST_LINES))
    # A long path does not fit behind #!: then /bin/sh is told to start it.
    words = start.decode("utf-8", errors="replace").replace("#!", " ").replace('"', " ").replace("'", " ")
    pythons = [Path(word) for word in words.split() if word.startswith("/") and "python" in word]
    if not pythons or any(_is_beside(python, script) for python in pythons):
        return None
    return f"starts {pythons[0]}, another Python than that of this environment"


def _is_beside(python: Path, script: Path) -> bool:
    return python.exists() and python.parent.samefile(script.parent)
