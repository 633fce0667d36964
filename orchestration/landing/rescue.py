"""The careful way through a text file in which DuckDB's fast readers cannot vouch for every line."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import IO

from orchestration.landing.staging import LONGEST_RECORD_BYTES

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_SHOWN_BYTES = 1 << 20


Bad = Callable[[int, str, bytes], None]


class BadRecords:
    """Writes bad records to a file, so that any number of them fits."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w", encoding="utf-8")

    def add(self, line: int, reason: str, record: bytes) -> None:
        """Keep one record.

        Args:
            line: Its first physical line, from 1.
            reason: What is wrong with it.
            record: Its bytes; those that are no UTF-8 are kept as escapes.
        """
        text = record[:_SHOWN_BYTES].decode("utf-8", errors="backslashreplace").rstrip("\r\n")
        self._file.write(json.dumps({"line": line, "reason": reason, "record": text}) + "\n")

    def close(self) -> None:
        """Finish the file."""
        self._file.close()


def read_line(file: IO[bytes]) -> bytes:
    """Read one physical line, ended by LF or CRLF.

    Args:
        file: A plain file, at the start of a line.

    Returns:
        The line, empty at the end of the file. Of a line longer than ``LONGEST_RECORD_BYTES`` only that
        many bytes and one more; the rest is passed over.
    """
    line = rest = file.readline(LONGEST_RECORD_BYTES + 1)
    while len(rest) > LONGEST_RECORD_BYTES and not rest.endswith(b"\n"):
        rest = file.readline(LONGEST_RECORD_BYTES + 1)
    return line


def skip_byte_order_mark(file: IO[bytes]) -> None:
    """Move a file at its start behind the byte order mark, if it has one."""
    if file.read(len(_BYTE_ORDER_MARK)) != _BYTE_ORDER_MARK:
        file.seek(0)


def fault(record: bytes) -> str | None:
    """Say why the bytes of a record cannot be read as text, if so."""
    if len(record) > LONGEST_RECORD_BYTES:
        return f"is longer than {LONGEST_RECORD_BYTES >> 20} MiB"
    try:
        record.decode("utf-8")
    except UnicodeDecodeError:
        return "is not UTF-8 text"
    return None


def rescue_lines(source: Path, numbered: Path, bad: Bad) -> None:
    """Copy the readable lines of a JSONL file, each behind its number and the character U+0001.

    Args:
        source: The plain file.
        numbered: The copy to write.
        bad: Takes the lines that cannot be read.
    """
    with source.open("rb") as file, numbered.open("wb") as copy:
        skip_byte_order_mark(file)
        for number, line in enumerate(iter(lambda: read_line(file), b""), start=1):
            content = line.strip()
            reason = fault(line)
            if reason is None and (b"\x01" in content or b"\r" in content):
                reason = "is not valid JSON: it holds a control character"
            if reason:
                bad(number, reason, line)
            elif content:
                copy.write(b"%d\x01%b\n" % (number, content))
