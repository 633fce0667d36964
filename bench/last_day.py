"""A year of extracts as two deliveries: all but its last day, and what that day adds and changes."""

import gzip
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

_PACKED = ".jsonl.gz"


def split_last_day(extracts: Path, earlier: Path, last_day: Path, began_at: datetime) -> None:
    """Write extracts anew as two deliveries; what has no time (people, schedules) comes with the first.

    Args:
        extracts: The extracts of the whole year, in monthly files; only read.
        earlier: A new folder for what was known before the last day.
        last_day: A new folder for what the last day tells: new records, and tickets in their new version.
        began_at: When the last day began; UTC.
    """
    began = f"{began_at:%Y-%m-%dT%H:%M:%S}"
    last_day.mkdir()
    for file in sorted(path for path in extracts.rglob("*") if path.is_file()):
        place = file.relative_to(extracts)
        is_tickets = file.parent.name == "tickets"
        month = file.name.removesuffix(_PACKED)[-7:]
        if not file.name.endswith(_PACKED) or (month < began[:7] and not is_tickets):
            _link(file, earlier / place)
            continue
        before: list[str] = []
        after: list[str] = []
        for line, first, last in _lines(file):
            # A ticket that changed on the last day was there before, too.
            if first < began if is_tickets else last < began:
                before.append(line)
            if last >= began:
                after.append(line)
        _write(earlier / place, before)
        _write(last_day / place.with_name(f"day-{place.name}"), after)


def _lines(file: Path) -> Iterator[tuple[str, str, str]]:
    """Every line with the earliest and the latest instant in it."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            values = [value for value in json.loads(line).values() if isinstance(value, str)]
            instants = [value for value in values if value.endswith("Z") and value[4:5] == "-"]
            yield line, min(instants, default=""), max(instants, default="")


def _link(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    os.link(file, to)


def _write(path: Path, lines: list[str]) -> None:
    if lines:
        path.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=4) as file:
            file.writelines(lines)
