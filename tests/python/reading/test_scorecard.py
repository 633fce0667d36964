"""The scorecard: figures in human units, on 100 columns."""

from datetime import date
from io import StringIO

import duckdb
import pytest
from rich.console import Console

from orchestration.errors import UsageError
from orchestration.reading.figures import Line
from orchestration.reading.scorecard import print_scorecard
from orchestration.reading.units import change_text, period_text, value_text


def line_with(text: str, *parts: str) -> list[str]:
    found = [line for line in text.splitlines() if all(part in line for part in parts)]
    assert len(found) == 1, found
    return [cell.strip() for cell in found[0].split("  ") if cell.strip()]


def test_each_figure_has_one_line_in_human_units(scorecard, console):
    print_scorecard(scorecard, console)

    text = console.file.getvalue()
    assert text.startswith("Scorecard by month, as of 2017-04-02 06:00 UTC\n")
    assert line_with(text, "Tickets created") == [
        "Tickets created",
        "count",
        "2017-03",
        "24,918",
        "+2,000 (+9 %)",
        "–",
    ]
    assert line_with(text, "Full resolution time", "median", "2017-03") == [
        "Full resolution time",
        "median business",
        "2017-03",
        "4.2 h",
        "-35.0 min (-12 %)",
        "3.0 d",
    ]
    assert line_with(text, "p90")[1:] == ["p90", "2017-03", "too few", "–", "–"]
    assert line_with(text, "rate created", "2017-03")[3:] == ["5.1 %", "+1.2 pp", "6.1 %"]
    assert line_with(text, "Replies per ticket")[3:] == ["–", "–", "–"]
    assert "777" not in text
    assert "5,555" not in text


def test_the_headlines_are_what_tells_a_kpi_and_what_is_held_against_something(scorecard, console):
    print_scorecard(scorecard, console, every_figure=False)

    above = console.file.getvalue().split("Targets and benchmarks\n")[0]
    # by its own date, and of its own definition
    assert "rate created" not in above
    assert line_with(above, "Reopen rate")[1] == "rate"
    # business time has a target: it is shown; the p90 has a median beside it
    assert line_with(above, "Full resolution time")[1] == "median business"
    assert "helpdesk scorecard --all" in console.file.getvalue()


def test_targets_and_benchmarks_stand_below(scorecard, console):
    print_scorecard(scorecard, console)

    below = console.file.getvalue().split("Targets and benchmarks\n")[1]
    assert line_with(below, "Full resolution time") == [
        *(
            "Full resolution time",
            "median business",
            "4.2 h",
            "≤ 4.0 h",
            "missed",
            "4.8 h",
            "Zendesk benchma…",
        )
    ]
    assert line_with(below, "Reopen rate") == [
        *("Reopen rate", "rate created", "5.1 %", "≥ 5.0 %", "met", "–")
    ]
    assert "Tickets created" not in below
    assert "SuperOffice" not in below


def test_without_targets_and_benchmarks_there_is_no_such_table(scorecard, console):
    with duckdb.connect(str(scorecard.published_file)) as connection:
        connection.execute("update marts.kpi_scorecard set target = null, benchmark_value = null")
    print_scorecard(scorecard, console)

    assert "Targets" not in console.file.getvalue()


@pytest.mark.parametrize(
    ("statistic", "unit", "figure_unit"),
    [
        ("mean", "seconds", "seconds"),
        ("count", "seconds", "count"),
        ("rate", "seconds", "rate"),
        ("rate", "count", "rate"),
        # so many for each of something else
        ("rate", "ratio", "ratio"),
        ("rate", "money", "money"),
        ("sum", "money", "money"),
        ("count", "money", "count"),
        ("score", "score", "score"),
        ("score", "rate", "rate"),
    ],
)
def test_a_figure_has_the_unit_of_its_statistic(statistic, unit, figure_unit):
    line = Line(
        *("voice", "Name", "context", unit, "kpi", "default", "event", statistic, "none", date(2024, 1, 1)),
        *(None, None, None, None, False, None, None, None, None, None),
    )
    assert line.figure_unit == figure_unit


def test_lines_stand_in_categories_and_fit_100_columns(scorecard):
    wide = Console(file=StringIO(), width=300)
    print_scorecard(scorecard, wide)

    lines = wide.file.getvalue().splitlines()
    assert max(map(len, lines)) <= 100
    headings = [line.strip() for line in lines if line.strip() in ("resolution", "volume and flow")]
    assert headings == ["resolution", "volume and flow"]


def test_figures_of_a_vendor_are_said_to_be_the_vendors(scorecard, console):
    print_scorecard(scorecard, console)

    text = console.file.getvalue()
    assert line_with(text, "rate solved servicenow")[3] == "4.9 %"
    assert "Figures marked servicenow are the vendor's own, as delivered; all others are ours." in text


def test_another_grain(scorecard, console):
    print_scorecard(scorecard, console, grain="week")

    text = console.file.getvalue()
    assert line_with(text, "Tickets created")[2:] == ["2017-W12", "5,555", "0 (+0 %)", "–"]
    assert "vendor" not in text


def test_a_grain_without_a_complete_period_says_so(scorecard, console):
    print_scorecard(scorecard, console, grain="year")

    assert console.file.getvalue() == (
        "Scorecard by year, as of 2017-04-02 06:00 UTC: no year is complete yet\n"
    )


@pytest.mark.parametrize(("kpi", "colour"), [("Reopen rate", "31"), ("Full resolution", "32")])
def test_colours_say_whether_a_change_is_good(scorecard, kpi, colour):
    coloured = Console(file=StringIO(), width=100, force_terminal=True, color_system="standard")
    print_scorecard(scorecard, coloured)

    first = next(line for line in coloured.file.getvalue().splitlines() if kpi in line)
    assert f"\x1b[{colour}m" in first


def test_wrong_use_is_said_in_one_line(warehouse, scorecard, console):
    with pytest.raises(UsageError, match="--grain hour: is none of day, week, month, quarter, year"):
        print_scorecard(scorecard, console, grain="hour")
    with duckdb.connect(str(scorecard.published_file)) as connection:
        connection.execute("drop table marts.kpi_scorecard")
    with pytest.raises(UsageError, match=r"helpdesk\.duckdb: holds no marts\.kpi_scorecard"):
        print_scorecard(scorecard, console)
    warehouse.published_file.unlink()
    with pytest.raises(UsageError, match="nothing is published yet; run helpdesk refresh first"):
        print_scorecard(warehouse, console)


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (None, "seconds", "–"),
        (0, "seconds", "0 s"),
        (59.4, "seconds", "59 s"),
        (59.6, "seconds", "1.0 min"),
        (3598, "seconds", "1.0 h"),
        (172_700, "seconds", "2.0 d"),
        (86_400 * 1500, "seconds", "1,500.0 d"),
        (1, "rate", "100.0 %"),
        (24918, "count", "24,918"),
        (803.806, "count", "803.8"),
        (2.345, "per_ticket", "2.35"),
        (-12.5, "points", "-12.50"),
        (1.254, "ratio", "1.25"),
        (-42.04, "score", "-42.0"),
        (1234.5, "money", "1,234.50"),
    ],
)
def test_values_read_as_people_say_them(value, unit, text):
    assert value_text(value, unit) == text


@pytest.mark.parametrize(
    ("change", "rate", "unit", "text"),
    [
        (None, None, "count", "–"),
        (0, None, "count", "0"),
        (-0.012, -0.3, "rate", "-1.2 pp"),
        (7200, 0.5, "seconds", "+2.0 h (+50 %)"),
        (-3, None, "count", "-3"),
    ],
)
def test_changes_carry_their_sign(change, rate, unit, text):
    assert change_text(change, rate, unit) == text


@pytest.mark.parametrize(
    ("start", "grain", "text"),
    [
        (date(2017, 1, 1), "day", "2017-01-01"),
        (date(2016, 12, 26), "week", "2016-W52"),
        (date(2018, 12, 31), "week", "2019-W01"),
        (date(2017, 10, 1), "quarter", "2017-Q4"),
        (date(2017, 1, 1), "year", "2017"),
    ],
)
def test_periods_have_names(start, grain, text):
    assert period_text(start, grain) == text
