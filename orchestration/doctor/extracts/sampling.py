"""The beginning of an extract, as a file that landing's readers take for a whole one."""

import zlib
from dataclasses import dataclass
from pathlib import Path

import pyarrow
import pyarrow.parquet

from orchestration.landing.discovery import ExtractFile
from orchestration.landing.plain import PlainFile, open_plain, refuse_what_is_no_text, unpack

# Read to its end, which proves that it is whole: it takes no time.
SMALL_BYTES = 1 << 20
HEAD_BYTES = 1 << 18
_HEAD_ROWS = 1_000
# Of one JSON document no head can be read: up to here all of it is.
_LARGEST_DOCUMENT_BYTES = 32 << 20


@dataclass(frozen=True)
class Sample:
    """What is looked at of one extract.

    Attributes:
        plain: Its plain bytes, or the first of them.
        is_whole: Whether that is all of it.
        plain_bytes: About how many plain bytes the extract has.
        share: Which part of the records is in ``plain``, about; 0–1.
    """

    plain: PlainFile
    is_whole: bool
    plain_bytes: float
    share: float


def sampled(extract: ExtractFile, folder: Path, *, everything: bool) -> Sample | None:
    """Take a sample of an extract.

    Args:
        extract: The file.
        folder: An empty folder to write in.
        everything: Whether to read it to its end, however large it is.

    Returns:
        The sample; None where no part can be read: a large JSON document, or a very long first line.

    Raises:
        FileRefusedError: It cannot be unpacked, or is no text.
        pyarrow.ArrowInvalid: It is no Parquet file.
    """
    size = extract.path.stat().st_size
    is_document = extract.format == "json" or (extract.format == "parquet" and extract.compression)
    if everything or size <= (_LARGEST_DOCUMENT_BYTES if is_document else SMALL_BYTES):
        plain = unpack(extract, folder)
        if everything or is_document or plain.size <= HEAD_BYTES or extract.format == "parquet":
            return Sample(plain, is_whole=True, plain_bytes=plain.size, share=1.0)
    if is_document:
        return None
    return _parquet_head(extract, folder) if extract.format == "parquet" else _text_head(extract, folder)


def _text_head(extract: ExtractFile, folder: Path) -> Sample | None:
    with open_plain(extract) as source:
        start = source.read(HEAD_BYTES)
    refuse_what_is_no_text(extract, start)
    body = start[: start.rfind(b"\n") + 1]
    if not body:
        return None
    file = folder / "head"
    file.write_bytes(body)
    size = extract.path.stat().st_size
    # How well the rest is packed can only be guessed by the beginning.
    plain_bytes = size * len(start) / len(zlib.compress(start)) if extract.compression else float(size)
    plain_bytes = max(plain_bytes, float(len(start)))
    plain = PlainFile(file, len(body), body.count(b"\n"))
    return Sample(plain, is_whole=False, plain_bytes=plain_bytes, share=len(body) / plain_bytes)


def _parquet_head(extract: ExtractFile, folder: Path) -> Sample:
    with pyarrow.parquet.ParquetFile(extract.path) as source:
        row_count = source.metadata.num_rows
        batch = next(source.iter_batches(batch_size=_HEAD_ROWS), None)
        rows = pyarrow.Table.from_batches([batch] if batch else [], source.schema_arrow)
    file = folder / "head"
    pyarrow.parquet.write_table(rows, file)
    plain = PlainFile(file, file.stat().st_size, 0)
    share = rows.num_rows / row_count if row_count else 1.0
    return Sample(plain, share >= 1.0, float(extract.path.stat().st_size), share)
