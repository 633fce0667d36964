"""The numbers on the page are the marts', on every page and with every filter."""

import duckdb
import pytest

from orchestration.report.packed import read_packed
from orchestration.report.pages import load_pages

from .conftest import Reader
from .figures import last_complete, month_text, texts

_CARDS = """() => [...document.querySelectorAll('.card')].map((card) => [
  card.dataset.figure, ...['.figure', '.period'].map((each) => card.querySelector(each).textContent)])"""
_CELLS = """(selector) => [...document.querySelectorAll(selector)].map((row) =>
  [...row.cells].map((cell) => cell.textContent))"""
_SLICES = ("channel", "team", "priority")


def options(reader: Reader, control: str) -> dict[str, str]:
    """The options of a filter: value and text."""
    return dict(
        reader.page.eval_on_selector_all(
            f"#{control} option", "all => all.map((each) => [each.value, each.textContent])"
        )
    )


def compare_cards(
    reader: Reader, marts: duckdb.DuckDBPyConnection, choice: tuple[str, str], grain: str
) -> int:
    """Compare every card of the open page; how many had a number."""
    page = reader.page
    periods = (page.input_value("#from"), page.input_value("#to"))
    numbers = 0
    for figure, text, period in page.evaluate(_CARDS):
        expected = last_complete(marts, figure, choice, grain, periods)
        assert text in expected.texts, (page.url, figure)
        if text == "–":
            assert len(period) > 8, (page.url, figure, "a dash says why")
        else:
            numbers += 1
            if grain == "month":
                assert period == month_text(expected.period), (page.url, figure)
    return numbers


@pytest.mark.parametrize("file", [page.file for page in load_pages()])
def test_cards_of_all_tickets(reader, marts, file):
    reader.open(file)

    assert compare_cards(reader, marts, ("all", "all"), "month") >= 4


@pytest.mark.parametrize("grain", ["day", "week", "quarter", "year"])
def test_cards_of_every_grain(reader, marts, grain):
    reader.open("resolution.html")
    reader.choose("grain", grain)

    assert compare_cards(reader, marts, ("all", "all"), grain) >= (0 if grain == "year" else 8)


@pytest.mark.parametrize("name", _SLICES)
def test_cards_of_every_slice(reader, site, marts, name):
    (data,) = site.glob("data/*/site.js")
    slices = read_packed(data)["slices"]
    numbers = 0
    for file in ("index.html", "responses.html", "volume.html"):
        reader.open(file)
        for place in [value for value in options(reader, name) if value][:4]:
            reader.choose(name, place)
            value = slices[name][int(place)]
            numbers += compare_cards(reader, marts, (name, value), "month")
            others = [reader.page.input_value(f"#{other}") for other in _SLICES if other != name]
            assert others == ["", ""]
    assert numbers > 20


def test_an_earlier_period_changes_every_card(reader, marts):
    reader.open("index.html")
    starts = list(options(reader, "to"))

    reader.choose("to", starts[4])

    assert reader.page.input_value("#to") == starts[4]
    assert compare_cards(reader, marts, ("all", "all"), "month") >= 6


def test_what_is_not_kept_by_a_filter_says_so(reader):
    page = reader.open("cost.html")
    reader.choose("channel", "0")

    card = page.locator("[data-figure^='support_cost_total']")
    assert card.locator(".figure").text_content() == "–"
    assert "not kept by channel" in card.locator(".period").text_content()
    assert "choosing one sets the others to All" in page.text_content("#filter-note")


def test_the_scorecard_is_that_of_the_marts(reader, marts):
    page = reader.open("index.html")
    rows = page.evaluate(
        "() => [...document.querySelectorAll('.scorecard tr[data-figure]')].map((row) =>"
        " [row.dataset.figure, row.cells[1].textContent, row.cells[2].textContent, row.cells[6].textContent])"
    )

    assert len(rows) > 100
    for figure, period, value, status in rows:
        found = marts.execute(
            """
            select period_start, value, is_suppressed, list(status), any_value(unit)
            from marts.kpi_scorecard
            inner join marts.dim_kpi using (kpi_id)
            where slice = 'all' and period_grain = 'month'
                and [kpi_id, variant, kpi_scorecard.attribution, statistic, clock] = ?
            group by all
            """,
            [figure.split(":")],
        ).fetchone()
        statistic = figure.split(":")[3]
        unit = statistic if statistic == "count" else found[4]
        unit = "rate" if statistic == "rate" and unit not in ("ratio", "per_ticket", "money") else unit
        assert period == month_text(found[0]), figure
        assert value in texts(found[1], unit) if found[1] is not None else value.startswith("– "), figure
        assert status in {"met", "missed", "–"} and (status == "–" or status in found[3]), figure


def test_the_table_behind_a_chart_is_that_of_the_marts(reader, marts):
    page = reader.open("volume.html")
    page.click("#chart-0-0 summary")
    rows = page.evaluate(_CELLS, "#chart-0-0 tbody tr")
    expected = marts.execute(
        "select period_start, value, is_complete from told"
        " where figure = 'tickets_created:default:created:count:none' and slice = 'all'"
        " and period_grain = 'month' order by period_start"
    ).fetchall()

    assert [row[0] for row in rows] == [month_text(start) for start, _, _ in expected]
    for row, (_, value, is_complete) in zip(rows, expected, strict=True):
        assert row[1] == f"{value:,.0f}" + ("" if is_complete else " (not complete yet)")


def test_teams_beside_each_other_are_those_of_the_marts(reader, marts):
    page = reader.open("resolution.html")
    page.click("#compare button:has-text('Team')")
    page.wait_for_selector("#compare tbody tr")
    rows = page.evaluate(_CELLS, "#compare tbody tr")

    assert len(rows) >= 6
    for team, text, *_ in rows:
        figure = "average_resolution_time:default:solved:median:calendar"
        choice = ("team", "unassigned" if team == "Unassigned" else team)
        periods = (page.input_value("#from"), page.input_value("#to"))
        assert text in last_complete(marts, figure, choice, "month", periods).texts, team


def test_ticket_types_and_agents_are_those_of_the_marts(reader, marts):
    page = reader.open("volume.html")
    first = page.locator("#extra-2 tbody tr").first.locator("th, td").all_text_contents()
    expected = marts.execute(
        "select ticket_type, created_count, share_rate from marts.ticket_types where period_grain = 'month'"
        " and period_start = '2017-01-01' order by created_count desc, ticket_type limit 1"
    ).fetchone()
    assert first[:3] == [expected[0], str(expected[1]), f"{expected[2]:.1%}"]

    page = reader.open("agents.html")
    first = page.locator("#extra-2 tbody tr").first.locator("th, td").all_text_contents()
    key, solved = marts.execute(
        "select agent_key, solved_count from marts.agents where period_grain = 'month'"
        " and period_start = '2017-01-01' order by solved_count desc, agent_key limit 1"
    ).fetchone()
    assert (first[0], first[2]) == (key[:8], str(solved))
