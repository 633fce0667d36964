"""Which column of the raw table holds which delivered name."""

from collections.abc import Iterable

from orchestration.landing.data_types import is_blank
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.statements import Fragment, Parameter, compose, identifier, joined
from orchestration.landing.streams import Stream, Streams

OWN_COLUMNS = {
    "_load_id": "VARCHAR",
    "_file": "VARCHAR",
    "_line": "BIGINT",
    "_account": "VARCHAR",
    "_loaded_at": "TIMESTAMP",
}
_MOST_UNKNOWN_COLUMNS = 500


def raw_columns(stream: Stream, delivered: Iterable[str]) -> dict[str, list[str]]:
    """Decide under which column each delivered name lands.

    Names that differ only in case become one column, for a table cannot hold both; a known column keeps the
    registry's spelling.

    Args:
        stream: The stream.
        delivered: Names as the file spells them.

    Returns:
        Column of the raw table, and the delivered names that fill it.

    Raises:
        FileRefusedError: So many unknown names that they must be data, not names.
    """
    spelling = {column.name.lower(): column.name for column in stream.columns}
    columns: dict[str, list[str]] = {}
    for name in sorted(delivered):
        safe = (
            "".join(character if character.isprintable() else "_" for character in name).strip() or "unnamed"
        )
        if safe.lower() in OWN_COLUMNS:
            safe = "delivered" + safe
        columns.setdefault(spelling.setdefault(safe.lower(), safe), []).append(name)
    unknown = columns.keys() - {column.name for column in stream.columns}
    if len(unknown) > _MOST_UNKNOWN_COLUMNS:
        raise FileRefusedError(
            f"names {len(unknown):,} columns that {stream.system}/{stream.name} does not know, such as"
            f" {min(unknown)!r}: deliver one record per line, not one object keyed by id"
        )
    return columns


def landed_values(stream: Stream, columns: Iterable[str]) -> tuple[Fragment, list[Parameter]]:
    """Write the SQL of what lands of staged columns: as delivered, but a blank in a known column is NULL.

    Args:
        stream: The stream.
        columns: The columns, as ``raw_columns`` names them.

    Returns:
        Their values in this order, with commas between them; and the parameters.
    """
    known = {column.name for column in stream.columns}
    values: list[Fragment] = []
    parameters: list[Parameter] = []
    for column in columns:
        value = identifier(column)
        if column in known:
            # It says nothing, and no cast would ever take it.
            blank, patterns = is_blank(column)
            value = compose("case when {blank} then null else {value} end", blank=blank, value=value)
            parameters += patterns
        values.append(value)
    return joined(values), parameters


def refuse_other_stream(
    columns: Iterable[str], stream: Stream, streams: Streams, *, has_header: bool
) -> None:
    """Refuse a file that cannot be of its stream.

    Args:
        columns: Columns found in the file, as ``raw_columns`` names them.
        stream: The stream whose folder it lies in.
        streams: The registry, to say which stream it looks like.
        has_header: Whether the file names its columns once, so that a missing one is missing everywhere.

    Raises:
        FileRefusedError: Says which required columns are missing and where the file may belong.
    """
    names = {name.lower() for name in columns}
    missing = sorted(stream.required - names)
    if not missing:
        return
    place = f"{stream.system}/{stream.name}"
    likely = _most_alike(names, stream, streams)
    if len(missing) == len(stream.required):
        what = f"holds none of the required columns of {place}"
    elif has_header or likely:
        what = f"lacks the required columns {', '.join(missing)} of {place}"
    else:
        return
    if likely:
        where = f"{likely.system}/{likely.name}"
        raise FileRefusedError(f"{what}; it looks like {where}: move it to {where}/")
    raise FileRefusedError(f"{what}: deliver the file with them, or move it to the folder of its stream")


def _most_alike(names: set[str], stream: Stream, streams: Streams) -> Stream | None:
    alike = [
        other
        for known in streams.values()
        for other in known.values()
        if other != stream and other.required and other.required <= names
    ]

    # Streams of one column fit nearly anything: the one that explains most of the file is meant.
    def explained(other: Stream) -> tuple[int, bool, int]:
        known = {column.name for column in other.columns}
        return len(known & names), other.system == stream.system, -len(known)

    return max(alike, key=explained, default=None)
