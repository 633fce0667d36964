"""One extract opened: what landing would make of it, or of its beginning."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from orchestration.doctor.extracts.instants import Instants, instants_of
from orchestration.doctor.extracts.sampling import sampled
from orchestration.landing.discovery import ExtractFile
from orchestration.landing.ledger import Load
from orchestration.landing.readers import stage
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.staging import BAD_RECORDS, Delivery, Staged, count_records, staged_table
from orchestration.landing.statements import compose
from orchestration.landing.streams import load_streams

_AGAIN = "deliver it again"


@dataclass(frozen=True)
class Visit:
    """How a file is read.

    Attributes:
        load_id: Tells it from the others.
        now: The time; UTC.
        everything: Whether to read it to its end.
    """

    load_id: str
    now: datetime
    everything: bool


@dataclass(frozen=True)
class FileLook:
    """One file.

    Attributes:
        extract: The file.
        size: Bytes.
        load: What landing would note of what was read of it; None where it was not opened.
        is_whole: Whether all of it was read.
        record_count: Its records, about; None where nobody can tell.
        plain_bytes: Its size without compression, about.
        start: Its first bytes.
        instants: What its event times say.
        first_bad: Its first bad record: line and reason.
    """

    extract: ExtractFile
    size: int
    load: Load | None = None
    is_whole: bool = False
    record_count: float | None = None
    plain_bytes: float = 0.0
    start: bytes = b""
    instants: Instants | None = None
    first_bad: tuple[int, str] | None = None


def opened(connection: duckdb.DuckDBPyConnection, extract: ExtractFile, visit: Visit) -> FileLook:
    """Read a file, or the beginning of it, as landing does.

    Args:
        connection: In memory, with the tables that landing makes; the file's bad records stay in it.
        extract: The file.
        visit: How it is read.
    """
    load = Load(
        *(visit.load_id, extract.system, extract.account, extract.stream.name, extract.relative_path),
        *("", "landed", 0, 0, visit.now.replace(tzinfo=None)),
    )
    size, start, staged, sample, instants = 0, b"", None, None, None
    try:
        size = extract.path.stat().st_size
        with extract.path.open("rb") as file:
            start = file.read(1 << 10)
        with TemporaryDirectory(prefix="helpdesk-doctor-") as scratch:
            folder = Path(scratch)
            sample = sampled(extract, folder, everything=visit.everything)
            if sample:
                delivery = Delivery(extract, sample.plain, load.load_id, load_streams(), folder)
                staged = stage(connection, delivery)
        if staged and sample and not sample.is_whole:
            _forgive_the_cut(connection, staged)
        load.rows_landed, load.rows_quarantined = count_records(connection, load.load_id, staged)
        instants = instants_of(connection, staged, extract.stream, visit.now) if staged else None
    except FileRefusedError as error:
        load.status, load.message = "refused", str(error)
    except OSError as error:
        load.status, load.message = (
            "refused",
            f"cannot be read ({error.strerror or error}): let this user read it",
        )
    except (ValueError, duckdb.Error) as error:
        # Of pyarrow, which reads the footer of a large Parquet file.
        load.status, load.message = "refused", f"cannot be read as {extract.format} ({error}): {_AGAIN}"
    finally:
        connection.execute(compose("drop table if exists {table}", table=staged_table(load.load_id)))
    read = load.rows_landed + load.rows_quarantined
    return FileLook(
        extract,
        size,
        load,
        is_whole=sample is not None and sample.is_whole,
        record_count=read / sample.share if sample and sample.share else None,
        plain_bytes=sample.plain_bytes if sample else float(size),
        start=start,
        instants=instants,
        first_bad=_first_bad(connection, load) if load.rows_quarantined else None,
    )


def _first_bad(connection: duckdb.DuckDBPyConnection, load: Load) -> tuple[int, str]:
    row = connection.execute(
        compose("select line, reason from {bad} where load_id = ? order by line limit 1", bad=BAD_RECORDS),
        [load.load_id],
    ).fetchone()
    return (row[0], row[1]) if row else (0, "")


def _forgive_the_cut(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """A value that spans lines may have been cut: what is bad behind the last good record is our doing."""
    connection.execute(
        compose(
            "delete from {bad} where load_id = ? and line > (select max(_line) from {table})",
            bad=BAD_RECORDS,
            table=staged.table,
        ),
        [staged.load_id],
    )
