"""What people ask a warehouse: before anything is published, and after."""

from pathlib import Path

import pytest

from tests.python.alerts.servers import Hook, web_server

from ..conftest import SIMULATED_TICKETS, Helpdesk, run_helpdesk


def test_status_before_anything_is_published(tmp_path: Path) -> None:
    outcome = run_helpdesk("status", "--warehouse", tmp_path / "none")
    assert (outcome.status, outcome.errors) == (0, "")
    assert "Published     nothing: there is no folder" in outcome.output
    assert "Last run      none yet" in outcome.output
    assert not (tmp_path / "none").exists()


def test_scorecard_before_anything_is_published(tmp_path: Path) -> None:
    outcome = run_helpdesk("scorecard", "--warehouse", tmp_path / "none")
    assert "Traceback" not in outcome.errors
    (line,) = (outcome.output + outcome.errors).strip().splitlines()
    assert "helpdesk refresh" in line
    assert not (tmp_path / "none").exists()


def test_status_of_a_published_warehouse(published: Helpdesk) -> None:
    outcome = run_helpdesk("status", HELPDESK_WAREHOUSE=str(published.root))
    assert (outcome.status, outcome.errors) == (0, "")
    ((run_id,),) = published.rows("select run_id from meta.publication")
    assert f"Published     {published.warehouse.published_file}" in outcome.output
    assert "  as of       2017-02-19 00:00 UTC" in outcome.output
    assert f"  tickets     {SIMULATED_TICKETS}" in outcome.output
    assert f"Last run      {run_id}: published" in outcome.output
    assert "Quarantine    empty" in outcome.output


def test_a_publication_says_which_extracts_code_and_as_of_made_it(published: Helpdesk) -> None:
    ((known_at, loaded_at, engine, lengths, files),) = published.rows("""
        select
            known_at,
            (select max(loaded_at) from meta.loads),
            engine,
            [length(inputs_fingerprint), length(code_fingerprint), length(settings_fingerprint)],
            (select count(*) from meta.loads where status = 'landed' and length(content_hash) = 64)
        from meta.publication
    """)
    assert (known_at, engine, lengths) == (loaded_at, "duckdb", [64, 64, 64])
    assert files == len([path for path in published.extracts.rglob("*") if path.is_file()])


@pytest.mark.parametrize("grain", ["day", "week", "month"])
def test_scorecard_of_a_published_warehouse(published: Helpdesk, grain: str) -> None:
    outcome = run_helpdesk("scorecard", "--warehouse", published.root, "--grain", grain)
    assert (outcome.status, outcome.errors) == (0, "")
    for (name,) in published.rows(
        "select distinct name from marts.kpi_scorecard join marts.dim_kpi using (kpi_id)"
        " where period_grain = ? and slice = 'all' and value is not null",
        grain,
    ):
        assert name.split()[0] in outcome.output


def test_a_wrong_grain_is_told(published: Helpdesk) -> None:
    outcome = run_helpdesk("scorecard", "--warehouse", published.root, "--grain", "fortnight")
    assert outcome.status == 2
    (line,) = outcome.error_lines
    assert "fortnight" in line


def test_status_tells_stale_figures_once_to_who_is_configured(desk: Helpdesk) -> None:
    look = ("status", "--alert", "--warehouse", desk.root)
    assert "alert" not in run_helpdesk(*look).output
    with web_server(Hook()) as hook:
        outcomes = [
            run_helpdesk(*look, HELPDESK_WEBHOOK_URL=hook.url, no_proxy="127.0.0.1") for _ in range(2)
        ]
    assert [(outcome.status, outcome.errors) for outcome in outcomes] == [(0, ""), (0, "")]
    assert ["alert sent by webhook" in outcome.output for outcome in outcomes] == [True, False]
    (post,) = hook.posts
    assert post["kind"] == "stale"
    assert "is as of 2017-02-19 00:00 UTC" in post["text"]
