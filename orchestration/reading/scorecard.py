"""``helpdesk scorecard``: the last complete period against the one before, last year, targets, benchmarks."""

from collections import defaultdict
from itertools import groupby

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from orchestration.errors import UsageError
from orchestration.instants import instant_text
from orchestration.publishing.record import read_publication
from orchestration.reading.figures import Line, read_lines
from orchestration.reading.units import NO_FIGURE, change_text, period_text, target_text, value_text
from orchestration.warehouse import Warehouse

GRAINS = ("day", "week", "month", "quarter", "year")
_WIDEST = 100
_NAME_WIDTH = 25
_FIGURE_WIDTH = 22
_SOURCE_WIDTH = 16
_TOO_FEW = "too few"
_STATUS_COLOURS = {"met": "green", "missed": "red"}


def print_scorecard(
    warehouse: Warehouse, console: Console, *, grain: str = "month", every_figure: bool = True
) -> None:
    """Print the scorecard of all tickets, one line per KPI and statistic; below, targets and benchmarks.

    Args:
        warehouse: The warehouse.
        console: Where to print; at most 100 columns are used.
        grain: day, week, month, quarter or year.
        every_figure: Whether every variant, date, clock and statistic of a KPI is wanted, or what tells it.

    Raises:
        UsageError: Nothing is published, or there is no such grain.
    """
    if grain not in GRAINS:
        raise UsageError(f"--grain {grain}: is none of {', '.join(GRAINS)}")
    record = read_publication(warehouse)
    if record is None:
        raise UsageError(f"{warehouse.published_file}: nothing is published yet; run helpdesk refresh first")
    lines, systems = read_lines(warehouse, grain, every_figure=every_figure)
    heading = f"Scorecard by {grain}, as of {instant_text(record.as_of)}"
    if not lines:
        console.print(f"{heading}: no {grain} is complete yet", highlight=False)
        return
    console.print(heading, highlight=False)
    console.print(_table(lines, grain), width=min(console.width, _WIDEST))
    judged = [line for line in lines if line.is_judged]
    if judged:
        console.print("Targets and benchmarks", highlight=False)
        console.print(_judged_table(judged, _attributions(lines)), width=min(console.width, _WIDEST))
    if not every_figure:
        console.print("Every variant, clock and percentile: helpdesk scorecard --all", highlight=False)
    vendors = sorted({line.variant for line in lines if "vendor" in line.variant or line.variant in systems})
    if vendors:
        console.print(
            f"Figures marked {', '.join(vendors)} are the vendor's own, as delivered; all others are ours.",
            markup=False,
            highlight=False,
        )


def _table(lines: list[Line], grain: str) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("KPI", no_wrap=True)
    table.add_column("Figure", no_wrap=True)
    table.add_column("Period", no_wrap=True)
    for heading in ("Value", "Change", "Last year"):
        table.add_column(heading, justify="right", no_wrap=True)
    attributions = _attributions(lines)
    for category, members in groupby(lines, key=lambda line: line.category):
        table.add_row(Text(category.replace("_", " "), style="bold"))
        for line in members:
            table.add_row(
                _cut(f"  {line.name}", _NAME_WIDTH),
                _cut(_figure_text(line, has_others=len(attributions[line.kpi_id]) > 1), _FIGURE_WIDTH),
                period_text(line.period_start, grain),
                _value_text(line),
                Text(change_text(line.change, line.change_rate, line.figure_unit), style=_colour(line)),
                value_text(line.last_year_value, line.figure_unit),
            )
    return table


def _judged_table(lines: list[Line], attributions: dict[str, set[str]]) -> Table:
    table = Table(box=SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("KPI", no_wrap=True)
    table.add_column("Figure", no_wrap=True)
    for heading in ("Value", "Target"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("Status", no_wrap=True)
    table.add_column("Benchmark", justify="right", no_wrap=True)
    table.add_column("Source", no_wrap=True)
    for line in lines:
        table.add_row(
            _cut(line.name, _NAME_WIDTH),
            _cut(_figure_text(line, has_others=len(attributions[line.kpi_id]) > 1), _FIGURE_WIDTH),
            _value_text(line),
            target_text(line.target, line.target_comparator, line.figure_unit),
            Text(line.status or NO_FIGURE, style=_STATUS_COLOURS.get(line.status or "", "")),
            value_text(line.benchmark_value, line.figure_unit),
            _cut((line.benchmark_source or "") if line.benchmark_value is not None else "", _SOURCE_WIDTH),
        )
    return table


def _attributions(lines: list[Line]) -> dict[str, set[str]]:
    attributions: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        attributions[line.kpi_id].add(line.attribution)
    return attributions


def _value_text(line: Line) -> str:
    return _TOO_FEW if line.is_suppressed else value_text(line.value, line.figure_unit)


def _cut(text: str, width: int) -> Text:
    # Names are cut where they are long, so that figures never are.
    cut = Text(text)
    cut.truncate(width, overflow="ellipsis")
    return cut


def _figure_text(line: Line, *, has_others: bool) -> str:
    parts = [line.statistic]
    if line.clock == "business":
        parts.append("business")
    if has_others and not (line.variant.startswith("vendor") and line.attribution == "solved"):
        parts.append(line.attribution)
    if line.variant != "default":
        parts.append(line.variant)
    return " ".join(parts)


def _colour(line: Line) -> str:
    if not line.change or line.direction == "context":
        return ""
    return "green" if (line.change > 0) == (line.direction == "higher_is_better") else "red"
