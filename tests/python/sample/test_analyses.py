"""The questions in analyses/ are answered by every published warehouse."""

import re
from pathlib import Path

import duckdb
import pytest

from orchestration.warehouse import PROJECT_ROOT

from ..conftest import Helpdesk

ANALYSES = sorted((PROJECT_ROOT / "analyses").glob("*.sql"))
_LONGEST_LINES = 30
# Their answer is empty where nobody was asked for a recommendation, and where there is no Zendesk.
_MAY_BE_EMPTY = {"how_does_nps_change_by_quarter", "where_do_zendesks_own_times_differ"}

every_analysis = pytest.mark.parametrize("analysis", ANALYSES, ids=lambda path: path.stem)


def test_there_are_analyses() -> None:
    assert len(ANALYSES) >= 20


@every_analysis
def test_a_file_is_one_question_and_one_query_to_paste_anywhere(analysis: Path) -> None:
    text = analysis.read_text(encoding="utf-8")
    first_line, *_ = text.splitlines()
    assert re.fullmatch(r"-- [A-Z].+\?", first_line), first_line
    assert len(text.splitlines()) <= _LONGEST_LINES
    assert "{{" not in text
    assert "{%" not in text
    assert [statement.type for statement in duckdb.extract_statements(text)] == [duckdb.StatementType.SELECT]
    assert set(re.findall(r"(?:from|join)\s+(\w+)\.", text)) <= {"core", "marts", "meta"}


@every_analysis
def test_a_published_warehouse_answers_it(analysis: Path, published: Helpdesk) -> None:
    rows = published.rows(analysis.read_text(encoding="utf-8"))
    assert rows or analysis.stem in _MAY_BE_EMPTY


@every_analysis
def test_a_figure_it_shows_is_one_row(analysis: Path, published: Helpdesk) -> None:
    """A filter that is missing would be hidden by `max`, which picks one of several figures."""
    text = analysis.read_text(encoding="utf-8")
    picked = re.search(r"from (marts\.kpi_(?:values|scorecard)) as (\w+)|from (marts\.kpi_values)\s", text)
    if picked is None:
        pytest.skip("reads no KPI values")
    alias = f"{picked[2]}." if picked[2] else ""
    source = re.split(r"\n(?:group|order) by ", text[picked.start() :])[0]
    key = ", ".join(
        alias + column
        for column in ("kpi_id", "variant", "statistic", "clock", "period_grain", "period_start", "slice_value")
    )
    repeated = published.rows(f"select {key}, count(*) {source} group by all having count(*) > 1")
    assert repeated == []
