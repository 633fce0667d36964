"""The careful way through CSV: a stray quote costs its own line, not the rest of the file."""

import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import IO

from orchestration.landing.rescue import Bad, fault, read_line, skip_byte_order_mark
from orchestration.landing.staging import LONGEST_RECORD_BYTES

_INSIDE_QUOTES = re.compile(r'(?:[^"]|"")*+', re.DOTALL)


@lru_cache
def _patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    mark = re.escape(delimiter)
    plain = rf'(?! *")[^{mark}]*'
    quoted = r' *"(?:[^"]|"")*+" *'
    field = re.compile(rf"(?P<quoted>{quoted})(?=[{mark}]|\Z)|(?P<plain>{plain})", re.DOTALL)
    opened = re.compile(r' *"(?:[^"]|"")*+\Z', re.DOTALL)
    return field, opened


def split_record(text: str, delimiter: str) -> tuple[list[str] | None, bool]:
    """Split one CSV record.

    Args:
        text: The record without its line end.
        delimiter: One character.

    Returns:
        Its values, or None when it is malformed or unfinished; and whether it ends inside quotes, so that
        the next line may complete it.
    """
    if '"' not in text:
        return text.split(delimiter), False
    field, opened = _patterns(delimiter)
    values: list[str] = []
    position = 0
    while True:
        match = field.match(text, position)
        if match is None:
            return None, opened.match(text, position) is not None
        quoted = match["quoted"]
        values.append(match[0] if quoted is None else quoted.strip(" ")[1:-1].replace('""', '"'))
        position = match.end()
        if position == len(text):
            return values, False
        position += 1


def csv_records(
    file: IO[bytes], delimiter: str, width: int | None, bad: Bad
) -> Iterator[tuple[int, int, list[str]]]:
    """Read CSV records one by one.

    A record that opens a quote is completed with the lines that follow it. If they do not complete it to a
    record of the right width, its first line alone is bad, and reading goes on at the next line.

    Args:
        file: A plain file, at its start.
        delimiter: One character.
        width: Number of values of a record that spans lines; None if any will do.
        bad: Takes lines that belong to no record.

    Yields:
        First physical line of the record, its number of physical lines, and its values.
    """
    number = 1
    skip_byte_order_mark(file)
    while line := read_line(file):
        after = file.tell()
        reason = fault(line)
        content = "" if reason else line.decode("utf-8").rstrip("\r\n")
        values, is_open = split_record(content, delimiter)
        line_count = 1
        if is_open:
            values, line_count = _completed(file, line, delimiter)
            if width is not None and values is not None and len(values) != width:
                values, line_count = None, 1
        if values is None:
            file.seek(after)
            reason = "has a quote that does not end its value"
        if reason:
            bad(number, reason, line)
        elif values is not None and content.strip(" "):
            yield number, line_count, values
        number += line_count


def _completed(file: IO[bytes], first: bytes, delimiter: str) -> tuple[list[str] | None, int]:
    parts = [first]
    size = len(first)
    while (
        (line := read_line(file)) and (size := size + len(line)) <= LONGEST_RECORD_BYTES and not fault(line)
    ):
        parts.append(line)
        text = line.decode("utf-8")
        # Looked at as a whole only where the value really ends: long values stay cheap.
        if not _INSIDE_QUOTES.fullmatch(text):
            values, is_open = split_record(b"".join(parts).decode("utf-8").rstrip("\r\n"), delimiter)
            if not is_open:
                return values, len(parts) if values is not None else 1
    return None, 1


def rescue_csv(source: Path, numbered: Path, delimiter: str, columns: tuple[str, ...], bad: Bad) -> int:
    """Copy the readable records of a CSV file, as JSON objects that know their first line.

    Args:
        source: The plain file; its first record is the header.
        numbered: The copy to write, one object a line: ``_line`` and the columns that hold something.
        delimiter: One character.
        columns: Names for the values, in the order of the header.
        bad: Takes the records that cannot be read.

    Returns:
        Number of records in the copy.
    """
    count = 0
    with source.open("rb") as file, numbered.open("w", encoding="utf-8") as copy:
        records = csv_records(file, delimiter, len(columns), bad)
        next(records, None)
        for number, _, values in records:
            if len(values) == len(columns):
                held = {column: value for column, value in zip(columns, values, strict=True) if value}
                copy.write(json.dumps({"_line": number, **held}) + "\n")
                count += 1
            else:
                reason = f"has {len(values)} values where the header names {len(columns)} columns"
                bad(number, reason, delimiter.join(values).encode())
    return count
