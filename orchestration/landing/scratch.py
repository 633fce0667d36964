"""Where an extract is unpacked: beside the warehouse's own files, for a moment.

Not in the machine's folder for temporary files: that is often small, and nobody would clear away there what a
killed refresh had unpacked.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.warehouse import SCRATCH_PREFIX


@contextmanager
def scratch_folder(connection: duckdb.DuckDBPyConnection) -> Iterator[Path]:
    """A new folder that only this user may read, beside the file that is written; it is gone afterwards.

    Args:
        connection: The warehouse; of one in memory the folder lies where the machine keeps temporary files.
    """
    row = connection.execute(
        "select path from duckdb_databases() where database_name = current_database()"
    ).fetchone()
    beside = Path(row[0]).parent if row and row[0] else None
    with tempfile.TemporaryDirectory(prefix=SCRATCH_PREFIX, dir=beside) as folder:
        yield Path(folder)
