"""What a person is told: one line, no secret in it, and nothing has changed."""

import socket
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from orchestration.postgres.connecting import _told
from orchestration.postgres.location import read_location

from .conftest import Copy
from .publications import write_publication
from .server import PASSWORD


@pytest.mark.parametrize("debug", [(), ("--debug",)])
def test_a_wrong_password_is_nowhere_to_be_read(copied: Copy, debug: tuple[str, ...]) -> None:
    secret = "not-the-secret-of-anybody"
    outcome = copied.publish(*debug, to=copied.server.url(copied.database, password=secret))
    assert outcome.status == 1
    assert 'password authentication failed for user "warehouse_owner"' in outcome.errors
    assert secret not in outcome.errors + outcome.output + copied.server.log.read_text()


def test_the_right_password_is_nowhere_to_be_read(copied: Copy) -> None:
    outcome = copied.publish("--force", "--debug")
    assert outcome.status == 0
    for secret in (PASSWORD, copied.url.split(":")[2].split("@")[0]):
        assert secret not in outcome.errors + outcome.output + copied.server.log.read_text()
    names = [
        str(row) for row in copied.rows("select application_name, query from pg_stat_activity", "postgres")
    ]
    assert not any(PASSWORD in name for name in names)


def test_the_password_may_come_from_the_environment_or_a_file(copied: Copy, tmp_path: Path) -> None:
    address = copied.server.url(copied.database, password=None)
    assert "nothing to do" in copied.publish(to=address, PGPASSWORD=PASSWORD).output
    file = tmp_path / "pgpass"
    written = PASSWORD.replace("\\", "\\\\").replace(":", "\\:")
    file.write_text(f"127.0.0.1:{copied.server.port}:*:warehouse_owner:{written}\n")
    file.chmod(0o600)
    assert "nothing to do" in copied.publish(to=address, PGPASSFILE=str(file)).output
    assert "no password supplied" in copied.refused(1, to=address, PGPASSFILE=str(tmp_path / "none"))


def test_tls_that_is_asked_for_is_insisted_on(copied: Copy) -> None:
    line = copied.refused(1, to=f"{copied.url}?sslmode=require")
    assert "server does not support SSL, but SSL was required" in line


def test_a_server_that_is_not_there(desk: Copy) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        address = f"postgresql://somebody:secret@127.0.0.1:{taken.getsockname()[1]}/bi"
        line = desk.refused(1, to=address)
    assert "Connection refused" in line
    assert "secret" not in line


def test_a_database_that_is_not_there(desk: Copy) -> None:
    assert 'database "nowhere" does not exist' in desk.refused(1, to=desk.server.url("nowhere"))


def test_an_option_that_libpq_does_not_know(desk: Copy) -> None:
    line = desk.refused(2, to=f"{desk.url}?ssl=yes")
    assert line == '--to: invalid URI query parameter: "ssl"; see libpq\'s connection URIs'


def test_a_role_that_may_not_create_schemas(desk: Copy) -> None:
    line = desk.refused(1, to=desk.server.url(desk.database, user="reader"))
    assert f"permission denied for database {desk.database}; grant this role create on the database" in line


def test_tables_that_another_role_has_made(copied: Copy) -> None:
    copied.run(f"grant create on database {copied.database} to analyst")
    copied.run("grant usage on schema helpdesk_meta to analyst; "
               "grant select on helpdesk_meta.copied_tables to analyst", user="warehouse_owner")  # fmt: skip
    write_publication(copied.root, run="run-2")
    line = copied.refused(1, to=copied.server.url(copied.database, user="analyst"))
    assert "permission denied" in line
    assert "tables of an earlier copy must be its own" in line
    assert copied.rows("select run_id from helpdesk.kpi_values") == [("run-1",)]


def test_a_database_of_another_encoding(desk: Copy, databases: Callable[[str], str]) -> None:
    name = databases("encoding 'LATIN1' locale 'C' template template0")
    assert "the database's encoding is LATIN1" in desk.refused(2, to=desk.server.url(name))


def test_a_text_with_a_nul_character(copied: Copy) -> None:
    write_publication(copied.root, run="run-2", tickets="select 'a' || chr(0) as ticket_key")
    line = copied.refused(1)
    assert "(COPY fct_tickets, line 1)" in line
    assert "PostgreSQL cannot hold a NUL character in a text" in line
    assert copied.rows("select run_id from helpdesk.kpi_values") == [("run-1",)]


def test_a_type_that_postgresql_does_not_have(copied: Copy) -> None:
    write_publication(copied.root, run="run-2", tickets="select 'a' as ticket_key, '101'::bit as bits")
    assert copied.refused(1) == (
        "core.fct_tickets.bits: PostgreSQL has no type for every BIT; nothing was copied"
    )


def test_a_full_disk_of_the_server_is_not_taken_for_ours() -> None:
    error = psycopg.errors.DiskFull('could not extend file "base/1": No space left on device')
    told = str(_told(error, read_location("postgresql://a:secret@b/c", "helpdesk"), is_there=True))
    assert told.startswith("postgresql://a@b/c: the server's disk is full")
    assert "on device" not in told
