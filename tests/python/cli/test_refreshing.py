"""What a refresh publishes, and when it publishes nothing."""

from pathlib import Path

from ..conftest import AS_OF, Helpdesk, Outcome

_TABLES = """
    select table_schema, table_name from information_schema.tables
    where table_schema in ('core', 'marts') order by all
"""


def differences(one: Helpdesk, other: Helpdesk) -> dict[str, int]:
    """How many rows of each table of core and marts are in only one of two publications."""
    tables = one.rows(_TABLES)
    assert tables == other.rows(_TABLES)
    return {
        f"{schema}.{name}": _rows_in_one_only(one, other, f'"{schema}"."{name}"') for schema, name in tables
    }


def _rows_in_one_only(one: Helpdesk, other: Helpdesk, table: str) -> int:
    rows = [sorted(map(repr, desk.rows(f"from {table}"))) for desk in (one, other)]
    return 0 if rows[0] == rows[1] else max(1, len(set(rows[0]) ^ set(rows[1])))


def publication(helpdesk: Helpdesk) -> tuple[str, str]:
    """Run and as-of of what is published."""
    ((run_id, as_of),) = helpdesk.rows("select run_id, cast(as_of as varchar) from meta.publication")
    return run_id, as_of


def test_the_first_refresh_publishes(first_refresh: tuple[Helpdesk, Outcome]) -> None:
    helpdesk, outcome = first_refresh
    assert outcome.status == 0
    assert outcome.errors == ""
    assert f"publishing {helpdesk.warehouse.published_file}" in outcome.output
    assert publication(helpdesk)[1] == "2017-02-19 00:00:00"
    # The simulation delivers some tickets twice.
    assert helpdesk.rows("select count(*), count(distinct ticket_key) from core.fct_tickets") == [(150, 150)]
    assert helpdesk.rows("select count(*) > 1000 from marts.kpi_values where value is not null") == [(True,)]
    assert sorted(path.name for path in helpdesk.root.iterdir()) == ["helpdesk.duckdb", "private"]


def test_a_refresh_without_new_files_leaves_the_publication_alone(desk: Helpdesk) -> None:
    before = desk.warehouse.published_file.stat()
    outcome = desk.refresh()
    after = desk.warehouse.published_file.stat()
    assert (outcome.status, outcome.errors) == (0, "")
    assert "nothing new to publish" in outcome.output
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_the_same_extracts_and_as_of_give_the_same_tables(published: Helpdesk, tmp_path: Path) -> None:
    other = Helpdesk(published.extracts, tmp_path / "warehouse")
    assert other.refresh("--as-of", AS_OF).status == 0
    assert set(differences(published, other).values()) == {0}
    assert publication(other)[0] != publication(published)[0]


def test_a_full_rebuild_publishes_the_same_tables_again(published: Helpdesk, desk: Helpdesk) -> None:
    outcome = desk.refresh("--full", "--as-of", AS_OF)
    assert (outcome.status, outcome.errors) == (0, "")
    assert set(differences(published, desk).values()) == {0}
    assert publication(desk)[0] != publication(published)[0]


def test_another_as_of_publishes_again(published: Helpdesk, desk: Helpdesk) -> None:
    outcome = desk.refresh("--as-of", "2017-01-31T12:00:00+02:00")
    assert (outcome.status, outcome.errors) == (0, "")
    assert publication(desk)[1] == "2017-01-31 10:00:00"
    assert desk.rows("select count(*) from core.fct_tickets where created_at > '2017-01-31 10:00:00'") == [
        (0,)
    ]
    assert differences(published, desk)["core.fct_tickets"] > 0


def test_a_new_file_leads_to_a_new_publication(published: Helpdesk, desk: Helpdesk) -> None:
    desk.write(
        "generic/tickets/late.jsonl",
        '{"ticket_id": "late-1", "created_at": "2017-02-18T08:00:00Z", "status": "open", "is_spam": false}\n',
    )
    outcome = desk.refresh("--as-of", AS_OF)
    assert (outcome.status, outcome.errors) == (0, "")
    assert publication(desk)[0] != publication(published)[0]
    assert desk.rows("select status from core.fct_tickets where ticket_id = 'late-1'") == [("open",)]
    assert desk.rows("select count(*) from core.fct_tickets") == [(151,)]
