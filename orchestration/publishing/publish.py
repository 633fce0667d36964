"""Publishing: the finished publication becomes the file readers open, in one rename."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from orchestration.dictionary.comments import write_comments
from orchestration.dictionary.tables import Table
from orchestration.errors import HelpdeskError, RefusedError
from orchestration.forgetting.known import last_forgotten_at
from orchestration.publishing.database import explain
from orchestration.publishing.fingerprint import inputs_fingerprint
from orchestration.publishing.folders import prepare_warehouse, remove_leftovers, unpublished_file
from orchestration.publishing.meta import write_meta
from orchestration.publishing.record import PublicationRecord, read_publication, read_record
from orchestration.publishing.syncing import flush_to_disk
from orchestration.publishing.versions import forget_versions, keep_published, remove_versions
from orchestration.report.prepare import prepare_report
from orchestration.report.swap import put_report, take_report_away
from orchestration.warehouse import Warehouse

__all__ = ["PublicationRecord", "inputs_fingerprint", "prepare_warehouse", "publish", "read_publication"]


def publish(
    warehouse: Warehouse,
    record: PublicationRecord,
    *,
    mode: int | None = None,
    keep: int = 7,
    tables: Iterable[Table] = (),
    just_before: Callable[[], None] = lambda: None,
) -> None:
    """Publish what was built: readers see the old file or the new one, whole, and never anything else.

    Args:
        warehouse: The warehouse, held by this refresh; nothing else may have its private files open.
        record: What the publication says of itself.
        mode: Permission bits of the published file; None leaves them to the umask.
        keep: How many publications stay on disk, this one among them.
        tables: What tables and columns are, for the comments of the published file.
        just_before: Done when the publication is complete and nobody sees it; when it raises, nobody will.

    Raises:
        RefusedError: The publication holds what must not or cannot be published.
        HelpdeskError: It cannot be written; the earlier publication still stands.
    """
    _complete(warehouse, record, tables)
    just_before()
    replace_published_file(warehouse, warehouse.publication_file, run_id=record.run_id, mode=mode)
    forget_versions(warehouse, record, keep=keep)
    since = last_forgotten_at(warehouse.build_file)
    if since is not None:
        remove_versions(warehouse, published_before=since)


def replace_published_file(warehouse: Warehouse, source: Path, *, run_id: str, mode: int | None) -> None:
    """Put a copy of a finished publication in place of the published file, which is kept as a version.

    Args:
        warehouse: The warehouse, held by this process.
        source: The finished publication.
        run_id: The refresh that it says it is of.
        mode: Permission bits of the published file; None leaves them to the umask.

    Raises:
        HelpdeskError: It cannot be written, or is no such publication; the earlier publication still stands.
    """
    try:
        remove_leftovers(warehouse)
        copy = unpublished_file(warehouse)
        shutil.copyfile(source, copy)
        if mode is not None:
            copy.chmod(mode)
        flush_to_disk(copy)
        if read_record(copy).run_id != run_id:
            raise HelpdeskError(
                f"{source}: is not what it is said to be; the earlier publication still stands"
            )
        prepare_report(warehouse, copy, mode=mode)
        keep_published(warehouse)
        take_report_away(warehouse)
        # The log of somebody who opened the published file for writing would be replayed into the new one.
        _log_of(warehouse.published_file).unlink(missing_ok=True)
        # Or a loss of power might leave the rename on the disk and not what went before it.
        flush_to_disk(warehouse.root)
        copy.replace(warehouse.published_file)
        put_report(warehouse)
        flush_to_disk(warehouse.root)
    except OSError as error:
        raise HelpdeskError(
            f"{warehouse.published_file}: cannot be published: {error.strerror};"
            " the earlier publication still stands"
        ) from error


def _complete(warehouse: Warehouse, record: PublicationRecord, tables: Iterable[Table]) -> None:
    """Write schema meta beside core and marts, comment all, and leave the file without a write-ahead log."""
    with duckdb.connect(":memory:") as connection:
        _attach(connection, warehouse.build_file, "attach ? as build (read_only)")
        _attach(connection, warehouse.publication_file, "attach ? as publication")
        _refuse_what_is_private(connection, warehouse.publication_file)
        connection.begin()
        write_meta(connection, record)
        write_comments(connection, tables)
        connection.commit()
        connection.execute("checkpoint publication")
        connection.execute("detach publication")
    log = _log_of(warehouse.publication_file)
    if log.exists():
        raise HelpdeskError(f"{log}: still there after the checkpoint; another process has the file open")


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, statement: str) -> None:
    if not file.exists():
        raise HelpdeskError(f"{file}: is missing: nothing was built that could be published")
    try:
        connection.execute(statement, [str(file)])
    except duckdb.Error as error:
        raise explain(file, error) from error


def _refuse_what_is_private(connection: duckdb.DuckDBPyConnection, file: Path) -> None:
    """Refuse raw data that strayed into the file, and views: they name a database readers do not have."""
    strays = connection.execute("""
        select table_schema || '.' || table_name, table_type
        from information_schema.tables
        where table_catalog = 'publication'
            and (table_schema not in ('core', 'marts', 'meta') or table_type = 'VIEW')
        order by 1
    """).fetchall()
    if strays:
        names = ", ".join(f"{name} ({kind.lower()})" for name, kind in strays)
        raise RefusedError(f"{file}: only tables of core, marts and meta are published, not {names}")


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}.wal")
