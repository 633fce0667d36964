"""Who is forgotten stays forgotten: new records lose the person before they land."""

from collections.abc import Sequence

import duckdb

from orchestration.forgetting.about import ROWS, add_rows, no_rows, person_ids, select_rows
from orchestration.forgetting.candidates import candidates, devices_of
from orchestration.forgetting.emptying import empty_rows
from orchestration.forgetting.json_parts import REMOVED, is_harmless
from orchestration.forgetting.known import accounts_with_forgotten
from orchestration.forgetting.owners import is_owned, select_owned_tickets
from orchestration.forgetting.quarantined import remove_bad_records, select_bad_records
from orchestration.forgetting.records import Records, raw_records
from orchestration.forgetting.suppression import DEVICE, Account, find_here, remember
from orchestration.landing.reading import Reading
from orchestration.landing.staging import BAD_RECORDS, count_records
from orchestration.landing.statements import Fragment, compose, identifier, joined
from orchestration.landing.streams import load_streams


def forget_in_new_records(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> None:
    """Take who is forgotten out of records that wait to land, and their bad records away.

    Args:
        connection: The build file.
        readings: The files of a run; their counts follow.
    """
    for account, theirs in _by_account(connection, readings):
        staged = _staged(theirs)
        loads = [reading.load.load_id for reading in theirs]
        of_loads = Fragment("list_contains(cast(? as varchar[]), load_id)")
        ids, parameters = candidates(staged, of_loads, loads)
        find_here(connection, account, ids, parameters)
        devices = devices_of(connection, staged)
        if devices:
            remember(connection, account, DEVICE, devices, theirs[0].load.loaded_at)
            find_here(connection, account, ids, parameters)
        select_rows(connection, staged, beside=raw_records(connection, load_streams(), account))
        empty_rows(connection, staged)
        if select_bad_records(connection, BAD_RECORDS, of_loads, [loads]):
            remove_bad_records(connection, BAD_RECORDS)
            for reading in theirs:
                load = reading.load
                load.rows_landed, load.rows_quarantined = count_records(
                    connection, load.load_id, reading.staged
                )


def forget_in_landed_records(connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]) -> bool:
    """Empty what landed of a ticket before anybody could know that it is of somebody who is forgotten.

    Args:
        connection: The build file, in the transaction of the landing.
        readings: The files of the run, as ``forget_in_new_records`` left them.

    Returns:
        Whether there was anything: its bytes are in the file still, and it has to be written anew.
    """
    was_anything = False
    for account, theirs in _by_account(connection, readings):
        find_here(connection, account, Fragment("select '' as kind, '' as id where false"), [])
        select_owned_tickets(connection, _staged(theirs))
        no_rows(connection)
        landed = [each for each in raw_records(connection, load_streams(), account) if each.ticket_column]
        for each in landed:
            _select_telling_rows(connection, each)
        if connection.execute(compose("select 1 from {rows} limit 1", rows=ROWS)).fetchone():
            empty_rows(connection, landed)
            was_anything = True
    return was_anything


def _by_account(
    connection: duckdb.DuckDBPyConnection, readings: Sequence[Reading]
) -> list[tuple[Account, list[Reading]]]:
    found = []
    for account in accounts_with_forgotten(connection):
        theirs = [
            each
            for each in readings
            if (each.load.system, each.load.account) == (account.system, account.name)
            and each.load.status != "duplicate"
        ]
        if theirs:
            found.append((account, theirs))
    return found


def _staged(readings: Sequence[Reading]) -> list[Records]:
    return [
        Records(reading.stream, reading.staged.table, reading.staged.columns)
        for reading in readings
        if reading.staged
    ]


def _select_telling_rows(connection: duckdb.DuckDBPyConnection, records: Records) -> None:
    """Rows of ``TICKETS`` in which a text is left."""
    tagged = records.tagged("text")
    texts = [compose("nullif({c}, ?) is not null", c=identifier(column.name)) for column in tagged]
    texts += [compose("{c} is not null", c=identifier(name)) for name in records.unknown]
    telling = joined(texts, " or ") if texts else Fragment("false")
    where = compose("{of_account} and {owned}", of_account=records.of_account, owned=is_owned(records))
    connection.execute(
        compose(
            "insert into {rows} select ?, rowid from {table} where {where} and ({telling})",
            rows=ROWS,
            table=records.table,
            where=where,
            telling=telling,
        ),
        [records.key, records.account, *[REMOVED for _ in tagged]],
    )
    ids = person_ids(connection)
    for column in records.tagged("json"):
        rows = connection.execute(
            compose(
                "select rowid, {column} from {table} where {where} and {column} is not null",
                column=identifier(column.name),
                table=records.table,
                where=where,
            ),
            [records.account],
        ).fetchall()
        add_rows(connection, records, [row for row, text in rows if not is_harmless(text, column, ids)])
