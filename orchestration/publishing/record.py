"""What a publication says of itself: the one row of meta.publication."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import duckdb

from orchestration.errors import HelpdeskError
from orchestration.landing.statements import compose, table_name
from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import Warehouse

_TOOLS = {
    "helpdesk-warehouse": "helpdesk-warehouse",
    "dbt": "dbt-core",
    "dbt-duckdb": "dbt-duckdb",
    "duckdb": "duckdb",
    "dagster": "dagster",
    "great-expectations": "great-expectations",
}


@dataclass(frozen=True)
class PublicationRecord:
    """One publication.

    Attributes:
        run_id: The refresh that published it.
        as_of: The one "now" of that refresh; UTC, also where it carries no zone.
        published_at: When it was published; UTC, also where it carries no zone.
        versions: Version of each tool it was made with.
        git_commit: Commit of the code, or None outside a git work tree.
        inputs_fingerprint: Of data, code and settings; see ``inputs_fingerprint``.
        known_at: Records that landed until then were used; UTC. This and what follows is None in publications
            of earlier releases, which did not say it.
        engine: What built the tables: ``duckdb`` or ``spark``.
        code_fingerprint: Of models, macros, seeds and orchestration.
        settings_fingerprint: Of the settings that figures depend on.
        has_local_changes: Whether the code differed from the commit; None also where no git could tell.
    """

    run_id: str
    as_of: datetime
    published_at: datetime
    versions: dict[str, str]
    git_commit: str | None
    inputs_fingerprint: str
    known_at: datetime | None = None
    engine: str | None = None
    code_fingerprint: str | None = None
    settings_fingerprint: str | None = None
    has_local_changes: bool | None = None


def naive_utc(instant: datetime) -> datetime:
    """An instant as the warehouse stores it: UTC, without a zone."""
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant


def tool_versions() -> dict[str, str]:
    """Version of each tool that shapes a publication; tools that are not installed are left out."""
    found = {}
    for tool, package in _TOOLS.items():
        try:
            found[tool] = version(package)
        except PackageNotFoundError:
            continue
    return found


def read_publication(warehouse: Warehouse) -> PublicationRecord | None:
    """What the published file says of itself.

    Args:
        warehouse: The warehouse.

    Returns:
        The record, its instants in UTC; None when nothing is published.

    Raises:
        HelpdeskError: The file is there and is no publication.
    """
    if not warehouse.published_file.exists():
        return None
    return read_record(warehouse.published_file)


def read_record(file: Path) -> PublicationRecord:
    """The record in a published, or about to be published, file.

    Args:
        file: The file, opened for reading only.

    Raises:
        HelpdeskError: The file is not readable, or holds no record.
    """
    with open_database(file, read_only=True) as connection:
        return record_in(connection, file)


def record_in(connection: duckdb.DuckDBPyConnection, file: Path) -> PublicationRecord:
    """The record in a file that is open.

    Args:
        connection: The file, opened.
        file: The file, for the message.

    Raises:
        HelpdeskError: It holds no record.
    """
    said = row_in(connection)
    if not said:
        raise HelpdeskError(f"{file}: is no publication (meta.publication is missing); move it away")
    known_at = said.get("known_at")
    return PublicationRecord(
        run_id=said["run_id"],
        as_of=said["as_of"].replace(tzinfo=UTC),
        published_at=said["published_at"].replace(tzinfo=UTC),
        versions=json.loads(said["versions"]),
        git_commit=said["git_commit"],
        inputs_fingerprint=said["inputs_fingerprint"],
        known_at=known_at.replace(tzinfo=UTC) if known_at else None,
        engine=said.get("engine"),
        code_fingerprint=said.get("code_fingerprint"),
        settings_fingerprint=said.get("settings_fingerprint"),
        has_local_changes=said.get("has_local_changes"),
    )


def row_in(connection: duckdb.DuckDBPyConnection, *, catalog: str | None = None) -> dict[str, Any]:
    """The row as it is stored, by column; releases before had fewer. Empty where there is none.

    Args:
        connection: A connection.
        catalog: Name of an attached database; None for the opened one.
    """
    if not has_table(connection, "meta", "publication", catalog=catalog):
        return {}
    name = table_name(".".join(filter(None, (catalog, "meta", "publication"))))
    found = connection.execute(compose("from {name}", name=name))
    columns = [column[0] for column in found.description or ()]
    return dict(zip(columns, found.fetchone() or (), strict=False))
