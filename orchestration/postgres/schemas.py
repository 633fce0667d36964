"""The schemas of a copy: told from everybody else's by a comment, made ready, cleared."""

from dataclasses import dataclass
from datetime import datetime

import psycopg
from psycopg import sql

from orchestration.errors import HelpdeskError
from orchestration.postgres.location import Location, staging_schema
from orchestration.publishing.record import PublicationRecord

_MARK = "helpdesk-warehouse: "
_IN_THE_MAKING = f"{_MARK}a copy in the making; the next helpdesk publish clears it"
COPIED_TABLES = "copied_tables"


@dataclass(frozen=True)
class CopiedTable:
    """A table of the copy that stands."""

    schema: str
    name: str
    oid: int

    @property
    def quoted(self) -> sql.Identifier:
        """Its name."""
        return sql.Identifier(self.schema, self.name)


def mark(record: PublicationRecord) -> str:
    """What a schema says of the publication it holds.

    Args:
        record: The publication.
    """

    def told(instant: datetime) -> str:
        return f"{instant:%Y-%m-%d %H:%M:%S} UTC"

    return f"{_MARK}run {record.run_id}, published {told(record.published_at)}, as of {told(record.as_of)}"


def standing_marks(connection: psycopg.Connection, location: Location) -> set[str | None]:
    """What the schemas of a copy say of themselves; None for each that is not there.

    Raises:
        HelpdeskError: A schema of that name is there that somebody else has made.
    """
    return {_mark_of(connection, location, schema) for schema in location.schemas.values()}


def copied_tables(connection: psycopg.Connection, location: Location) -> list[CopiedTable]:
    """The tables of the copy that stands, as far as they are still there.

    Args:
        connection: The connection.
        location: The schemas.
    """
    listed = sql.Identifier(location.schemas["meta"], COPIED_TABLES)
    if not connection.execute("select to_regclass(%s)", [listed.as_string(connection)]).fetchone()[0]:
        return []
    found = connection.execute(
        sql.SQL(
            "select n.nspname, c.relname, c.oid from {} as t"
            " join pg_namespace as n on n.nspname = t.table_schema"
            " join pg_class as c on c.relnamespace = n.oid and c.relname = t.table_name and c.relkind = 'r'"
            " where n.nspname = any(%s) order by 1, 2"
        ).format(listed),
        [list(location.schemas.values())],
    )
    return [CopiedTable(*row) for row in found]


def make_staging(connection: psycopg.Connection, location: Location) -> None:
    """Make empty schemas in which the tables are made ready, instead of any that were left.

    Raises:
        HelpdeskError: A schema of that name is there that somebody else has made.
    """
    clear_staging(connection, location)
    for schema in map(staging_schema, location.schemas.values()):
        with connection.transaction():
            connection.execute(sql.SQL("create schema {}").format(sql.Identifier(schema)))
            set_mark(connection, schema, _IN_THE_MAKING)


def clear_staging(connection: psycopg.Connection, location: Location) -> None:
    """Drop what an interrupted copy left, one table at a time: each takes locks.

    Raises:
        HelpdeskError: A schema of that name is there that somebody else has made.
    """
    for schema in map(staging_schema, location.schemas.values()):
        if _mark_of(connection, location, schema) is None:
            continue
        tables = connection.execute(
            "select tablename from pg_tables where schemaname = %s", [schema]
        ).fetchall()
        for (table,) in tables:
            connection.execute(sql.SQL("drop table {}").format(sql.Identifier(schema, table)))
        connection.execute(sql.SQL("drop schema {}").format(sql.Identifier(schema)))


def set_mark(connection: psycopg.Connection, schema: str, text: str) -> None:
    """Say in a schema's comment whose it is and what it holds."""
    connection.execute(
        sql.SQL("comment on schema {} is {}").format(sql.Identifier(schema), sql.Literal(text))
    )


def _mark_of(connection: psycopg.Connection, location: Location, schema: str) -> str | None:
    found = connection.execute(
        "select coalesce(obj_description(oid, 'pg_namespace'), '') from pg_namespace where nspname = %s",
        [schema],
    ).fetchone()
    if found is not None and not found[0].startswith(_MARK):
        raise HelpdeskError(
            f"{location}: schema {schema} is not one that helpdesk publish has made, so it is left alone;"
            " choose another with --schema, or drop it"
        )
    return str(found[0]) if found else None
