"""The figures of the site, read from a published file: one series per figure, slice value and grain."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.report.limits import Limits
from orchestration.report.packed import in_places
from orchestration.report.pages import FIGURE_COLUMNS, FigureName, all_figures

_QUERIES = Path(__file__).parent / "queries"
_COLUMNS = ", ".join(f"{column} varchar" for column in ("figure", *FIGURE_COLUMNS))
Row = dict[str, Any]


@dataclass(frozen=True)
class Figures:
    """What the charts show.

    Attributes:
        periods: First day of each period, by grain, the oldest first.
        slices: Values that can be chosen, by slice, the busiest first.
        slice_counts: How many values a slice has in all.
        series: By slice, figure, place of the slice value, and grain.
    """

    periods: Mapping[str, list[str]]
    slices: Mapping[str, list[str]]
    slice_counts: Mapping[str, int]
    series: Mapping[str, Mapping[FigureName, Mapping[str, Mapping[str, object]]]]


def rows(connection: duckdb.DuckDBPyConnection, query: str, **parameters: object) -> list[Row]:
    """The answer to one of the queries beside this module.

    Args:
        connection: A published file, read-only.
        query: Name of the file in ``queries/``.
        parameters: Values of its ``$parameters``.
    """
    statement = (_QUERIES / f"{query}.sql").read_text(encoding="utf-8")
    return named_rows(connection, statement, parameters or None)


def named_rows(connection: duckdb.DuckDBPyConnection, statement: str, parameters: object = None) -> list[Row]:
    """The answer to a query, its values by the names of their columns.

    Args:
        connection: A published file, read-only.
        statement: The query.
        parameters: Its parameters.
    """
    found = connection.execute(statement, parameters)
    names = [column[0] for column in found.description or ()]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]


def read_figures(connection: duckdb.DuckDBPyConnection, limits: Limits) -> Figures:
    """Every figure of the site, within the limits of the page.

    Args:
        connection: A published file, read-only; temporary tables are made beside it.
        limits: How much is told.
    """
    connection.execute(f"create or replace temp table figures ({_COLUMNS})")
    connection.executemany(
        "insert into figures values (?, ?, ?, ?, ?, ?)", [[name, *name.split(":")] for name in all_figures()]
    )
    connection.execute(
        "create or replace temp table limits (period_grain varchar, all_periods bigint, each_periods bigint)"
    )
    connection.executemany(
        "insert into limits values (?, ?, ?)",
        [[grain, count, limits.of_each[grain]] for grain, count in limits.of_all.items()],
    )
    rows(connection, "axis")
    rows(connection, "shown_slices", most=limits.slice_values)
    periods = defaultdict(list)
    for grain, start in connection.execute(
        "select period_grain, cast(period_start as varchar) from axis order by period_grain, position"
    ).fetchall():
        periods[grain].append(start)
    slices: dict[str, list[str]] = defaultdict(list)
    counts: dict[str, int] = {}
    for slice_name, value, count in connection.execute(
        "select slice, slice_value, value_count from shown_slices where slice <> 'all' order by slice, place"
    ).fetchall():
        slices[slice_name].append(value)
        counts[slice_name] = count
    places = {(name, value): str(at) for name in slices for at, value in enumerate(slices[name])}
    return Figures(periods, slices, counts, _series(rows(connection, "series"), places))


def _series(
    found: list[Row], places: Mapping[tuple[str, str], str]
) -> dict[str, dict[FigureName, dict[str, dict[str, object]]]]:
    series: dict[str, dict[FigureName, dict[str, dict[str, object]]]] = {}
    for row in found:
        of_figure = series.setdefault(row["slice"], {}).setdefault(row["figure"], {})
        # By its place among the slices: a team may have any name, one that means something to JavaScript too.
        place = places.get((row["slice"], row["slice_value"]), "0")
        of_figure.setdefault(place, {})[row["period_grain"]] = _points(row)
    return series


def _points(row: Row) -> dict[str, object]:
    """One series with short names, its values in the places of their periods from the first it has."""
    first = row["positions"][0]
    points: dict[str, object] = {"s": first, "v": in_places(row["positions"], row["values"])}
    if row["ns"] is not None:
        points["n"] = in_places(row["positions"], row["ns"])
    if row["censored"] is not None:
        points["c"] = in_places(row["positions"], row["censored"])
    for name, column in (("i", "incomplete"), ("u", "suppressed")):
        if row[column]:
            points[name] = row[column]
    return points
