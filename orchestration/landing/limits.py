"""When a run is refused: unreadable files, or more bad records than a stream may have."""

import duckdb

from orchestration.counting import counted
from orchestration.errors import RefusedError
from orchestration.landing.ledger import Load, forget_refusals, record_load, transaction
from orchestration.landing.staging import BAD_RECORDS
from orchestration.landing.statements import compose
from orchestration.settings import Settings


def refuse_if_bad(connection: duckdb.DuckDBPyConnection, loads: list[Load], settings: Settings) -> None:
    """Refuse the run if a file is unreadable or a stream has too many bad records.

    Args:
        connection: The warehouse, in no transaction.
        loads: Every file of the run.
        settings: The share of bad records (0–1) that is accepted.

    Raises:
        RefusedError: One line per file: what is wrong, in which line, what to do.
    """
    limit = settings.landing.max_bad_record_rate
    beyond = _streams_beyond(loads, limit)
    problems = [load for load in loads if load.status == "refused"]
    for load in loads:
        totals = beyond.get((load.system, load.stream))
        if load.status == "landed" and load.rows_quarantined and totals:
            load.status, load.message = "refused", _too_many(connection, load, *totals, limit)
            problems.append(load)
    if not problems:
        return
    with transaction(connection):
        forget_refusals(connection)
        for load in problems:
            load.rows_landed = 0
            record_load(connection, load)
    raise RefusedError("\n".join(f"{load.file}: {load.message}" for load in problems))


def _streams_beyond(loads: list[Load], limit: float) -> dict[tuple[str, str], tuple[int, int]]:
    totals: dict[tuple[str, str], tuple[int, int]] = {}
    for load in loads:
        if load.status == "landed":
            bad, records = totals.get((load.system, load.stream), (0, 0))
            records += load.rows_landed + load.rows_quarantined
            totals[load.system, load.stream] = (bad + load.rows_quarantined, records)
    return {stream: (bad, records) for stream, (bad, records) in totals.items() if bad > limit * records}


def _too_many(connection: duckdb.DuckDBPyConnection, load: Load, bad: int, records: int, limit: float) -> str:
    first = connection.execute(
        compose("select line, reason from {bad} where load_id = ? order by line limit 1", bad=BAD_RECORDS),
        [load.load_id],
    ).fetchone()
    line, reason = first or (0, "")
    return (
        f"line {line}: {reason}; {counted(load.rows_quarantined, 'bad record')} in this file,"
        f" {bad:,} of {records:,} in {load.system}/{load.stream}, where {limit:.2%} are accepted:"
        " deliver it corrected, or raise landing.max_bad_record_rate"
    )
