"""``helpdesk export``: what is published as Parquet, in a folder that is replaced whole."""

import json
from pathlib import Path

from orchestration.errors import HelpdeskError, UsageError
from orchestration.export.folder import MADE_BY, MANIFEST, replaced_folder
from orchestration.export.parquet import write_tables
from orchestration.warehouse import Warehouse

FORMATS = ("parquet",)


def write_export(
    warehouse: Warehouse, *, out: Path, file_format: str, file: Path | None, only: list[str]
) -> str:
    """Export what is published, or any published file; a refresh may run meanwhile.

    Args:
        warehouse: The warehouse.
        out: A new or empty folder, or an earlier export, which is replaced.
        file_format: One of ``FORMATS``.
        file: A published file, such as one in ``versions/``; None for the warehouse's own.
        only: Tables or schemas; all when empty.

    Returns:
        What was exported, in one line.

    Raises:
        UsageError: Nothing is published, the folder belongs to others, or there is no such format or table.
        WarehouseHeldError: Another export into the folder is running.
        HelpdeskError: It cannot be written; an earlier export still stands.
    """
    if file_format not in FORMATS:
        raise UsageError(f"--format {file_format}: is not known; there is {', '.join(FORMATS)}")
    published = file or warehouse.published_file
    if not published.exists():
        raise UsageError(f"{published}: nothing is published there; run helpdesk refresh first")
    for kept in (warehouse.private_dir, warehouse.versions_dir, warehouse.report_dir):
        if out.resolve().is_relative_to(kept.resolve()):
            raise UsageError(f"{out}: {kept} belongs to the warehouse; choose a folder of its own")
    try:
        with replaced_folder(out) as folder:
            exported = {"made_by": MADE_BY, "format": file_format} | write_tables(published, folder, only)
            text = json.dumps(exported, indent=2, ensure_ascii=False)
            (folder / MANIFEST).write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        raise HelpdeskError(f"{out}: cannot be written: {error.strerror}") from error
    rows = sum(table["rows"] for table in exported["tables"])
    return f"{len(exported['tables'])} tables, {rows:,} rows, as of {exported['publication']['as_of']}: {out}"
