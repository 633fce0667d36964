"""All that is looked at, in the order in which it is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, wrong
from orchestration.errors import HelpdeskError, first_line

# Each a module with ``findings(case)``, imported when its turn comes: where a package is missing, only those
# that need it cannot look.
CHECKS = {
    "Installation": (
        *("python", "packages", "commands", "dbt_project", "engine", "zones"),
        *("memory", "open_files", "words", "clock", "room", "telemetry", "extras"),
    ),
    "Configuration": ("settings", "environment", "key", "targets"),
    "Extracts": ("folder", "files", "records", "streams", "times", "together", "coverage"),
    "Warehouse": ("place", "rights", "holder", "published", "report", "build", "leftovers", "history"),
}


@dataclass(frozen=True)
class Told:
    """A finding, and whose it is.

    Attributes:
        group: A key of ``CHECKS``.
        check: The module that found it.
        finding: What it found.
    """

    group: str
    check: str
    finding: Finding


def examine(case: Case) -> Iterator[Told]:
    """Look at everything; a look that fails is a finding too, and keeps no other from being taken.

    Args:
        case: What to look at.

    Yields:
        The findings, group by group.
    """
    failed: set[str] = set()
    for group, checks in CHECKS.items():
        for check in checks:
            for finding in _taken(f"orchestration.doctor.{group.lower()}.{check}", case, failed):
                yield Told(group, check, finding)


def _taken(module: str, case: Case, failed: set[str]) -> Iterator[Finding]:
    """What a check finds; an error that others met before is not told again."""
    try:
        yield from import_module(module).findings(case)
    except HelpdeskError as error:
        for line in str(error).splitlines():
            yield wrong(line)
    except Exception as error:
        # A missing package, an unreadable disk: whatever it is, the other looks are still worth taking.
        said = f"{type(error).__name__}: {first_line(error)}"
        what = module.rpartition(".")[2].replace("_", " ")
        if said not in failed:
            yield wrong(f"{what}: could not be looked at: {said}", "mend what stands above first")
        failed.add(said)
