"""Publishing by rename of a copied file, against copying the database table by table."""

from pathlib import Path

import duckdb

from bench.measure import seconds, show
from orchestration.publishing.publish import publish
from orchestration.publishing.record import read_publication
from orchestration.warehouse import Warehouse


def bench_publication(warehouse: Warehouse) -> None:
    """Publish what was built both ways, and print seconds.

    Args:
        warehouse: A refreshed warehouse; it is published once more.

    Raises:
        RuntimeError: Nothing was published before.
    """
    record = read_publication(warehouse)
    if record is None:
        raise RuntimeError(f"{warehouse.published_file}: publish something before measuring it")
    by_rename = seconds(lambda: publish(warehouse, record))
    copied = warehouse.root / "copied.duckdb"
    by_copy = seconds(lambda: _copy_database(warehouse.publication_file, copied))
    copied.unlink()
    size = warehouse.published_file.stat().st_size / 1e6
    show(
        f"Publication of {size:,.0f} MB",
        ("COPY FROM DATABASE", by_copy),
        [("publish: meta, checkpoint, copy, flush, rename", by_rename)],
    )


def _copy_database(source: Path, target: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute("attach ? as source (read_only)", [str(source)])
        connection.execute("attach ? as target (storage_version 'v1.5.0')", [str(target)])
        connection.execute("copy from database source to target")
        connection.execute("checkpoint target")
