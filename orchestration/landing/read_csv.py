"""Reading CSV and TSV: DuckDB's reader where every line is accounted for, the careful way elsewhere."""

from pathlib import Path

import duckdb

from orchestration.landing.columns import raw_columns, refuse_other_stream
from orchestration.landing.discovery import ExtractFile
from orchestration.landing.plain import PlainFile
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.rescue import BadRecords
from orchestration.landing.rescue_csv import csv_records, rescue_csv
from orchestration.landing.staging import (
    LONGEST_RECORD_BYTES,
    Delivery,
    Staged,
    keep_bad_records,
    staged_table,
)
from orchestration.landing.statements import compose, identifiers
from orchestration.landing.streams import Stream

_DELIMITERS = {"csv": ",;|\t", "tsv": "\t"}
_NAMES = {",": "comma", ";": "semicolon", "|": "bar", "\t": "tab"}
_READ_FAST = (
    "create or replace temp table {table} as select ? + row_number() over () as _line, {columns}"
    " from read_csv(?, columns=?, delim=?, max_line_size=?, header=true, quote='\"', escape='\"',"
    " auto_detect=false, strict_mode=true, ignore_errors=true, compression='none')"
)
_READ_NUMBERED = (
    "create or replace temp table {table} as select _line, {columns}"
    " from read_json(?, columns=?, maximum_object_size=?, format='newline_delimited', compression='none')"
)


def read_csv(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Staged | None:
    """Read a CSV or TSV file; arguments, result and errors as of ``readers.stage``."""
    stream, plain, load_id = delivery.extract.stream, delivery.plain, delivery.load_id
    delimiter, header_lines, header = _header(plain.path, delivery.extract)
    columns = raw_columns(stream, header)
    _refuse_twins(columns)
    refuse_other_stream(columns, stream, delivery.streams, has_header=True)
    named = {names[0]: column for column, names in columns.items()}
    staged = Staged(load_id, staged_table(load_id), tuple(named[name] for name in header))
    if not _read_fast(connection, plain, staged, delimiter, header_lines):
        _read_carefully(connection, plain, staged, delimiter, delivery.folder)
    return staged


def _header(path: Path, extract: ExtractFile) -> tuple[str, int, list[str]]:
    """Find the delimiter: the one that gives most of the required columns, then of the known ones."""
    found = []
    refused = FileRefusedError("holds no header: deliver the file with one")
    for delimiter in _DELIMITERS[extract.format]:
        try:
            with path.open("rb") as file:
                record = next(csv_records(file, delimiter, None, _refuse_header), None)
        except FileRefusedError as error:
            refused = error
            continue
        if record:
            number, line_count, names = record
            found.append((delimiter, number + line_count - 1, [name.strip() for name in names]))
    if not found:
        raise refused
    header = max(found, key=lambda header: _likeness(header[2], extract.stream))
    if any("\r" in name for name in header[2]):
        raise FileRefusedError("line 1: lines end in a carriage return alone: save the file with LF or CRLF")
    return header


def _refuse_header(line: int, reason: str, record: bytes) -> None:
    raise FileRefusedError(f"line {line}: the header {reason}: save the file as UTF-8 with one header line")


def _likeness(header: list[str], stream: Stream) -> tuple[int, int, int]:
    names = {name.lower() for name in header}
    known = {column.name for column in stream.columns}
    return len(stream.required & names), len(known & names), len(header)


def _refuse_twins(columns: dict[str, list[str]]) -> None:
    for column, names in columns.items():
        if len(names) > 1:
            raise FileRefusedError(
                f"line 1: the header names column {column!r} {len(names)} times: rename one"
            )


def _read_fast(
    connection: duckdb.DuckDBPyConnection, plain: PlainFile, staged: Staged, delimiter: str, header_lines: int
) -> bool:
    """Read records in one go; say whether every physical line is one of them.

    Blank lines, values that span lines and rejected records all make rows and lines differ in number. A file
    of one column is left to the careful way: there a blank line would be a record.
    """
    if len(staged.columns) == 1:
        return False
    try:
        connection.execute(
            compose(_READ_FAST, table=staged.table, columns=identifiers(staged.columns)),
            [
                header_lines,
                plain.pattern,
                dict.fromkeys(staged.columns, "VARCHAR"),
                delimiter,
                LONGEST_RECORD_BYTES,
            ],
        )
    except duckdb.InvalidInputException:
        return False
    row = connection.execute(compose("select count(*) from {table}", table=staged.table)).fetchone()
    return row == (plain.line_count - header_lines,)


def _read_carefully(
    connection: duckdb.DuckDBPyConnection, plain: PlainFile, staged: Staged, delimiter: str, folder: Path
) -> None:
    numbered = folder / "numbered"
    bad = BadRecords(folder / "bad")
    expected = rescue_csv(plain.path, numbered, delimiter, staged.columns, bad.add)
    bad.close()
    keep_bad_records(connection, staged.load_id, bad.path)
    types = {"_line": "BIGINT", **dict.fromkeys(staged.columns, "VARCHAR")}
    connection.execute(
        compose(_READ_NUMBERED, table=staged.table, columns=identifiers(staged.columns)),
        [str(numbered), types, 8 * LONGEST_RECORD_BYTES],
    )
    row = connection.execute(compose("select count(*) from {table}", table=staged.table)).fetchone()
    if row != (expected,):
        what = f"{expected:,} records were found but {row} could be read"
        raise FileRefusedError(
            f"cannot be read as {_NAMES[delimiter]}-separated text: {what}: deliver it again"
        )
