"""What in new records may be the id of somebody who is forgotten."""

from collections.abc import Sequence

import duckdb

from orchestration.forgetting.about import TOKENS
from orchestration.forgetting.owners import people
from orchestration.forgetting.quarantined import VALUES
from orchestration.forgetting.records import Records
from orchestration.forgetting.suppression import DEVICE, PERSON
from orchestration.landing.staging import BAD_RECORDS
from orchestration.landing.statements import Fragment, compose, identifier, joined


def candidates(
    staged: Sequence[Records], of_loads: Fragment, loads: list[str]
) -> tuple[Fragment, list[object]]:
    """The query of everything in new records that may be the id of somebody."""
    bad = "select '{kind}' as kind, unnest({values}) as id from {bad} where {of_loads}"
    parts: list[Fragment] = []
    parameters: list[object] = []
    for each in staged:
        for column in each.tagged("requester", "customer", "either", "change", "device"):
            kind = Fragment(DEVICE if column.forget == "device" else PERSON)
            parts.append(
                compose(
                    "select '{kind}' as kind, trim({column}) as id from {table}",
                    kind=kind,
                    column=identifier(column.name),
                    table=each.table,
                )
            )
        for name in [*(column.name for column in each.tagged("json")), *each.unknown_people]:
            parts.append(
                compose(
                    "select '{kind}' as kind, unnest(regexp_extract_all({column}, ?)) as id from {table}",
                    kind=Fragment(PERSON),
                    column=identifier(name),
                    table=each.table,
                )
            )
            parameters.append(TOKENS)
    parts.append(compose(bad, kind=Fragment(PERSON), values=VALUES, bad=BAD_RECORDS, of_loads=of_loads))
    return joined(parts, " union all "), [*parameters, loads]


def devices_of(connection: duckdb.DuckDBPyConnection, staged: Sequence[Records]) -> set[str]:
    """Browsers and devices with which somebody who is forgotten comes now."""
    found: set[str] = set()
    for each in staged:
        for device in each.tagged("device"):
            for customer in each.tagged("customer"):
                rows = connection.execute(
                    compose(
                        "select distinct trim({device}) from {table} where trim({customer}) in {people}"
                        " and trim({device}) <> ''",
                        device=identifier(device.name),
                        table=each.table,
                        customer=identifier(customer.name),
                        people=people(PERSON),
                    )
                ).fetchall()
                found |= {name for (name,) in rows}
    return found
