"""File systems of a fault's own, small ones and ones that fail; they need root and a Linux that mounts."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def may_mount() -> bool:
    """Whether this process may mount file systems."""
    return os.geteuid() == 0 and shutil.which("mount") is not None and Path("/dev/loop-control").exists()


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A disk in memory that holds so much and no more; ``more_room`` makes it larger."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder))
    try:
        yield folder
    finally:
        unmount(folder)


def more_room(folder: Path, megabytes: int) -> None:
    """Make a small disk larger."""
    _run("mount", "-o", f"remount,size={megabytes}m", str(folder))


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """A folder that nobody can write, not even root."""
    _run("mount", "--bind", str(folder), str(folder))
    try:
        _run("mount", "-o", "remount,bind,ro", str(folder))
        yield
    finally:
        unmount(folder)


def make_disk(image: Path, megabytes: int) -> None:
    """An empty ext4 file system in a file."""
    image.parent.mkdir(parents=True, exist_ok=True)
    with image.open("wb") as file:
        file.truncate(megabytes * 2**20)
    _run("mkfs.ext4", "-q", "-F", str(image))


@contextmanager
def mounted(image: Path, folder: Path) -> Iterator[Path]:
    """The file system of a file; after an error of the disk it is read-only, as most machines have it."""
    folder.mkdir(parents=True, exist_ok=True)
    _run("mount", "-o", "loop,errors=remount-ro", str(image), str(folder))
    try:
        yield folder
    finally:
        unmount(folder)


def fail_disk(folder: Path) -> None:
    """Let a mounted disk report an error: the kernel makes it read-only under whoever is writing."""
    source = subprocess.run(
        ["findmnt", "-n", "-o", "SOURCE", str(folder)], capture_output=True, text=True, check=True
    ).stdout.strip()
    (Path("/sys/fs/ext4") / Path(source).name / "trigger_fs_error").write_text("1")


def image_at_power_loss(image: Path, copy: Path) -> None:
    """What the disk holds now without what only the kernel's memory holds: as after a loss of power.

    Args:
        image: A mounted image; whoever writes into it must stand still.
        copy: Where what the disk holds goes.
    """
    while True:
        before = image.stat().st_mtime_ns
        _run("cp", "--sparse=always", str(image), str(copy))
        if image.stat().st_mtime_ns == before:
            return
        # The kernel wrote meanwhile: that is no moment a disk was ever in.


def unmount(folder: Path) -> None:
    """Unmount, also where a process has just been killed."""
    for _ in range(100):
        if subprocess.run(["umount", str(folder)], capture_output=True, check=False).returncode == 0:
            return
        time.sleep(0.1)
    _run("umount", "--lazy", str(folder))


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)
