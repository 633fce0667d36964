"""What a publication says of itself: the one row of meta.publication."""

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from orchestration.errors import HelpdeskError
from orchestration.publishing.database import has_table, open_database
from orchestration.warehouse import PROJECT_ROOT, Warehouse

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
    """

    run_id: str
    as_of: datetime
    published_at: datetime
    versions: dict[str, str]
    git_commit: str | None
    inputs_fingerprint: str


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


def git_commit(project_root: Path = PROJECT_ROOT) -> str | None:
    """The commit checked out in a folder, read from git's own files so that no git needs to be installed.

    Args:
        project_root: The top folder of a work tree.

    Returns:
        The commit's full hash, or None where there is no readable commit.
    """
    try:
        folder = project_root / ".git"
        if folder.is_file():
            folder = project_root / folder.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return head
        reference = head.removeprefix("ref:").strip()
        common = folder / "commondir"
        shared = folder / common.read_text(encoding="utf-8").strip() if common.exists() else folder
        loose = shared / reference
        if loose.exists():
            return loose.read_text(encoding="utf-8").strip()
        packed = (shared / "packed-refs").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.split()[0] for line in packed if line.endswith(f" {reference}")), None)


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
        row = None
        if has_table(connection, "meta", "publication"):
            row = connection.execute(
                "select run_id, as_of, published_at, versions, git_commit, inputs_fingerprint"
                " from meta.publication"
            ).fetchone()
    if row is None:
        raise HelpdeskError(f"{file}: is no publication (meta.publication is missing); move it away")
    record = PublicationRecord(row[0], row[1], row[2], json.loads(row[3]), row[4], row[5])
    return replace(record, as_of=row[1].replace(tzinfo=UTC), published_at=row[2].replace(tzinfo=UTC))
