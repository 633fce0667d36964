"""Reading JSON: one object a line, or one array of objects."""

import json
from pathlib import Path

import duckdb

from orchestration.landing.columns import raw_columns, refuse_other_stream
from orchestration.landing.plain import PlainFile
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.rescue import BadRecords, rescue_lines
from orchestration.landing.staging import (
    BAD_RECORDS,
    LONGEST_RECORD_BYTES,
    Delivery,
    Staged,
    keep_bad_records,
    staged_table,
)
from orchestration.landing.statements import Fragment, compose, identifier, joined

_LINES = Fragment("temp.main.landing_lines")
_READ_LINES = (
    "create or replace temp table {lines} as select row_number() over () as number, line from read_csv(?,"
    " columns={{line: 'VARCHAR'}}, header=false, delim=chr(1), quote='', escape='', auto_detect=false,"
    " ignore_errors=true, compression='none', max_line_size=?)"
)
_READ_NUMBERED = (
    "create or replace temp table {lines} as select * from read_csv(?,"
    " columns={{number: 'BIGINT', line: 'VARCHAR'}}, header=false, delim=chr(1), quote='', escape='',"
    " auto_detect=false, compression='none', max_line_size=?)"
)
_READ_OBJECTS = (
    "create or replace temp table {lines} as select row_number() over () as number,"
    " cast(json as varchar) as line from read_json_objects(?, compression='none', maximum_object_size=?)"
)


def read_json(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Staged | None:
    """Read a JSON file; arguments, result and errors as of ``readers.stage``."""
    try:
        return _read(connection, delivery)
    finally:
        connection.execute(compose("drop table if exists {lines}", lines=_LINES))


def _read(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Staged | None:
    stream, plain, load_id = delivery.extract.stream, delivery.plain, delivery.load_id
    if delivery.extract.format == "json":
        _refuse_cut_array(plain.path)
        connection.execute(compose(_READ_OBJECTS, lines=_LINES), [plain.pattern, LONGEST_RECORD_BYTES])
    elif not _read_fast(connection, plain):
        _read_carefully(connection, plain, load_id, delivery.folder)
    _set_aside_no_objects(connection, load_id)
    keys = connection.execute(
        compose("select distinct unnest(json_keys(line)) from {lines}", lines=_LINES)
    ).fetchall()
    if not keys:
        return None
    columns = raw_columns(stream, (key for (key,) in keys))
    refuse_other_stream(columns, stream, delivery.streams, has_header=False)
    return _spread(connection, load_id, columns)


def _refuse_cut_array(path: Path) -> None:
    """Refuse an array without its end: DuckDB takes one that stops after a comma for the whole."""
    with path.open("rb") as file:
        start = file.read(1 << 16).removeprefix(b"\xef\xbb\xbf").lstrip()
        file.seek(max(0, path.stat().st_size - (1 << 16)))
        end = file.read().rstrip()
    if start.startswith(b"[") and not end.endswith(b"]"):
        raise FileRefusedError("is a JSON array that stops before its end: deliver the whole file again")


def _read_fast(connection: duckdb.DuckDBPyConnection, plain: PlainFile) -> bool:
    """Read lines in one go; say whether every physical line arrived, so that rows are lines."""
    try:
        connection.execute(compose(_READ_LINES, lines=_LINES), [plain.pattern, LONGEST_RECORD_BYTES])
    except duckdb.InvalidInputException:
        # Lines that end now in LF, now in CRLF.
        return False
    row = connection.execute(compose("select count(*) from {lines}", lines=_LINES)).fetchone()
    return row == (plain.line_count,)


def _read_carefully(
    connection: duckdb.DuckDBPyConnection, plain: PlainFile, load_id: str, folder: Path
) -> None:
    numbered = folder / "numbered"
    bad = BadRecords(folder / "bad")
    rescue_lines(plain.path, numbered, bad.add)
    bad.close()
    keep_bad_records(connection, load_id, bad.path)
    connection.execute(compose(_READ_NUMBERED, lines=_LINES), [str(numbered), 2 * LONGEST_RECORD_BYTES])


def _set_aside_no_objects(connection: duckdb.DuckDBPyConnection, load_id: str) -> None:
    # A blank line is empty or begins with a space: comparing first spares the trim of every other line.
    connection.execute(
        compose(
            "delete from {lines} where coalesce(line, '') < '!' and coalesce(trim(line), '') = ''",
            lines=_LINES,
        )
    )
    moved = connection.execute(
        compose(
            "insert into {bad} select ?, number, case when json_valid(line) then 'is JSON, but not an object'"
            " else 'is not valid JSON' end, line from {lines}"
            " where not json_valid(line) or json_type(line) <> 'OBJECT'",
            bad=BAD_RECORDS,
            lines=_LINES,
        ),
        [load_id],
    ).fetchone()
    if moved and moved[0]:
        connection.execute(
            compose(
                "delete from {lines} where number in (select line from {bad} where load_id = ?)",
                bad=BAD_RECORDS,
                lines=_LINES,
            ),
            [load_id],
        )


def _spread(connection: duckdb.DuckDBPyConnection, load_id: str, columns: dict[str, list[str]]) -> Staged:
    """Give every key its column: numbers as written, nested values as JSON text."""
    structure: dict[str, str] = {}
    selected: list[Fragment] = []
    pointers: list[str] = []
    for column, names in columns.items():
        values: list[Fragment] = []
        for name in names:
            # A structure cannot hold names that differ only in case, are empty, or hold control characters.
            if name == names[0] and name and name.isprintable():
                structure[name] = "VARCHAR"
                values.append(compose("object.{name}", name=identifier(name)))
            else:
                pointers.append("/" + name.replace("~", "~0").replace("/", "~1"))
                values.append(Fragment("json_extract_string(line, ?)"))
        selected.append(
            compose("coalesce({values}) as {name}", values=joined(values), name=identifier(column))
        )
    table = staged_table(load_id)
    connection.execute(
        compose(
            "create or replace temp table {table} as select number as _line, {selected}"
            " from (select number, line, json_transform(line, ?) as object from {lines})",
            table=table,
            selected=joined(selected),
            lines=_LINES,
        ),
        [*pointers, json.dumps(structure)],
    )
    return Staged(load_id, table, tuple(columns))
