"""Files of an extract, equal byte for byte for equal records."""

import csv
import gzip
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

_LINES_AT_ONCE = 2_000
_COMPRESSION = 4
encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


@lru_cache(maxsize=4_096)
def timestamp(instant: int) -> str:
    """An instant (seconds since 1970 UTC) in ISO 8601 with Z."""
    return datetime.fromtimestamp(instant, UTC).isoformat()[:19] + "Z"


def write_csv(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    """Write a small stream; None becomes an empty field.

    Args:
        path: The file; its folder is made.
        columns: The header.
        rows: Values in the order of the header.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


class MonthlyFiles:
    """A big stream: gzipped JSON lines, one file per month. Months must be given up in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, gzip.GzipFile] = {}
        self._lines: dict[str, list[str]] = {}
        folder.mkdir(parents=True, exist_ok=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close_before("9999-99")

    def write(self, created_at: str, record: Mapping[str, object]) -> None:
        """Add a record to the month of its creation (an ISO 8601 timestamp)."""
        self.write_line(created_at, encode(record))

    def write_line(self, created_at: str, line: str) -> None:
        """Add a line as it is, a broken one too."""
        month = created_at[:7]
        lines = self._lines.get(month)
        if lines is None:
            lines = self._lines[month] = []
        lines.append(line)
        if len(lines) >= _LINES_AT_ONCE:
            self._flush(month)

    def close_before(self, month: str) -> None:
        """Close the files of months (YYYY-MM) before this one: nothing more will come for them."""
        for done in [known for known in self._lines if known < month]:
            self._flush(done)
            self._files.pop(done).close()
            del self._lines[done]

    def _flush(self, month: str) -> None:
        if month not in self._files:
            path = self._folder / f"{self._folder.name}-{month}.jsonl.gz"
            # No time of writing in the header: the same seed gives the same bytes.
            self._files[month] = gzip.GzipFile(path, "wb", compresslevel=_COMPRESSION, mtime=0)
        self._files[month].write(("\n".join(self._lines[month]) + "\n").encode())
        self._lines[month].clear()
