"""Where a lake lies: from the URI a person gives to a file system that Python writes."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pyarrow
from pyarrow import fs

from orchestration.errors import HelpdeskError, UsageError, first_line

_URI = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*://|file:/)")
_PROBE = ".helpdesk-may-write"
FILE_SYSTEM_ERRORS = (OSError, pyarrow.ArrowException)


def locate(uri: str) -> tuple[fs.FileSystem, str, str]:
    """Find the file system of a lake.

    Args:
        uri: A folder's path, or a URI such as ``s3://bucket/helpdesk``.

    Returns:
        The file system, the lake's path on it, and its URI as Spark writes it.

    Raises:
        UsageError: It is no URI of a file system that is supported here.
    """
    if not uri.strip():
        raise UsageError("a lake needs a place: give a folder or a URI such as s3://bucket/helpdesk")
    # Nothing of the query is for Spark, and it may hold a key: it is never shown.
    shown = uri.partition("?")[0]
    try:
        if not _URI.match(uri):
            filesystem, path = fs.LocalFileSystem(), str(Path(uri).absolute())
        elif urlsplit(uri).password:
            raise UsageError(
                f"{urlsplit(uri).scheme}://…: holds a password; give it by the environment instead"
            )
        else:
            # Spark calls S3 by the name of Hadoop's client for it.
            filesystem, path = fs.FileSystem.from_uri(re.sub("^s3a:", "s3:", uri))
    except (ImportError, ValueError, *FILE_SYSTEM_ERRORS) as error:
        raise UsageError(f"{shown}: no place for a lake: {reason(error)}") from error
    path = path.rstrip("/")
    if not path:
        raise UsageError(f"{shown}: no place for a lake: name a folder or a bucket")
    # Hadoop does not decode a path: what a person wrote as %20 would be looked for as such.
    return (
        filesystem,
        path,
        f"file://{path}" if isinstance(filesystem, fs.LocalFileSystem) else shown.rstrip("/"),
    )


def renames_at_once(filesystem: fs.FileSystem) -> bool:
    """Whether a folder can be renamed in one step, so that it is seen whole or not at all."""
    return isinstance(filesystem, fs.LocalFileSystem | fs.HadoopFileSystem)


def make_writable(filesystem: fs.FileSystem, path: str, uri: str) -> None:
    """Create the lake's folder and write in it once: permissions do not tell of full or read-only disks.

    Args:
        filesystem: The lake's file system.
        path: The lake's path on it.
        uri: The lake's URI, for the message.

    Raises:
        UsageError: It cannot be reached or written.
    """
    probe = f"{path}/{_PROBE}"
    try:
        # Buckets have no folders, and who may write objects may often not create buckets.
        if renames_at_once(filesystem):
            filesystem.create_dir(path, recursive=True)
        with filesystem.open_output_stream(probe, compression=None) as stream:
            stream.write(b"writable")
        filesystem.delete_file(probe)
    except FILE_SYSTEM_ERRORS as error:
        raise UsageError(
            f"{uri}: cannot be written: {reason(error)}; give --out a place you may write"
        ) from error


def flush_to_disk(filesystem: fs.FileSystem, path: str, *, deep: bool = True) -> None:
    """Bring a folder to the disk; other file systems than the local one do so by themselves.

    Args:
        filesystem: The lake's file system.
        path: The folder's path on it.
        deep: Whether with all it holds, or only with the names of what it holds.
    """
    if isinstance(filesystem, fs.LocalFileSystem):
        for part in [*(Path(path).rglob("*") if deep else ()), Path(path)]:
            descriptor = os.open(part, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


@contextmanager
def telling(place: str, done: str) -> Iterator[None]:
    """Tell in one line what a file system cannot do.

    Args:
        place: URI of the file or folder.
        done: What is being done to it, such as ``read``.

    Raises:
        HelpdeskError: It cannot be done; says why.
    """
    try:
        yield
    except FILE_SYSTEM_ERRORS as error:
        raise HelpdeskError(f"{place}: cannot be {done}: {reason(error)}") from error


def reason(error: BaseException) -> str:
    """What went wrong, in a few words.

    Args:
        error: What a file system raised.
    """
    if isinstance(error, OSError) and error.errno:
        return os.strerror(error.errno)
    return first_line(error)
