"""The registry of streams: what may land, read from the dbt sources in models/staging."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml

from orchestration.warehouse import PROJECT_ROOT


@dataclass(frozen=True)
class Column:
    """One column of a stream, and what its values must be.

    Attributes:
        name: Its name.
        data_type: The type its text must read as.
        required: Whether a record without it is bad.
        minimum: Least whole number it may be; only with ``maximum``.
        maximum: Greatest whole number it may be.
        values: All it may be, in lower case; empty means anything.
        is_time_zone: Whether it names an IANA time zone.
        has_own_zone_names: Whether it may also hold the system's own names, which have no slash.
        forget: What forgetting a person does to it, as the generic sources explain; empty means nothing.
        keep: Paths of its JSON that say nothing of a person.
        fields: Names of fields whose changes say nothing of a person.
        personal: What of a person it holds: ``name``, ``email`` or ``phone``; none is published.
        personal_path: Where in a JSON value that stands.
    """

    name: str
    data_type: str
    required: bool
    minimum: int | None = None
    maximum: int | None = None
    values: tuple[str, ...] = ()
    is_time_zone: bool = False
    has_own_zone_names: bool = False
    forget: str = ""
    keep: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    personal: str | None = None
    personal_path: str | None = None


@dataclass(frozen=True)
class Stream:
    """One stream of one system, as its dbt source describes it.

    Attributes:
        system: The adapter, such as ``generic``.
        name: The folder and table name, such as ``tickets``.
        columns: Known columns, in the order of the registry.
        key: Columns that tell one record from another.
        event_time: The column that says when it happened, if any.
        missing_text: Text that stands for a missing value in this system, if any.
        timestamp_format: ``strptime`` format of its timestamps; None means ISO 8601.
        envelope: Name of the list that holds its records in a page of the system's API.
        nobody: Ids that stand for no person in this system.
    """

    system: str
    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    event_time: str | None
    missing_text: str | None
    timestamp_format: str | None
    envelope: str
    nobody: tuple[str, ...] = ()

    @property
    def table(self) -> str:
        """Name of the raw table, with its schema."""
        return f"raw_{self.system}.{self.name}"

    @cached_property
    def required(self) -> frozenset[str]:
        """Names of the columns without which a record is bad."""
        return frozenset(column.name for column in self.columns if column.required)


Streams = dict[str, dict[str, Stream]]


@cache
def load_streams(project_root: Path = PROJECT_ROOT) -> Streams:
    """Read every stream that may land, once a process: nobody may change what is returned.

    Args:
        project_root: The folder that holds ``models/staging``.

    Returns:
        Streams by system and by name.

    Raises:
        KeyError: A source lacks a name, or a column its data type.
    """
    streams: Streams = {}
    for path in sorted((project_root / "models" / "staging").glob("*/_*__sources.yml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        for source in content.get("sources", []):
            # meta holds what orchestration writes of a run: nothing of it is delivered.
            if source["name"] != "meta":
                tables = source.get("tables", [])
                streams.setdefault(source["name"], {}).update(
                    {table["name"]: _stream(source, table) for table in tables}
                )
    return streams


def parent_of(stream: Stream, column: str, siblings: Mapping[str, Stream]) -> Stream | None:
    """The stream of the same system whose records a column names, such as tickets for ticket_id.

    Args:
        stream: The stream of the column.
        column: The column's name.
        siblings: The streams of its system.
    """
    parent = siblings.get(f"{column.removesuffix('_id')}s") if column.endswith("_id") else None
    return parent if parent and parent is not stream and parent.key in ((column,), ("id",)) else None


def _meta(node: dict[str, Any]) -> dict[str, Any]:
    meta: dict[str, Any] = node.get("config", {}).get("meta", {})
    return meta


def _stream(source: dict[str, Any], table: dict[str, Any]) -> Stream:
    meta = {**_meta(source), **_meta(table)}
    columns = tuple(_column(column) for column in table.get("columns", []))
    return Stream(
        system=source["name"],
        name=table["name"],
        columns=columns,
        key=tuple(meta.get("key", ())),
        event_time=meta.get("event_time"),
        missing_text=meta.get("missing_text"),
        timestamp_format=meta.get("timestamp_format"),
        envelope=meta.get("envelope", table["name"]),
        nobody=tuple(filter(None, [*meta.get("nobody", ()), meta.get("missing_text")])),
    )


def _column(column: dict[str, Any]) -> Column:
    meta = _meta(column)
    return Column(
        name=column["name"],
        data_type=column["data_type"],
        required=bool(meta.get("required", False)),
        minimum=meta.get("minimum"),
        maximum=meta.get("maximum"),
        values=tuple(meta.get("values", ())),
        is_time_zone=meta.get("format") in ("time_zone", "time_zone_or_own_name"),
        has_own_zone_names=meta.get("format") == "time_zone_or_own_name",
        forget=meta.get("forget", ""),
        keep=tuple(meta.get("keep", ())),
        fields=tuple(meta.get("fields", ())),
        personal=meta.get("personal"),
        personal_path=meta.get("personal_path"),
    )
