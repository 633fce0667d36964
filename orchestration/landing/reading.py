"""One file of a run: identified, compared with what landed before, unpacked and read."""

from dataclasses import dataclass
from datetime import datetime

import duckdb

from orchestration.instants import instant_text
from orchestration.landing.deliveries import load_id, repeated_landing
from orchestration.landing.discovery import ExtractFile
from orchestration.landing.ledger import Load
from orchestration.landing.plain import content_hash, unpack
from orchestration.landing.readers import stage
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.scratch import scratch_folder
from orchestration.landing.staging import Delivery, Staged, count_records
from orchestration.landing.streams import Stream, Streams


@dataclass
class Reading:
    """A file on its way: its load, its stream, and its good records where it has new ones."""

    load: Load
    stream: Stream
    staged: Staged | None = None


def read_extract(
    connection: duckdb.DuckDBPyConnection,
    extract: ExtractFile,
    loaded_at: datetime,
    streams: Streams,
    landing: dict[tuple[str, str, str, str], Load],
) -> Reading:
    """Read one file into temporary tables.

    Args:
        connection: The warehouse, in no transaction: a file that cannot be read would end it.
        extract: The file.
        loaded_at: Time of the run, UTC without a zone.
        streams: The registry.
        landing: What this run has read before and will land, by content, to tell copies.

    Returns:
        The reading; its load says whether it may land, is a duplicate, or is refused and why.
    """
    reading = Reading(_new_load(extract, loaded_at), extract.stream)
    load = reading.load
    try:
        before = extract.path.stat()
        load.content_hash = content_hash(extract.path)
        twin = repeated_landing(connection, load, landing)
        load.status = "duplicate" if twin else "landed"
        load.load_id = load_id(connection, load)
        if twin:
            load.message = (
                f"not landed again: the same content landed as {twin[0]} at {instant_text(twin[1])}"
            )
            return reading
        with scratch_folder(connection) as folder:
            plain = unpack(extract, folder)
            reading.staged = stage(connection, Delivery(extract, plain, load.load_id, streams, folder))
        after = extract.path.stat()
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            load.status, load.message = (
                "refused",
                "changed while it was read: run again once it has arrived whole",
            )
    except FileRefusedError as error:
        load.status, load.message = "refused", str(error)
    except OSError as error:
        load.load_id = load.load_id or load_id(connection, load)
        load.status, load.message = "refused", f"cannot be read ({error.strerror}): let this user read it"
    load.rows_landed, load.rows_quarantined = count_records(connection, load.load_id, reading.staged)
    if load.status == "landed" and not load.rows_landed and not load.rows_quarantined:
        load.message = "holds no records"
    return reading


def _new_load(extract: ExtractFile, loaded_at: datetime) -> Load:
    return Load(
        load_id="",
        system=extract.system,
        account=extract.account,
        stream=extract.stream.name,
        file=extract.relative_path,
        content_hash="",
        status="landed",
        rows_landed=0,
        rows_quarantined=0,
        loaded_at=loaded_at,
    )
