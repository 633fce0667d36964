"""Forgetting: out of the records, the logs, the bytes on the disk and the kept publications."""

from collections.abc import Sequence
from datetime import datetime

import duckdb

from orchestration.forgetting.about import select_rows
from orchestration.forgetting.emptying import empty_rows
from orchestration.forgetting.erasing import erase_freed_bytes
from orchestration.forgetting.people import Person
from orchestration.forgetting.quarantined import of_account, remove_bad_records, select_bad_records
from orchestration.forgetting.records import raw_records
from orchestration.forgetting.remains import clean_messages, clean_private_files
from orchestration.forgetting.suppression import DEVICE, PERSON, create_list, find_here, remember
from orchestration.forgetting.traces import Traces
from orchestration.landing.ledger import transaction
from orchestration.landing.statements import Fragment
from orchestration.landing.streams import Streams
from orchestration.publishing.builds import forget_builds
from orchestration.publishing.database import has_table, open_database
from orchestration.publishing.versions import remove_versions
from orchestration.warehouse import Warehouse

_IDS = Fragment(
    "select cast(? as varchar) as kind, unnest(cast(? as varchar[])) as id"
    " union all select cast(? as varchar) as kind, unnest(cast(? as varchar[])) as id"
)


def forget(warehouse: Warehouse, streams: Streams, people: Sequence[Person], *, at: datetime) -> None:
    """Take people out of everything but what is published.

    Killed at any point and done again it ends in the same state: logs are cleaned while the records still
    tell what to look for, the records change in one transaction, the file is replaced by a rename.

    Args:
        warehouse: The warehouse, held by this process.
        streams: The registry.
        people: Who it is; nobody where a forgetting that was interrupted is only ended.
        at: When; UTC.

    Raises:
        WarehouseHeldError: Another process uses a private file.
        HelpdeskError: There is no room for the fresh build file.
    """
    with open_database(warehouse.build_file, read_only=True) as connection:
        traces = _traces(connection, people)
    clean_private_files(warehouse, traces)
    with open_database(warehouse.build_file, read_only=False) as connection, transaction(connection):
        create_list(connection)
        for person in people:
            _forget_person(connection, streams, person, at)
        clean_messages(connection, traces)
        # Until everything is built anew, what is built holds them.
        forget_builds(connection)
    erase_freed_bytes(warehouse, at=at)
    remove_versions(warehouse, published_before=at)


def _forget_person(
    connection: duckdb.DuckDBPyConnection, streams: Streams, person: Person, at: datetime
) -> None:
    remember(connection, person.account, PERSON, person.ids, at)
    remember(connection, person.account, DEVICE, person.devices, at)
    find_here(connection, person.account, _IDS, [PERSON, person.ids, DEVICE, person.devices])
    records = raw_records(connection, streams, person.account)
    select_rows(connection, records, addresses=person.address_pattern)
    condition, parameters = of_account(person.account)
    quarantine = Fragment("meta.quarantine")
    select_bad_records(connection, quarantine, condition, parameters, person.address_pattern)
    remove_bad_records(connection, quarantine)
    empty_rows(connection, records)


def _traces(connection: duckdb.DuckDBPyConnection, people: Sequence[Person]) -> Traces:
    texts: list[str] = []
    for person in people:
        texts += [*person.addresses, *person.names, *_keys(connection, person)]
    # Numbers like ids: in JSON one of digits alone has to stay a number.
    ids = [name for person in people for name in (*person.ids, *person.devices, *person.numbers)]
    return Traces(texts, ids)


def _keys(connection: duckdb.DuckDBPyConnection, person: Person) -> list[str]:
    """The keys by which what is built knows a person: checks name keys as examples."""
    if not has_table(connection, "intermediate", "int_tickets"):
        return []
    rows = connection.execute(
        "select distinct requester_key from intermediate.int_tickets"
        " where source_system = ? and source_account = ? and list_contains(?, requester_id)",
        [person.account.system, person.account.name, person.ids],
    ).fetchall()
    return [key for (key,) in rows if key]
