"""A folder that is replaced whole: whoever reads it finds the files of one export, never a half of them."""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestration.errors import UsageError, WarehouseHeldError
from orchestration.publishing.syncing import flush_all_to_disk, flush_to_disk

MANIFEST = "manifest.json"
MADE_BY = "helpdesk export"


@contextmanager
def replaced_folder(out: Path) -> Iterator[Path]:
    """Write the folder that is to take the place of another; it does so when the block ends without an error.

    Args:
        out: New, empty, or an earlier export: a folder with its manifest and nothing that is not in it.

    Yields:
        An empty folder beside it, to write into; its manifest says what is in it.

    Raises:
        UsageError: Something else lies there.
        WarehouseHeldError: Another export into it is running.
        OSError: It cannot be written; what was there still is.
    """
    place = out.resolve()
    if not place.name:
        raise UsageError(f"{out}: --out takes a folder of its own")
    place.parent.mkdir(parents=True, exist_ok=True)
    unfinished, replaced = (place.with_name(f".{place.name}.{step}") for step in ("exporting", "replaced"))
    with _held(unfinished, out):
        try:
            _put_back(replaced, place)
            _refuse_what_is_not_ours(place, out)
            _empty(unfinished)
            yield unfinished
            flush_all_to_disk(unfinished)
            if place.exists():
                unfinished.chmod(place.stat().st_mode & 0o7777)
                place.replace(replaced)
            unfinished.replace(place)
        except BaseException:
            _put_back(replaced, place)
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        flush_to_disk(place.parent)
        shutil.rmtree(replaced, ignore_errors=True)


@contextmanager
def _held(unfinished: Path, out: Path) -> Iterator[None]:
    """Hold the unfinished folder; the kernel lets go of it when the process ends, however it ends."""
    unfinished.mkdir(exist_ok=True)
    descriptor = os.open(unfinished, os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # The other one may have put it in place between the two steps.
            is_held = unfinished.exists() and unfinished.stat().st_ino == os.fstat(descriptor).st_ino
        except BlockingIOError:
            is_held = False
        if not is_held:
            raise WarehouseHeldError(f"{out}: another export into it is running; wait until it has ended")
        yield
    finally:
        os.close(descriptor)


def _put_back(replaced: Path, place: Path) -> None:
    """Put back the earlier export that one was about to replace when its process was ended."""
    if not replaced.exists():
        return
    if place.exists():
        shutil.rmtree(replaced)
    else:
        replaced.replace(place)


def _refuse_what_is_not_ours(place: Path, out: Path) -> None:
    """Refuse to replace anything but an earlier export: files of others would be gone."""
    if not place.exists():
        return
    if not place.is_dir():
        raise UsageError(f"{out}: is a file; --out takes a folder")
    present = {str(path.relative_to(place)) for path in place.rglob("*") if not path.is_dir()}
    if not present:
        return
    try:
        manifest = json.loads((place / MANIFEST).read_text(encoding="utf-8"))
        is_export = manifest["made_by"] == MADE_BY
        ours = {MANIFEST, *(table["file"] for table in manifest["tables"])}
    except (OSError, ValueError, KeyError, TypeError):
        is_export, ours = False, set()
    if not is_export:
        raise UsageError(f"{out}: is not empty; --out takes a new or empty folder, or an earlier export")
    strangers = sorted(present - ours)
    if strangers:
        raise UsageError(
            f"{out}: holds {strangers[0]}, which is not of the earlier export and would be lost; move it away"
        )


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
