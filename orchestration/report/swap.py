"""The page beside the published file: never that of another publication than the file's."""

import os
import shutil
from pathlib import Path

from orchestration.warehouse import Warehouse


def unpublished_report(warehouse: Warehouse) -> Path:
    """Where a page lies until its publication is put in place."""
    return _beside(warehouse, "publishing")


def take_report_away(warehouse: Warehouse) -> None:
    """Take the page of the publication that is about to be replaced out of sight."""
    if warehouse.report_dir.exists():
        warehouse.report_dir.replace(_beside(warehouse, "replaced"))


def put_report(warehouse: Warehouse) -> None:
    """Put the prepared page in place, and delete the one before."""
    unpublished_report(warehouse).replace(warehouse.report_dir)
    shutil.rmtree(_beside(warehouse, "replaced"), ignore_errors=True)


def remove_unfinished_reports(warehouse: Warehouse) -> None:
    """Remove what an interrupted publication left of its page and of the one before."""
    for folder in unfinished_reports(warehouse):
        if folder.exists():
            shutil.rmtree(folder)


def unfinished_reports(warehouse: Warehouse) -> list[Path]:
    """Where an interrupted publication leaves its page and the one before."""
    return [_beside(warehouse, name) for name in ("publishing", "replaced")]


def open_to_readers(folder: Path, mode: int | None) -> None:
    """Give a page the permission bits of the published file; folders can be entered by who may read.

    Args:
        folder: The page.
        mode: Permission bits of files; None leaves them as they are.
    """
    if mode is None:
        return
    for path, _, files in os.walk(folder):
        Path(path).chmod(mode | (mode & 0o444) >> 2)
        for name in files:
            (Path(path) / name).chmod(mode)


def _beside(warehouse: Warehouse, name: str) -> Path:
    return warehouse.root / f".{warehouse.report_dir.name}.{name}"
