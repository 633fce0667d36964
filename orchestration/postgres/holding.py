"""One copy at a time: whoever comes second is told who is at it."""

from collections.abc import Iterator
from contextlib import contextmanager
from zlib import crc32

import psycopg

from orchestration.errors import WarehouseHeldError
from orchestration.postgres.location import Location

# Advisory locks are of a database; two numbers of 31 bits tell ours from everybody else's.
_OURS = crc32(b"helpdesk-warehouse") >> 1


@contextmanager
def held(connection: psycopg.Connection, location: Location) -> Iterator[None]:
    """Hold the schemas of a copy; the server lets go of them when the connection ends, however it ends.

    Args:
        connection: The connection; not through a pooler that shares it with others.
        location: The schemas.

    Raises:
        WarehouseHeldError: Another copy is being made there; says by whom and since when.
    """
    key = [_OURS, crc32(location.schema.encode()) >> 1]
    if not connection.execute("select pg_try_advisory_lock(%s, %s)", key).fetchone()[0]:
        raise WarehouseHeldError(
            f"{location}: schema {location.schema} is held by {_holder(connection, key)};"
            " wait until it has ended"
        )
    yield


def _holder(connection: psycopg.Connection, key: list[int]) -> str:
    found = connection.execute(
        """
        select a.application_name, a.usename,
            to_char(a.backend_start at time zone 'UTC', 'YYYY-MM-DD HH24:MI')
        from pg_locks as l
        join pg_stat_activity as a using (pid)
        where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = %s and l.objid = %s
            and l.database = (select oid from pg_database where datname = current_database())
        """,
        key,
    ).fetchone()
    if found is None:
        return "another helpdesk publish"
    application, user, since = found
    return f"{application or 'helpdesk publish'} (role {user}) since {since} UTC"
