"""Who may read the tables of a copy may read those of the next."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import psycopg
from psycopg import sql

from orchestration.postgres.schemas import CopiedTable

Place = tuple[str, str]


@dataclass(frozen=True)
class Right:
    """A role's right to read a table or, with a column, that column alone."""

    place: Place
    column: str | None
    role: str | None
    may_grant: bool

    def granted_on(self, place: Place) -> sql.Composed:
        """The statement that gives this right on a table; no role is everybody."""
        column = sql.SQL(" ({})").format(sql.Identifier(self.column)) if self.column else sql.SQL("")
        return sql.SQL("grant select{} on {} to {}{}").format(
            column,
            sql.Identifier(*place),
            sql.Identifier(self.role) if self.role else sql.SQL("public"),
            sql.SQL(" with grant option" if self.may_grant else ""),
        )


def rights_to_read(connection: psycopg.Connection, tables: Iterable[CopiedTable]) -> list[Right]:
    """Who but their owner may read some tables.

    Args:
        connection: The server.
        tables: The tables.
    """
    found = connection.execute(
        """
        with granted as (
            select c.relnamespace, c.relname, c.relowner, null as column_name, a.*
            from pg_class as c cross join lateral aclexplode(c.relacl) as a
            where c.oid = any(%(oids)s)
            union all
            select c.relnamespace, c.relname, c.relowner, t.attname, a.*
            from pg_class as c join pg_attribute as t on t.attrelid = c.oid and not t.attisdropped
            cross join lateral aclexplode(t.attacl) as a
            where c.oid = any(%(oids)s)
        )
        select n.nspname, g.relname, g.column_name, r.rolname, g.is_grantable
        from granted as g
        join pg_namespace as n on n.oid = g.relnamespace
        left join pg_roles as r on r.oid = g.grantee
        where g.privilege_type = 'SELECT' and g.grantee <> g.relowner
        order by 1, 2, 3 nulls first, 4
        """,
        {"oids": [table.oid for table in tables]},
    ).fetchall()
    return [Right((schema, name), *rest) for schema, name, *rest in found]


def carried_over(rights: list[Right], before: set[Place], after: dict[Place, set[str]]) -> list[sql.Composed]:
    """The statements that give the next copy's tables the rights of the last one's.

    A table that is new is for those who may read every table of its schema.

    Args:
        rights: The rights on the last copy.
        before: Its tables.
        after: The tables of the next copy, with their columns.
    """
    statements = [
        right.granted_on(right.place)
        for right in rights
        if right.place in after and (right.column is None or right.column in after[right.place])
    ]
    readable: dict[tuple[str, str | None], set[Place]] = defaultdict(set)
    for right in rights:
        if right.column is None:
            readable[right.place[0], right.role].add(right.place)
    for (schema, role), places in readable.items():
        if places == {place for place in before if place[0] == schema}:
            new = sorted(place for place in after if place[0] == schema and place not in before)
            statements += [Right(place, None, role, False).granted_on(place) for place in new]
    return statements
