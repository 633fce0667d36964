"""A connection to the server, and what it says when something is in the way, for people."""

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from orchestration.errors import HelpdeskError, UsageError
from orchestration.postgres.location import Location

_STANDS = "an earlier copy there still stands"
# libpq itself waits for ever.
_LONGEST_WAIT_SECONDS = 30
_WHAT_TO_DO = {
    "3D000": "create the database first, with encoding UTF8",
    "42501": "grant this role create on the database; tables of an earlier copy must be its own",
    "53100": "the server's disk is full: free some; it needs twice the room of the copy",
    "22021": "PostgreSQL cannot hold a NUL character in a text: take it out of the extract",
    "2BP01": "drop what is built on the copy, or make it a function or a query of the tool",
    "42P07": "somebody else's table has the name: drop or rename it, or choose another --schema",
}
_LOST = ("08", "57P")


@contextmanager
def connected(location: Location) -> Iterator[psycopg.Connection]:
    """Connect for one copy; what its statements meet is told in one line.

    Args:
        location: The database.

    Raises:
        HelpdeskError: The server cannot be reached, lets nobody in, or refuses a statement.
        UsageError: The address names an option that libpq does not know, or the database is not of UTF8.
    """
    # What it could not do on a connection that is gone; the error itself is told.
    logging.getLogger("psycopg").addHandler(logging.NullHandler())
    is_there = False
    try:
        with psycopg.connect(_conninfo(location), autocommit=True) as connection:
            is_there = True
            _prepare(connection, location)
            yield connection
    except psycopg.Error as error:
        raise _told(error, location, is_there=is_there) from error


def _conninfo(location: Location) -> str:
    try:
        given = psycopg.conninfo.conninfo_to_dict(location.url)
    except psycopg.ProgrammingError as error:
        raise UsageError(
            f"--to: {location.without_password(str(error).strip())}; see libpq's connection URIs"
        ) from error
    if "connect_timeout" not in given and "PGCONNECT_TIMEOUT" not in os.environ:
        given["connect_timeout"] = _LONGEST_WAIT_SECONDS
    name = f"helpdesk publish, pid {os.getpid()} on {socket.gethostname()}"[:63]
    return str(
        psycopg.conninfo.make_conninfo(**given | {"application_name": name, "client_encoding": "UTF8"})
    )


def _prepare(connection: psycopg.Connection, location: Location) -> None:
    # What the role is otherwise held to is meant for dashboards, not for a copy of all there is.
    for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(f"set {setting} = 0")
    # Functions and operators are the server's own, whatever others have created.
    connection.execute("set search_path = pg_catalog")
    encoding = connection.execute("show server_encoding").fetchone()[0]
    if encoding != "UTF8":
        raise UsageError(
            f"{location}: the database's encoding is {encoding};"
            " create one with encoding 'UTF8' and template template0"
        )


def _told(error: psycopg.Error, location: Location, *, is_there: bool) -> HelpdeskError:
    """The error for people; without a state of the server's it never answered, or does so no longer."""
    state = error.sqlstate or ""
    said = error.diag.message_primary or " ".join(str(error).removeprefix("connection failed: ").split())
    if state == "53100":
        # Its own words tell of no room "on device", as this machine's disk would.
        said, hint = _WHAT_TO_DO[state], ""
    else:
        hint = f"; {_WHAT_TO_DO[state]}" if state in _WHAT_TO_DO else ""
    if error.diag.message_detail and state == "2BP01":
        said += f" ({'; '.join(error.diag.message_detail.splitlines())})"
    if state == "22021" and error.diag.context:
        said += f" ({error.diag.context.partition(':')[0]})"
    if state.startswith(_LOST) or (is_there and not state):
        said = f"the server ended the connection ({said})"
    stands = f"; {_STANDS}" if is_there else ""
    return HelpdeskError(f"{location}: {location.without_password(said)}{hint}{stands}")
