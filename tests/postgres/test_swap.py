"""The swap: readers see one version, whole; what is not the copy's own is left alone."""

import psycopg
import pytest

from .conftest import Copy, wait_until
from .publications import write_publication

RUN = "select (select run_id from helpdesk.kpi_values), (select run_id from helpdesk_meta.publication)"
NEW = "select 'z' as ticket_key"


def repeatable(copy: Copy) -> psycopg.Connection:
    """A reader in a transaction that sees what there was at its beginning."""
    connection = copy.connect()
    connection.autocommit = False
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def test_the_same_publication_is_not_copied_again_unless_asked(copied: Copy) -> None:
    (before,) = copied.rows("select 'helpdesk.kpi_values'::regclass::oid")
    assert copied.published().startswith("nothing to do: ")
    assert copied.rows("select 'helpdesk.kpi_values'::regclass::oid") == [before]
    assert "3 tables, " in copied.published(force=True)
    assert copied.rows("select 'helpdesk.kpi_values'::regclass::oid") != [before]


def test_the_next_publication_takes_the_place_of_all_there_was(copied: Copy) -> None:
    write_publication(
        copied.root, run="run-2", tickets=NEW, also="create table marts.tickets as select 1 as n"
    )
    copied.published()
    assert copied.rows(RUN) == [("run-2", "run-2")]
    assert copied.rows("select * from helpdesk_core.fct_tickets") == [("z",)]
    write_publication(copied.root, run="run-3")
    copied.published()
    assert copied.rows("select count(*) from helpdesk_core.fct_tickets") == [(5,)]
    assert copied.rows("select to_regclass('helpdesk.tickets')") == [(None,)]
    told = copied.rows("select obj_description('helpdesk_core'::regnamespace, 'pg_namespace')")
    assert told[0][0].startswith("helpdesk-warehouse: run run-3, published 20")
    assert copied.rows("select nspname from pg_namespace where nspname like '%_next'") == []


def test_a_reader_in_the_middle_keeps_its_version_and_is_named(copied: Copy) -> None:
    with repeatable(copied) as reader:
        reader.execute("set application_name = 'dashboard'")
        first = reader.execute("select run_id from helpdesk.kpi_values").fetchone()
        write_publication(copied.root, run="run-2")
        line = copied.refused(1, "--wait", "1")
        pid = reader.info.backend_pid
        assert f"somebody was reading the copy (dashboard, role warehouse_owner, pid {pid}, since 20" in line
        assert line.endswith("the earlier copy still stands")
        assert (
            reader.execute("select run_id from helpdesk_meta.publication").fetchone() == first == ("run-1",)
        )
        assert copied.rows(RUN) == [("run-1", "run-1")]
        assert copied.rows("select nspname from pg_namespace where nspname like '%_next'") == []
    copied.published()
    assert copied.rows(RUN) == [("run-2", "run-2")]


def test_a_copy_waits_for_a_reader_and_others_read_on_meanwhile(copied: Copy) -> None:
    with repeatable(copied) as reader:
        reader.execute("select * from helpdesk.kpi_values")
        write_publication(copied.root, run="run-2")
        with copied.started() as running:
            assert running.stdout
            wait_until(lambda: "waiting for " in running.stdout.readline())
            assert copied.rows(RUN) == [("run-1", "run-1")]
            # Two tables one after the other, in either order: no deadlock with who waits for one of them.
            reader.execute("select * from helpdesk_meta.publication")
            reader.execute("select * from helpdesk_core.fct_tickets")
            reader.commit()
            assert running.wait(60) == 0
    assert copied.rows(RUN) == [("run-2", "run-2")]


def test_a_reader_whose_transaction_is_older_finds_the_new_version_whole(copied: Copy) -> None:
    with repeatable(copied) as reader:
        reader.execute("select 1")
        write_publication(copied.root, run="run-2")
        copied.published()
        assert reader.execute(RUN).fetchall() == [("run-2", "run-2")]
        assert reader.execute("select count(*) from helpdesk_core.fct_tickets").fetchall() == [(5,)]


def test_rights_survive_and_go_on_to_new_tables(copied: Copy) -> None:
    copied.run(
        "grant usage on schema helpdesk, helpdesk_core to reader, analyst",
        "grant select on all tables in schema helpdesk to reader",
        "grant select (ticket_key, is_open) on helpdesk_core.fct_tickets to analyst",
        "grant select on helpdesk.kpi_values to analyst with grant option",
        user="warehouse_owner",
    )
    write_publication(copied.root, run="run-2", also="create table marts.tickets as select 7 as n")
    copied.published()
    assert copied.rows("select n from helpdesk.tickets", "reader") == [(7,)]
    assert copied.rows("select run_id from helpdesk.kpi_values", "reader") == [("run-2",)]
    assert len(copied.rows("select ticket_key, is_open from helpdesk_core.fct_tickets", "analyst")) == 5
    copied.run("grant select on helpdesk.kpi_values to reader", user="analyst")
    for role, table in (("reader", "helpdesk_core.fct_tickets"), ("analyst", "helpdesk_core.fct_tickets")):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            copied.rows(f"select subject from {table}", role)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        copied.rows("select * from helpdesk_meta.publication", "reader")


@pytest.mark.parametrize("schema", ["helpdesk", "helpdesk_meta", "helpdesk_core_next"])
def test_a_schema_of_somebody_else_is_left_alone(desk: Copy, schema: str) -> None:
    desk.run(f"create schema {schema}", f"create table {schema}.mine as select 1 as n")
    assert f"schema {schema} is not one that helpdesk publish has made" in desk.refused(1)
    assert desk.rows(f"select n from {schema}.mine", "postgres") == [(1,)]
    ours = "select nspname from pg_namespace where nspname like 'helpdesk%'"
    assert desk.rows(ours) == [(schema,)]
    assert "3 tables" in desk.published(schema="other")


def test_a_table_of_somebody_else_in_the_schema_stays(copied: Copy) -> None:
    copied.run("create table helpdesk.mine as select 1 as n")
    write_publication(copied.root, run="run-2")
    copied.published()
    assert copied.rows("select n from helpdesk.mine", "postgres") == [(1,)]
    write_publication(copied.root, run="run-3", also="create table marts.mine as select 2 as n")
    assert 'relation "mine" already exists' in copied.refused(1)
    assert copied.rows("select n from helpdesk.mine", "postgres") == [(1,)]
    assert copied.rows(RUN) == [("run-2", "run-2")]


def test_a_view_on_the_copy_is_not_dropped(copied: Copy) -> None:
    copied.run("create view public.dashboard as select * from helpdesk.kpi_values")
    write_publication(copied.root, run="run-2")
    assert "view public.dashboard reads kpi_values of the copy" in copied.refused(1)
    assert copied.rows("select run_id from public.dashboard", "postgres") == [("run-1",)]


def test_row_security_is_not_lost(copied: Copy) -> None:
    copied.run("alter table helpdesk_core.fct_tickets enable row level security")
    write_publication(copied.root, run="run-2")
    assert "fct_tickets has row security, which the next copy would not have" in copied.refused(1)
    assert copied.rows(RUN) == [("run-1", "run-1")]


def test_what_a_role_is_held_to_does_not_end_a_copy(copied: Copy) -> None:
    for setting in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        copied.run(f"alter role warehouse_owner in database {copied.database} set {setting} = '1ms'")
    copied.run(f"alter role warehouse_owner in database {copied.database} set search_path = helpdesk, public")
    write_publication(copied.root, run="run-2")
    assert "3 tables" in copied.published()
    assert copied.rows(RUN, "postgres") == [("run-2", "run-2")]
