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

_FIGURE = ("kpi_id", "variant", "attribution", "statistic", "clock")

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


@pytest.mark.parametrize(
    "analysis",
    [
        path
        for path in ANALYSES
        if re.search("from marts.kpi_(values|scorecard)", path.read_text(encoding="utf-8"))
    ],
    ids=lambda path: path.stem,
)
def test_a_figure_it_shows_is_one_row(analysis: Path, published: Helpdesk) -> None:
    """A filter that is missing would be hidden by `max`, which picks one of several figures."""
    lines = analysis.read_text(encoding="utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("--"))
    selected, source = text.split("\nfrom ", maxsplit=1)
    source, _, rest = source.partition("\norder by ")[0].partition("\ngroup by ")
    named = re.match(r"marts\.kpi_\w+ as (\w+)", source)
    alias = f"{named[1]}." if named else ""
    told_apart = [alias + column for column in _FIGURE if re.search(rf"\b{column}\b", selected)]
    periods = [rest] if rest else [alias + "period_grain", alias + "period_start", alias + "slice_value"]
    key = ", ".join(told_apart + periods)
    repeated = published.rows(f"select {key}, count(*) from {source} group by all having count(*) > 1")
    assert repeated == []
