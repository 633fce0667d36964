"""The swap: in one transaction the tables that were made ready take the places of the earlier ones.

A reader keeps a lock on every table it has read until its transaction ends. As long as somebody has one of
the old tables, none is taken away: otherwise that reader would find the next table in another version. And
nobody is waited for while a lock is held, so that no reader is ever thrown out of a deadlock.
"""

import time
from collections.abc import Callable

import psycopg
from psycopg import sql

from orchestration.errors import HelpdeskError
from orchestration.postgres.location import Location, staging_schema
from orchestration.postgres.published import Table
from orchestration.postgres.rights import carried_over, rights_to_read
from orchestration.postgres.schemas import COPIED_TABLES, CopiedTable, copied_tables, set_mark

# How long readers may queue behind this one for the table that somebody has.
_ATTEMPT = "2s"
_PAUSE_SECONDS = 0.2
_DEPENDENTS = """
    select distinct n.nspname || '.' || v.relname, t.relname
    from pg_depend as d
    join pg_rewrite as r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
    join pg_class as v on v.oid = r.ev_class
    join pg_namespace as n on n.oid = v.relnamespace
    join pg_class as t on t.oid = d.refobjid
    where d.refclassid = 'pg_class'::regclass and d.refobjid = any(%s) and v.oid <> all(%s)
    order by 1, 2
"""
_READERS = """
    select distinct l.relation, a.usename, coalesce(nullif(a.application_name, ''), 'a client'), a.pid,
        to_char(a.xact_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
    from pg_locks as l
    join pg_stat_activity as a using (pid)
    where l.relation = any(%s) and l.granted and l.pid <> pg_backend_pid()
        and l.database = (select oid from pg_database where datname = current_database())
    order by 5, 4
"""


def refuse_what_would_be_lost(connection: psycopg.Connection, location: Location) -> None:
    """Refuse, before anything is copied, where others have built on the tables of the copy that stands.

    Raises:
        HelpdeskError: A view reads one of them, or it has row security, which the next would not have.
    """
    oids = [table.oid for table in copied_tables(connection, location)]
    view = connection.execute(_DEPENDENTS, [oids, oids]).fetchone()
    if view:
        raise HelpdeskError(
            f"{location}: view {view[0]} reads {view[1]} of the copy, which cannot be replaced under it;"
            " make it a function or a query of the tool, or drop it; the earlier copy still stands"
        )
    secured = connection.execute(
        "select relname from pg_class where oid = any(%s) and relrowsecurity order by 1", [oids]
    ).fetchone()
    if secured:
        raise HelpdeskError(
            f"{location}: {secured[0]} has row security, which the next copy would not have; grant rights on"
            " tables or columns instead; the earlier copy still stands"
        )


def swap(
    connection: psycopg.Connection,
    location: Location,
    tables: list[Table],
    *,
    mark: str,
    longest_wait: float,
    report: Callable[[str], None],
) -> None:
    """Put the tables in place as soon as nobody is in the middle of reading the old ones.

    Args:
        connection: The server.
        location: The schemas.
        tables: The tables, ready in the staging schemas.
        mark: What the schemas say of what they hold.
        longest_wait: Seconds after which it is given up.
        report: Called once with who is waited for.

    Raises:
        HelpdeskError: Somebody has been reading all the time; says who.
    """
    deadline = time.monotonic() + longest_wait
    busy: CopiedTable | None = None
    told = False
    while True:
        old = copied_tables(connection, location)
        try:
            with connection.transaction():
                _lock(connection, old, busy)
                _replace(connection, location, old, tables, mark)
            return
        except psycopg.errors.LockNotAvailable:
            busy, readers = _who_reads(connection, old)
        if time.monotonic() > deadline:
            raise HelpdeskError(
                f"{location}: for {longest_wait:g} seconds somebody was reading the copy ({readers});"
                " end that, or wait longer with --wait; the earlier copy still stands"
            )
        if not told:
            report(f"waiting for {readers}")
            told = True
        time.sleep(_PAUSE_SECONDS)


def _lock(connection: psycopg.Connection, old: list[CopiedTable], busy: CopiedTable | None) -> None:
    connection.execute(sql.SQL("set local lock_timeout = {}").format(sql.Literal(_ATTEMPT)))
    if busy in old:
        connection.execute(sql.SQL("lock table {} in access exclusive mode").format(busy.quoted))
    if old:
        names = sql.SQL(", ").join(table.quoted for table in old)
        connection.execute(sql.SQL("lock table {} in access exclusive mode nowait").format(names))


def _who_reads(connection: psycopg.Connection, old: list[CopiedTable]) -> tuple[CopiedTable | None, str]:
    """One of the tables that somebody has, and who it is."""
    by_oid = {table.oid: table for table in old}
    found = connection.execute(_READERS, [list(by_oid)]).fetchall()
    if not found:
        return None, "somebody who has just ended"
    relation, role, application, pid, since = found[0]
    return by_oid[relation], f"{application}, role {role}, pid {pid}, since {since} UTC"


def _replace(
    connection: psycopg.Connection,
    location: Location,
    old: list[CopiedTable],
    tables: list[Table],
    mark: str,
) -> None:
    after = {
        (location.schemas[table.schema], table.name): {column.name for column in table.columns}
        for table in tables
    }
    meta = location.schemas["meta"]
    after[meta, COPIED_TABLES] = set()
    rights = rights_to_read(connection, old)
    # Not cascade: what others have built on them is not ours to drop.
    if old:
        dropped = sql.SQL(", ").join(table.quoted for table in old)
        connection.execute(sql.SQL("drop table {}").format(dropped))
    for schema in location.schemas.values():
        connection.execute(sql.SQL("create schema if not exists {}").format(sql.Identifier(schema)))
        set_mark(connection, schema, mark)
    for schema, name in after:
        moved = sql.Identifier(staging_schema(schema), name)
        connection.execute(sql.SQL("alter table {} set schema {}").format(moved, sql.Identifier(schema)))
    for statement in carried_over(rights, {(table.schema, table.name) for table in old}, after):
        connection.execute(statement)
    for schema in location.schemas.values():
        connection.execute(sql.SQL("drop schema {}").format(sql.Identifier(staging_schema(schema))))
