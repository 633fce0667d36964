"""What a published file, or a kept version of it, was made from."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from orchestration.counting import counted
from orchestration.errors import HelpdeskError
from orchestration.instants import instant_text
from orchestration.publishing.database import open_database
from orchestration.publishing.record import PublicationRecord, read_record
from orchestration.publishing.versions import Version


def code_text(record: PublicationRecord) -> str:
    """Which code made a publication, for people.

    Args:
        record: What the publication says of itself.
    """
    if not record.git_commit:
        return "no git commit"
    return f"commit {record.git_commit[:12]}{', with local changes' if record.has_local_changes else ''}"


def files_text(count: int) -> str:
    """How many extract files a publication was made from, for people."""
    return counted(count, "extract file")


@dataclass(frozen=True)
class Origin:
    """What a publication says of itself, and out of how many extract files it was made."""

    record: PublicationRecord
    file_count: int


@dataclass(frozen=True)
class KeptVersion:
    """A publication that can be put back; ``origin`` is None where its file is damaged."""

    version: Version
    origin: Origin | None

    def __str__(self) -> str:
        told = f"{instant_text(self.version.published_at)} by run {self.version.run_id}"
        if self.origin is None:
            return f"{told}; its file is damaged"
        as_of, files = instant_text(self.origin.record.as_of), files_text(self.origin.file_count)
        return f"{told}, as of {as_of}, {files}"


def origin_of(file: Path) -> Origin:
    """What a publication was made from.

    Args:
        file: The publication, opened for reading only.

    Raises:
        HelpdeskError: It is no publication.
    """
    record = read_record(file)
    with open_database(file, read_only=True) as connection:
        counted = connection.execute("select count(*) from meta.loads where status = 'landed'").fetchone()
    return Origin(record, counted[0] if counted else 0)


def looked_at(version: Version) -> KeptVersion:
    """A kept version with what it was made from; a damaged one is in nobody's way.

    Args:
        version: The version.
    """
    try:
        return KeptVersion(version, origin_of(version.file))
    except (HelpdeskError, duckdb.Error):
        return KeptVersion(version, None)
