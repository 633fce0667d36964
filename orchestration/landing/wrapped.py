"""Records inside something else: a list in a page of an API, or a message of Airbyte's."""

from collections.abc import Set

import duckdb

from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.staging import BAD_RECORDS
from orchestration.landing.statements import Fragment, Parameter, compose
from orchestration.landing.streams import Stream, Streams

# A record of a page is numbered by the line of its page and its place there: 3000017 is the 17th of line 3.
# Numbers stay unique and in the order of the file; no page of an API comes near a million records.
_PLACES = 1_000_000

# What has a required column of its stream is a record itself, whatever lists it holds.
_IS_RECORD = "list_has_any(json_keys(line), ?)"
_IS_PAGE = Fragment(f"coalesce(json_type(line, ?) = 'ARRAY' and not {_IS_RECORD}, false)")
_IS_MESSAGE = Fragment(
    "coalesce(json_type(line, '$.stream') = 'VARCHAR' and json_type(line, '$.data') = 'OBJECT'"
    f" and not {_IS_RECORD}, false)"
)

_OTHER_MESSAGE = (
    "select number, json_extract_string(line, '$.stream') from {lines}"
    " where {is_message} and json_extract_string(line, '$.stream') <> ? order by number limit 1"
)
_UNPACK_MESSAGES = (
    "update {lines} set line = cast(json_extract(line, '$.data') as varchar) where {is_message}"
)
_FIRST_PAGE = "select number from {lines} where {is_page} order by number limit 1"
_TOO_LONG = (
    "select 1 from {lines} where number >= {places} or ({is_page} and json_array_length(line, ?) >= {places})"
    " limit 1"
)
_UNFOLD_PAGES = (
    "create or replace temp table {lines} as"
    " select number, line from {lines} where not {is_page} union all"
    " select number * {places} + place, cast(record as varchar) from ("
    "select number, unnest(json_extract(line, ?)) as record,"
    " generate_subscripts(json_extract(line, ?), 1) as place from {lines} where {is_page})"
)
_TELL_PLACES = (
    "update {bad} set line = line // {places},"
    " reason = 'record ' || (line % {places}) || ' of the page: ' || reason"
    " where load_id = ? and line > {places}"
)


def unpack_messages(
    connection: duckdb.DuckDBPyConnection, lines: Fragment, stream: Stream, keys: Set[str]
) -> bool:
    """Put the records in place of Airbyte's messages that hold them, if there are any.

    Args:
        connection: The warehouse.
        lines: Table of number and line, each line a JSON object.
        stream: The stream whose records are wanted.
        keys: All keys of the objects: where they are not a message's, no line is read again.

    Returns:
        Whether there were messages.

    Raises:
        FileRefusedError: A message is of another stream.
    """
    if not {"stream", "data"} <= keys:
        return False
    required = sorted(stream.required)
    other = connection.execute(
        compose(_OTHER_MESSAGE, lines=lines, is_message=_IS_MESSAGE), [required, stream.name]
    ).fetchone()
    if other:
        raise FileRefusedError(
            f"line {other[0]} is a message of the stream {other[1]!r}, not of {stream.system}/{stream.name}:"
            " deliver each stream in its own folder"
        )
    changed = connection.execute(
        compose(_UNPACK_MESSAGES, lines=lines, is_message=_IS_MESSAGE), [required]
    ).fetchone()
    return bool(changed and changed[0])


def unfold_pages(
    connection: duckdb.DuckDBPyConnection, lines: Fragment, stream: Stream, streams: Streams, keys: Set[str]
) -> bool:
    """Put the records in place of the pages that hold them, if there are any.

    Args:
        connection: The warehouse.
        lines: Table of number and line, each line a JSON object.
        stream: The stream whose records are wanted; other lists of the same page are left.
        streams: The registry, to say of which stream another page is.
        keys: All keys of the objects: where none names a list of records, no line is read again.

    Returns:
        Whether there were pages: their records have numbers that ``tell_places`` makes plain.

    Raises:
        FileRefusedError: A page is of another stream, or longer than any API's.
    """
    is_paged = False
    if stream.envelope in keys and _first_page(connection, lines, stream, stream.envelope):
        _unfold(connection, lines, stream)
        is_paged = True
    for other in streams[stream.system].values():
        if other.envelope in keys and other.envelope != stream.envelope:
            number = _first_page(connection, lines, stream, other.envelope)
            if number:
                right = f"{other.system}/{other.name}"
                raise FileRefusedError(
                    f"line {number} is a page of {right} (its list is {other.envelope!r}), not of"
                    f" {stream.system}/{stream.name}: move the file to {right}/"
                )
    return is_paged


def tell_places(connection: duckdb.DuckDBPyConnection, load_id: str) -> None:
    """Say of the bad records of pages on which line their page is, and which record of it they are."""
    connection.execute(compose(_TELL_PLACES, bad=BAD_RECORDS, places=Fragment(str(_PLACES))), [load_id])


def _first_page(
    connection: duckdb.DuckDBPyConnection, lines: Fragment, stream: Stream, envelope: str
) -> int | None:
    row = connection.execute(
        compose(_FIRST_PAGE, lines=lines, is_page=_IS_PAGE), _page(stream, envelope)
    ).fetchone()
    return row[0] if row else None


def _unfold(connection: duckdb.DuckDBPyConnection, lines: Fragment, stream: Stream) -> None:
    places, page = Fragment(str(_PLACES)), _page(stream, stream.envelope)
    statement = compose(_TOO_LONG, lines=lines, places=places, is_page=_IS_PAGE)
    if connection.execute(statement, [*page, page[0]]).fetchone():
        raise FileRefusedError(f"holds a page of {_PLACES:,} records or lines: deliver one record per line")
    records = f"{page[0]}[*]"
    connection.execute(
        compose(_UNFOLD_PAGES, lines=lines, places=places, is_page=_IS_PAGE),
        [*page, records, records, *page],
    )


def _page(stream: Stream, envelope: str) -> list[Parameter]:
    """The parameters of ``_IS_PAGE``."""
    return [f'$."{envelope}"', sorted(stream.required)]
