"""Files of a Zendesk export with the faults that exports have: repeated, misplaced and broken records."""

from collections import defaultdict
from collections.abc import Mapping
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.files import MonthlyFiles, encode, timestamp

_REPEATED = 0.01
_BROKEN = 0.001
# So far apart that a landing which bears one bad record in 100 never refuses a small stream.
_LINES_PER_BROKEN = 200
_LATEST_REPEAT = 60 * DAY


class ZendeskExport:
    """One folder of monthly files per stream."""

    def __init__(self, folder: Path, chance: Chance, ends_at: int) -> None:
        self._folder = folder
        self._chance = chance
        self._ends_at = ends_at
        self._streams: dict[str, MonthlyFiles] = {}
        self._stack = ExitStack()
        self._closed_before = ""
        self._delivered: dict[str, int] = defaultdict(int)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def open(self, *names: str) -> None:
        """Make the folders of streams, which may stay empty."""
        for name in names:
            self._streams[name] = self._stack.enter_context(MonthlyFiles(self._folder / name))

    def write(self, stream: str, seen_at: str, record: Mapping[str, object]) -> None:
        """Write a record of a small stream as it is.

        Args:
            stream: The stream; it must be open.
            seen_at: When the export saw the record (ISO 8601): its month's file.
            record: The record.
        """
        self._streams[stream].write(seen_at, record)

    def deliver(self, stream: str, seen_at: str, record: Mapping[str, object]) -> None:
        """Write a record as at-least-once delivery does: some come again in a later file, in no order.

        Where delivery breaks off, a line is cut or has no id, and the record comes anew.
        """
        files = self._streams[stream]
        line = encode(record)
        files.write_line(seen_at, line)
        self._delivered[stream] += 1
        luck = self._chance.random()
        if luck < _BROKEN:
            if self._delivered[stream] < _LINES_PER_BROKEN:
                return
            self._delivered[stream] = 0
            if luck < _BROKEN / 2:
                files.write_line(seen_at, line[: len(line) // 2])
            else:
                files.write(seen_at, {name: value for name, value in record.items() if name != "id"})
        elif luck < _BROKEN + _REPEATED:
            seen = int(datetime.fromisoformat(seen_at).timestamp())
            again_at = seen + self._chance.randrange(_LATEST_REPEAT)
            files.write_line(timestamp(min(again_at, max(seen, self._ends_at))), line)

    def close_before(self, month: str) -> None:
        """Close the files of months (YYYY-MM) before this one: nothing more will come for them."""
        if month != self._closed_before:
            self._closed_before = month
            for files in self._streams.values():
                files.close_before(month)
