"""Reading one file of any format into its temporary table."""

import duckdb

from orchestration.landing.read_csv import read_csv
from orchestration.landing.read_json import read_json
from orchestration.landing.read_parquet import read_parquet
from orchestration.landing.refusal import FileRefusedError
from orchestration.landing.staging import Delivery, Staged, check_records
from orchestration.landing.wrapped import tell_places

_READERS = {
    "jsonl": read_json,
    "json": read_json,
    "csv": read_csv,
    "tsv": read_csv,
    "parquet": read_parquet,
}


def stage(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Staged | None:
    """Read a file: its good records into a table of their own, its bad ones beside them.

    Args:
        connection: The warehouse, in no transaction.
        delivery: The file.

    Returns:
        The good records, or None when the file holds none and names no columns.

    Raises:
        FileRefusedError: The file cannot be read as a whole, or is of another stream.
    """
    if delivery.plain.size == 0:
        return None
    try:
        staged = _READERS[delivery.extract.format](connection, delivery)
    except (duckdb.InvalidInputException, duckdb.IOException) as error:
        what = str(error).splitlines()[0].replace(str(delivery.plain.path), delivery.extract.path.name)
        raise FileRefusedError(
            f"cannot be read as {delivery.extract.format} ({what}): deliver it again"
        ) from error
    if staged:
        check_records(connection, staged, delivery.extract.stream)
        if staged.is_paged:
            tell_places(connection, staged.load_id)
    return staged
