"""Earlier publications: kept beside the published file, so that one of them can be put back."""

import os
import shutil
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.instants import instant_text
from orchestration.publishing.record import PublicationRecord, read_publication, read_record
from orchestration.publishing.syncing import flush_to_disk
from orchestration.warehouse import Warehouse

_NAME_INSTANT = "%Y%m%dT%H%M%S.%fZ"
_UNFINISHED = ".keeping"


@dataclass(frozen=True)
class Version:
    """One kept publication; its file's name tells which, so that a damaged one is in nobody's way.

    Attributes:
        file: The file, which nobody writes any more.
        published_at: When it was published; UTC.
        run_id: The refresh that published it.
    """

    file: Path
    published_at: datetime
    run_id: str


def kept_versions(warehouse: Warehouse, published: PublicationRecord | None) -> list[Version]:
    """Every publication that can be put back, the newest first; the published one is not among them.

    Args:
        warehouse: The warehouse; it need not exist.
        published: What is published.
    """
    versions = [_named(file) for file in warehouse.versions_dir.glob("*.duckdb")]
    kept = [v for v in versions if v is not None and (published is None or v.run_id != published.run_id)]
    return sorted(kept, key=lambda version: (version.published_at, version.run_id), reverse=True)


def newest_publication(warehouse: Warehouse) -> PublicationRecord | None:
    """The newest publication there is; after a rollback that is what was taken back.

    Args:
        warehouse: The warehouse.

    Raises:
        HelpdeskError: A file is no publication.
    """
    published = read_publication(warehouse)
    versions = kept_versions(warehouse, published)
    if published is None or not versions or versions[0].published_at <= published.published_at:
        return published
    return read_record(versions[0].file)


def keep_published(warehouse: Warehouse) -> None:
    """Keep the published file, which is about to be replaced.

    It gets a second name rather than a copy: the rename that replaces it takes the first one away. Killed in
    between, it has both names and is one publication still.

    Args:
        warehouse: The warehouse, held by whoever replaces the file.
    """
    record = read_publication(warehouse)
    if record is None:
        return
    warehouse.versions_dir.mkdir(exist_ok=True)
    kept = warehouse.versions_dir / f"{record.published_at:{_NAME_INSTANT}}_{record.run_id}.duckdb"
    if not kept.exists():
        _keep(warehouse.published_file, kept)
    # Nobody is to write into what may be published again.
    kept.chmod(stat.S_IMODE(kept.stat().st_mode) & ~0o222)
    # Before the first name goes: a loss of power must not leave neither.
    flush_to_disk(warehouse.versions_dir)


def forget_versions(warehouse: Warehouse, published: PublicationRecord, *, keep: int) -> None:
    """Delete the oldest publications beyond those that are kept.

    Args:
        warehouse: The warehouse, held by whoever has just published.
        published: What was published.
        keep: How many publications stay, the published one among them.
    """
    for unfinished in warehouse.versions_dir.glob(f"*{_UNFINISHED}"):
        unfinished.unlink()
    for version in kept_versions(warehouse, published)[keep - 1 :]:
        version.file.unlink()


def remove_versions(warehouse: Warehouse, *, published_before: datetime) -> None:
    """Delete the publications of before an instant, since when somebody is forgotten.

    Args:
        warehouse: The warehouse, held by this process.
        published_before: The instant; UTC.
    """
    for unfinished in warehouse.versions_dir.glob(f"*{_UNFINISHED}"):
        unfinished.unlink()
    for version in kept_versions(warehouse, None):
        if version.published_at < published_before:
            version.file.unlink()


def version_to_put_back(warehouse: Warehouse, run: str | None) -> Version:
    """The publication that a rollback goes to.

    Args:
        warehouse: The warehouse.
        run: Its run, or the first characters of its id; None for the one before the published one.

    Raises:
        UsageError: There is none, or more than one.
        HelpdeskError: The published file is no publication.
    """
    published = read_publication(warehouse)
    if published is None:
        raise UsageError(f"{warehouse.published_file}: nothing is published, so nothing can be put back")
    versions = kept_versions(warehouse, published)
    if run is None:
        found = [version for version in versions if version.published_at < published.published_at][:1]
        wanted = f"before run {published.run_id}, which is published:"
    else:
        found = [version for version in versions if version.run_id.startswith(run)]
        wanted = f"--to {run}:"
    if len(found) == 1:
        return found[0]
    if run is not None and published.run_id.startswith(run) and not found:
        raise UsageError(f"{wanted} this is what is published")
    known = ", ".join(f"{version.run_id} ({instant_text(version.published_at)})" for version in versions)
    told = f"{len(found)} kept publications begin so" if found else "no such publication is kept"
    raise UsageError(f"{wanted} {told}; --to takes one of: {known}" if known else f"{wanted} none is kept")


def _keep(published: Path, kept: Path) -> None:
    try:
        os.link(published, kept)
    except OSError:
        # A file system without second names.
        unfinished = kept.with_suffix(_UNFINISHED)
        shutil.copyfile(published, unfinished)
        flush_to_disk(unfinished)
        unfinished.replace(kept)


def _named(file: Path) -> Version | None:
    """The version that a file name tells of; None for a file that somebody else has put there."""
    instant, _, run_id = file.stem.partition("_")
    try:
        published_at = datetime.strptime(instant, _NAME_INSTANT).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Version(file, published_at, run_id)
