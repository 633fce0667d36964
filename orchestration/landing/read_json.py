"""Reading JSON: one object a line, one array of objects, or pages of an API."""

from pathlib import Path

import duckdb

from orchestration.landing.columns import raw_columns, refuse_other_stream
from orchestration.landing.plain import PlainFile
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.rescue import BadRecords, rescue_lines
from orchestration.landing.spread_json import spread
from orchestration.landing.staging import (
    BAD_RECORDS,
    LONGEST_RECORD_BYTES,
    Delivery,
    Staged,
    keep_bad_records,
)
from orchestration.landing.statements import Fragment, compose
from orchestration.landing.wrapped import tell_places, unfold_pages, unpack_messages

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
    keys = _keys(connection, load_id)
    if unpack_messages(connection, _LINES, stream, keys):
        keys = _keys(connection, load_id)
    is_paged = unfold_pages(connection, _LINES, stream, delivery.streams, keys)
    if is_paged:
        keys = _keys(connection, load_id)
        tell_places(connection, load_id)
    if not keys:
        return None
    columns = raw_columns(stream, keys)
    refuse_other_stream(columns, stream, delivery.streams, has_header=False)
    return Staged(load_id, spread(connection, _LINES, load_id, columns), tuple(columns), is_paged)


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


def _keys(connection: duckdb.DuckDBPyConnection, load_id: str) -> set[str]:
    """Set aside what is no object, and give the keys of the others."""
    _set_aside_no_objects(connection, load_id)
    keys = compose("select distinct unnest(json_keys(line)) from {lines}", lines=_LINES)
    return {key for (key,) in connection.execute(keys).fetchall()}


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
