"""The entity diagram of core laid out: facts on the left, what they refer to on the right, a line between."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from orchestration.dictionary.subjects import SUBJECTS
from orchestration.dictionary.tables import Column, Table

_WIDTH = 230
_BETWEEN = 130
_HEAD = 28
_ROW = 20
_GAP = 16
_COLOURS = 6


@dataclass(frozen=True)
class Box:
    """A table; lengths in units of the drawing.

    Attributes:
        name: The table, such as ``fct_calls``.
        x: Its left edge.
        y: Its upper edge.
        height: Its height.
        rows: Its columns that refer to something, with the height at which each stands.
    """

    name: str
    x: int
    y: int
    height: int
    rows: tuple[tuple[str, int], ...]
    width: int = _WIDTH


@dataclass(frozen=True)
class Diagram:
    """What one subject's tables refer to.

    Attributes:
        subject: Which of ``SUBJECTS``.
        width: Of the drawing.
        height: Of the drawing.
        boxes: The tables.
        lines: Paths from a column to the table that is meant, each with the number of its colour.
    """

    subject: str
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[tuple[str, int], ...]


def diagrams(tables: Iterable[Table]) -> list[Diagram]:
    """The diagrams of what is published; a subject without a table is left out.

    Args:
        tables: What is published.
    """
    core = {table.name: table for table in tables if table.schema == "core"}
    return [
        _diagram(subject, [core[name] for name in names if name in core])
        for subject, names in SUBJECTS.items()
        if any(name in core for name in names)
    ]


def _diagram(subject: str, facts: list[Table]) -> Diagram:
    arrows = {fact.name: [column for column in fact.columns if _meant(column)] for fact in facts}
    targets = list(dict.fromkeys(_meant(column) for columns in arrows.values() for column in columns))
    between = [fact.name for fact in facts if fact.name in targets]
    ranks = [
        [fact.name for fact in facts if fact.name not in targets],
        between,
        sorted((name for name in targets if name not in between), key=lambda name: (name[:3] != "fct", name)),
    ]
    boxes = _boxes([rank for rank in ranks if rank], arrows)
    height = max(box.y + box.height for box in boxes.values()) + _GAP
    colours = {name: at % _COLOURS + 1 for at, name in enumerate(targets)}
    lines = tuple(
        (_path(boxes[fact], y, boxes[_meant(column)]), colours[_meant(column)])
        for fact, columns in arrows.items()
        for column, (_, y) in zip(columns, boxes[fact].rows, strict=True)
    )
    width = max(box.x for box in boxes.values()) + _WIDTH + 1
    return Diagram(subject, width, height, tuple(boxes.values()), lines)


def _boxes(ranks: list[list[str]], arrows: Mapping[str, list[Column]]) -> dict[str, Box]:
    heights = {
        name: _HEAD + (_ROW * len(arrows[name]) + 6 if arrows.get(name) else 0)
        for rank in ranks
        for name in rank
    }
    tallest = max(sum(heights[name] + _GAP for name in rank) for rank in ranks)
    boxes = {}
    for at, rank in enumerate(ranks):
        y = _GAP // 2 + (tallest - sum(heights[name] + _GAP for name in rank)) // 2
        for name in rank:
            rows = tuple(
                (column.name, y + _HEAD + _ROW * row + _ROW // 2)
                for row, column in enumerate(arrows.get(name, []))
            )
            boxes[name] = Box(name, 1 + at * (_WIDTH + _BETWEEN), y, heights[name], rows)
            y += heights[name] + _GAP
    return boxes


def _meant(column: Column) -> str:
    """The table of core that a column refers to; empty where there is none."""
    schema, _, rest = (column.refers_to or "").partition(".")
    return rest.partition(".")[0] if schema == "core" else ""


def _path(fact: Box, y: int, meant: Box) -> str:
    start, end, middle = fact.x + fact.width, meant.x, meant.y + _HEAD // 2
    if end <= start:
        # Both stand in one column: out to the right and back.
        return f"M{start} {y} C{start + 60} {y} {start + 60} {middle} {start} {middle}"
    bend = min(90, (end - start) // 2)
    return f"M{start} {y} C{start + bend} {y} {end - bend} {middle} {end} {middle}"
