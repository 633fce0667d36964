"""What the engines are compared on: a part of the shipped log, and two simulated helpdesks."""

import csv
import gzip
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from orchestration.simulate.simulate import simulate

_LOG = Path("servicenow/incidents/incident_event_log.csv.gz")
_SIMULATED = ("zendesk", "generic")
# Whole incidents, each with all its updates; `make cluster` builds the log as it is.
_ONE_INCIDENT_IN = 32


def two_loads(samples: Path, folder: Path, as_of: date, report: Callable[[str], None]) -> tuple[Path, Path]:
    """Write extracts with half the records of some incidents, and extracts with all: every second comes late.

    The log tells no messages, hours, roles or targets: the simulated helpdesks of the second load do.

    Args:
        samples: The folder of shipped extracts.
        folder: Where both folders of extracts are made.
        as_of: The day after the last simulated one.
        report: Told how far the simulation is.
    """
    extracts = folder / "first", folder / "second"
    with gzip.open(samples / _LOG, "rt", encoding="utf-8", newline="") as source:
        header, *all_records = csv.reader(source)
    number = header.index("number")
    records = [
        record for record in all_records if int(record[number].removeprefix("INC")) % _ONE_INCIDENT_IN == 0
    ]
    for folder_of_load, halves in zip(extracts, ((0,), (0, 1)), strict=True):
        place = folder_of_load / _LOG.parent
        place.mkdir(parents=True)
        for half in halves:
            with (place / f"half_{half}.csv").open("w", encoding="utf-8", newline="") as target:
                csv.writer(target).writerows([header, *records[half::2]])
    simulated = folder / "simulated"
    simulate(
        simulated,
        tickets=120,
        days=45,
        systems=_SIMULATED,
        ends_on=as_of - timedelta(days=1),
        report=report,
    )
    for system in _SIMULATED:
        (simulated / system).rename(extracts[1] / system)
    return extracts
