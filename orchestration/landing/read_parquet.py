"""Reading Parquet: every value as the text that the other formats would hold."""

import duckdb

from orchestration.landing.columns import raw_columns, refuse_other_stream
from orchestration.landing.staging import Delivery, Staged, staged_table
from orchestration.landing.statements import Fragment, compose, identifier, joined
from orchestration.landing.streams import Stream

_NESTED = ("STRUCT", "MAP", "UNION")
_INSTANTS = ("TIMESTAMP", "DATE")


def read_parquet(connection: duckdb.DuckDBPyConnection, delivery: Delivery) -> Staged | None:
    """Read a Parquet file; arguments, result and errors as of ``readers.stage``."""
    stream, path = delivery.extract.stream, delivery.plain.pattern
    described = connection.execute("describe select * from read_parquet(?)", [path]).fetchall()
    types = {row[0]: row[1] for row in described}
    columns = raw_columns(stream, types)
    refuse_other_stream(columns, stream, delivery.streams, has_header=True)
    formats: list[str] = []
    selected: list[Fragment] = []
    for column, names in columns.items():
        texts = [_text(stream, column, name, types[name], formats) for name in names]
        selected.append(
            compose("coalesce({texts}) as {column}", texts=joined(texts), column=identifier(column))
        )
    table = staged_table(delivery.load_id)
    connection.execute(
        compose(
            "create or replace temp table {table} as select file_row_number + 1 as _line, {selected}"
            " from read_parquet(?, file_row_number=true)",
            table=table,
            selected=joined(selected),
        ),
        [*formats, path],
    )
    return Staged(delivery.load_id, table, tuple(columns))


def _text(stream: Stream, column: str, name: str, data_type: str, formats: list[str]) -> Fragment:
    value = identifier(name)
    wanted = next((known.data_type for known in stream.columns if known.name == column), None)
    if data_type.startswith(_NESTED) or data_type.endswith("]"):
        return compose("cast(to_json({value}) as varchar)", value=value)
    if wanted == "timestamp" and stream.timestamp_format and data_type.startswith(_INSTANTS):
        # A real timestamp takes the form that this system's staging model reads.
        formats.append(stream.timestamp_format)
        return compose("strftime({value}, ?)", value=value)
    return compose("cast({value} as varchar)", value=value)
