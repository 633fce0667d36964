"""One pass over a delivered file: its hash, its plain bytes, its number of lines."""

import gzip
import hashlib
import re
import zlib
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pyarrow

from orchestration.landing.discovery import ExtractFile
from orchestration.landing.refusal import FileRefusedError

_CHUNK_BYTES = 1 << 20
_WIDE_TEXT = (b"\xff\xfe", b"\xfe\xff", b"\x00")
_PACKED = {b"\x1f\x8b": ".gz", b"\x28\xb5": ".zst"}


@dataclass(frozen=True)
class PlainFile:
    """The bytes of an extract without compression.

    Attributes:
        path: The delivered file, or a copy that was unpacked.
        size: Bytes.
        line_count: Physical lines, an unfinished last one included.
    """

    path: Path
    size: int
    line_count: int

    @property
    def pattern(self) -> str:
        """The path as DuckDB's readers take it, to which ``*``, ``?`` and ``[`` stand for other names."""
        return re.sub(r"[*?\[]", r"[\g<0>]", str(self.path))


def content_hash(path: Path) -> str:
    """Hash a file's bytes as delivered.

    Args:
        path: The file.

    Returns:
        SHA-256 in hexadecimal.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def unpack(extract: ExtractFile, folder: Path) -> PlainFile:
    """Read a file to its end once, which proves that it is whole, and unpack it where needed.

    DuckDB reads packed files itself, but takes half a zstd stream for the whole and does not compare
    gzip's checksums.

    Args:
        extract: The file.
        folder: Where an unpacked copy may be written.

    Returns:
        The plain file.

    Raises:
        FileRefusedError: It cannot be unpacked to its end, or is no UTF-8 text.
    """
    copy = folder / "plain"
    target = copy.open("wb") if extract.compression else nullcontext()
    size = newline_count = 0
    last = b"\n"
    try:
        with open_plain(extract) as source, target as written:
            while chunk := source.read(_CHUNK_BYTES):
                if size == 0:
                    refuse_what_is_no_text(extract, chunk)
                size += len(chunk)
                newline_count += chunk.count(b"\n")
                last = chunk[-1:]
                if written is not None:
                    written.write(chunk)
    except (EOFError, OSError, zlib.error) as error:
        what = "cannot be unpacked to its end" if extract.compression else "cannot be read"
        raise FileRefusedError(f"{what} ({error}): deliver the whole file again") from error
    path = copy if extract.compression else extract.path
    return PlainFile(path, size, newline_count + (last != b"\n"))


def open_plain(extract: ExtractFile) -> IO[bytes] | pyarrow.CompressedInputStream:
    """Open a file to read its plain bytes.

    Args:
        extract: The file.
    """
    if extract.compression and extract.path.stat().st_size == 0:
        return extract.path.open("rb")
    if extract.compression == "gzip":
        return gzip.open(extract.path, "rb")
    if extract.compression == "zstd":
        return pyarrow.CompressedInputStream(pyarrow.OSFile(str(extract.path)), "zstd")
    return extract.path.open("rb")


def refuse_what_is_no_text(extract: ExtractFile, start: bytes) -> None:
    """Refuse a file whose first bytes are of something else than its name says.

    Args:
        extract: The file.
        start: Its first plain bytes.

    Raises:
        FileRefusedError: It is packed once more, or no UTF-8 text.
    """
    for magic, suffix in _PACKED.items():
        if start.startswith(magic):
            raise FileRefusedError(f"is packed, although its name does not end in {suffix}: rename it")
    if start and not start.strip(b"\x00"):
        raise FileRefusedError("holds zero bytes instead of records: deliver the whole file again")
    if extract.format != "parquet" and (start.startswith(_WIDE_TEXT) or start[1:2] == b"\x00"):
        raise FileRefusedError("is text in UTF-16 or UTF-32: save it as UTF-8")
