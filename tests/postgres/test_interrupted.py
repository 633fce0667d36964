"""A copy that is killed, or meets another one: the earlier version stands, and nothing is left over."""

import signal

from .conftest import Copy, wait_until
from .publications import write_publication
from .test_swap import RUN, repeatable

# Seconds of copying.
MANY = "create table marts.many as select range as n, md5(range::varchar) as text from range(2000000)"
STAGING = "select nspname from pg_namespace where nspname like 'helpdesk%_next' order by 1"


def test_a_copy_killed_in_the_middle_leaves_the_earlier_one(copied: Copy) -> None:
    write_publication(copied.root, run="run-2", also=MANY)
    with copied.started() as running:
        wait_until(lambda: copied.rows("select 1 from pg_stat_progress_copy where tuples_processed > 10000"))
        running.send_signal(signal.SIGKILL)
        assert running.wait(60) == -signal.SIGKILL
    wait_until(lambda: not copied.rows("select 1 from pg_stat_progress_copy"))
    assert copied.rows(RUN) == [("run-1", "run-1")]
    assert len(copied.rows(STAGING)) == 3
    write_publication(copied.root, run="run-3")
    copied.published()
    assert copied.rows(RUN) == [("run-3", "run-3")]
    assert copied.rows(STAGING) == []


def test_a_copy_interrupted_from_the_keyboard_clears_up(copied: Copy) -> None:
    write_publication(copied.root, run="run-2", also=MANY)
    with copied.started() as running:
        wait_until(lambda: copied.rows("select 1 from pg_stat_progress_copy where tuples_processed > 10000"))
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
    assert copied.rows(RUN) == [("run-1", "run-1")]
    assert copied.rows(STAGING) == []


def test_a_second_copy_is_told_who_is_at_it(copied: Copy) -> None:
    with repeatable(copied) as reader:
        reader.execute("select * from helpdesk.kpi_values")
        write_publication(copied.root, run="run-2")
        with copied.started() as running:
            wait_until(lambda: copied.rows("select 1 from pg_locks where locktype = 'advisory'"))
            line = copied.refused(3, "--force")
            assert f"schema helpdesk is held by helpdesk publish, pid {running.pid} on " in line
            assert "(role warehouse_owner) since 20" in line
            assert "3 tables" in copied.published(schema="other")
            reader.rollback()
            assert running.wait(60) == 0
    assert copied.rows(RUN) == [("run-2", "run-2")]


def test_a_server_that_ends_in_the_middle_is_told(copied: Copy) -> None:
    write_publication(copied.root, run="run-2", also=MANY)
    with copied.started() as running:
        wait_until(lambda: copied.rows("select 1 from pg_stat_progress_copy where tuples_processed > 10000"))
        copied.rows("select pg_terminate_backend(pid) from pg_stat_progress_copy", "postgres")
        _, errors = running.communicate(timeout=60)
    assert running.returncode == 1
    (line,) = errors.splitlines()
    assert "the server ended the connection" in line
    assert copied.rows(RUN) == [("run-1", "run-1")]
