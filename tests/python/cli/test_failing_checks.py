"""A check that does not pass refuses the publication, whoever runs it: Great Expectations or dbt."""

import shutil

from orchestration.publishing.database import open_database

from ..conftest import AS_OF, Helpdesk, Outcome, run_helpdesk


def refused(desk: Helpdesk, *options: str) -> Outcome:
    """A refresh that was refused and left the publication as it was, byte for byte."""
    before = desk.published_bytes()
    outcome = desk.refresh("--as-of", AS_OF, *options)
    assert outcome.status == 1, outcome.output
    assert "Traceback" not in outcome.errors
    assert desk.published_bytes() == before
    told = run_helpdesk("status", "--warehouse", desk.root)
    assert told.status == 0
    assert ": refused" in told.output
    return outcome


def test_raw_records_of_no_known_load_are_refused_before_anything_is_built(desk: Helpdesk) -> None:
    with open_database(desk.warehouse.build_file, read_only=False) as connection:
        connection.execute("delete from meta.loads where stream = 'groups'")
    shutil.rmtree(desk.extracts / "generic" / "groups")
    outcome = refused(desk, "--full")
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: raw_generic.groups: load_is_known: ")
    assert line.removeprefix("helpdesk: ") not in outcome.output
    assert "building models" not in outcome.output


def test_a_failing_data_test_refuses_and_its_query_is_kept(desk: Helpdesk) -> None:
    """An eighth day of the week, put where landing would have stopped it."""
    with open_database(desk.warehouse.build_file, read_only=False) as connection:
        connection.execute("update raw_generic.schedules set weekday = '8' where weekday = '1'")
    outcome = refused(desk, "--full")
    check = "accepted_values_stg_generic__schedules_weekday"
    assert any(f"staging.stg_generic__schedules: {check}" in line for line in outcome.error_lines)
    assert "checking what is to be published" not in outcome.output
    folder = desk.warehouse.private_dir / "dbt"
    assert all(f"; see {folder / 'failed'} and {folder / 'dbt.log'}" in line for line in outcome.error_lines)
    (query,) = (folder / "failed").glob(f"{check}*.sql")
    assert "stg_generic__schedules" in query.read_text()
    assert check in (folder / "dbt.log").read_text()
    assert (folder / "run_results.json").exists()
    leftovers = [path for path in desk.warehouse.private_dir.rglob("*") if path.stat().st_mode & 0o077]
    assert [path for path in leftovers if path.is_file()] == []
