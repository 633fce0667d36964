"""How exports deliver the open format's records: at least once, now and then late, in monthly files."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.files import MonthlyFiles, encode, timestamp

_REPEATED = 0.01
_LATE = 0.01
_LATEST = 40 * DAY


class Delivery:
    """One folder of monthly files per stream; a record lies in the month in which it was delivered."""

    def __init__(self, folder: Path, ends_at: int, chance: Chance) -> None:
        self._folder = folder
        self._ends_at = ends_at
        self._chance = chance
        self._not_before = 0
        self._streams: dict[str, tuple[MonthlyFiles, Chance]] = {}
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def open(self, stream: str) -> None:
        """Make the folder of a stream, which may stay empty."""
        files = self._stack.enter_context(MonthlyFiles(self._folder / stream))
        self._streams[stream] = files, self._chance.apart(f"delivery/{stream}")

    def write(self, stream: str, seen_at: int, record: Mapping[str, object]) -> None:
        """Write a record exactly once, in its time: where the order of versions tells which one holds."""
        self._write_line(stream, seen_at, encode(record))

    def deliver(self, stream: str, seen_at: int, record: Mapping[str, object]) -> None:
        """Write a record; a few come late, a few come twice.

        Args:
            stream: The stream; it must be open.
            seen_at: When the export could first see the record, in seconds since 1970 UTC.
            record: The record.
        """
        chance = self._streams[stream][1]
        line = encode(record)
        luck = chance.random()
        if luck < _LATE:
            seen_at += chance.randrange(_LATEST)
        self._write_line(stream, seen_at, line)
        if _LATE <= luck < _LATE + _REPEATED:
            self._write_line(stream, seen_at + chance.randrange(_LATEST), line)

    def close_before(self, instant: int) -> None:
        """Close the files of earlier months: what happened before and is told only now comes late."""
        if instant // DAY == self._not_before // DAY:
            return
        self._not_before = instant
        month = timestamp(instant)[:7]
        for files, _ in self._streams.values():
            files.close_before(month)

    def _write_line(self, stream: str, seen_at: int, line: str) -> None:
        seen = max(self._not_before, min(seen_at, self._ends_at))
        self._streams[stream][0].write_line(timestamp(seen), line)
