"""What a warehouse holds of somebody: counts by stream and by delivered file, never a value."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import duckdb

from orchestration.forgetting.about import (
    ROWS,
    TOKENS,
    names_one_of,
    person_ids,
    select_rows,
    unknown_mentions,
)
from orchestration.forgetting.people import Person
from orchestration.forgetting.quarantined import of_account, select_bad_records
from orchestration.forgetting.records import Records, raw_records
from orchestration.forgetting.suppression import as_yet_unlisted
from orchestration.landing.statements import Fragment, compose, joined
from orchestration.landing.streams import Streams


@dataclass
class Finding:
    """How many records are about somebody.

    Attributes:
        streams: Records in raw, by account and stream.
        files: Records, the quarantined ones among them, by the file in which they came.
        quarantined: Quarantined records.
    """

    streams: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    quarantined: int = 0


def look(connection: duckdb.DuckDBPyConnection, streams: Streams, people: Sequence[Person]) -> Finding:
    """Count what forgetting people would change; nothing is changed.

    Args:
        connection: The build file.
        streams: The registry.
        people: Who it is.
    """
    finding = Finding()
    for person in people:
        as_yet_unlisted(connection, person.ids, person.devices)
        records = raw_records(connection, streams, person.account)
        select_rows(connection, records, addresses=person.address_pattern)
        for each in records:
            counted = _count(connection, each)
            for file, count in counted:
                finding.files[file] += count
                finding.streams[f"{person.account}/{each.stream.name}"] += count
        condition, parameters = of_account(person.account)
        quarantine = Fragment("meta.quarantine")
        finding.quarantined += select_bad_records(
            connection, quarantine, condition, parameters, person.address_pattern
        )
        finding.files.update(
            dict(
                connection.execute(
                    "select file, count(*) from meta.quarantine"
                    " where rowid in (select row from forgotten_bad) group by all"
                ).fetchall()
            )
        )
    return finding


def _count(connection: duckdb.DuckDBPyConnection, records: Records) -> list[tuple[str, int]]:
    """Records that would be changed, by file."""
    conditions = [compose("rowid in (select row from {rows} where records = ?)", rows=ROWS)]
    parameters: list[object] = [records.account, records.key]
    for name, telling in unknown_mentions(records, person_ids(connection)):
        conditions.append(names_one_of(name))
        parameters += [TOKENS, telling]
    return connection.execute(
        compose(
            "select _file, count(*) from {table} where {of_account} and ({conditions}) group by all",
            table=records.table,
            of_account=records.of_account,
            conditions=joined(conditions, " or "),
        ),
        parameters,
    ).fetchall()
