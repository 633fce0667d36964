"""Bad records that tell of somebody who is forgotten: they go, since no figure is made of them."""

import duckdb

from orchestration.forgetting.about import person_ids
from orchestration.forgetting.owners import TICKETS
from orchestration.forgetting.suppression import Account
from orchestration.landing.statements import Fragment, compose

# Nobody knows where in a line that cannot be read an id stands: any value may be one.
VALUES = Fragment(
    r"""list_transform(regexp_split_to_array(record, '[",;|\t{}\[\]\\]+'), lambda x: trim(x, e' :\'\r\n'))"""
)


def select_bad_records(
    connection: duckdb.DuckDBPyConnection,
    table: Fragment,
    condition: Fragment,
    parameters: list[object],
    addresses: str | None = None,
) -> int:
    """Find the bad records about somebody in ``HERE``, into the temporary table ``forgotten_bad`` of rows.

    In doubt a record is about the person: it is quarantined, and the file it came in is not touched.

    Args:
        connection: The build file.
        table: ``meta.quarantine``, or what a run has found bad.
        condition: Which of its records are of the account.
        parameters: Of the condition.
        addresses: A regular expression of the person's e-mail addresses, if they are known.

    Returns:
        How many there are.
    """
    connection.execute(
        compose(
            "create or replace temp table forgotten_bad as select rowid as row from {table}"
            " where ({condition}) and record is not null and ("
            "list_has_any({values}, ?)"
            " or (cast(? as varchar) is not null and regexp_matches(record, cast(? as varchar)))"
            " or {of_ticket})",
            table=table,
            condition=condition,
            values=VALUES,
            of_ticket=_of_owned_ticket(),
        ),
        [*parameters, sorted(person_ids(connection)), addresses, addresses],
    )
    return int(connection.execute("select count(*) from forgotten_bad").fetchall()[0][0])


def remove_bad_records(connection: duckdb.DuckDBPyConnection, table: Fragment) -> None:
    """Remove what ``select_bad_records`` found."""
    connection.execute(
        compose("delete from {table} where rowid in (select row from forgotten_bad)", table=table)
    )


def of_account(account: Account) -> tuple[Fragment, list[object]]:
    """The condition that a quarantined record is of an account, and its parameters."""
    return Fragment("source_system = ? and source_account = ?"), [account.system, account.name]


def _of_owned_ticket() -> Fragment:
    return compose(
        "coalesce(trim(json_extract_string(case when json_valid(record) then record end, '$.ticket_id'))"
        " in (select ticket_id from {tickets}), false)",
        tickets=TICKETS,
    )
