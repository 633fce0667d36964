"""Rows of two clients compared: a number is a number, and an instant an instant, however it is written."""

import math
from datetime import date, datetime
from decimal import Decimal
from typing import Any

# Sums and means of doubles depend on the order in which a version adds them up.
_RELATIVE = 1e-9


def same_rows(told: list[list], own: list[tuple]) -> bool:
    """Whether a client told the rows that this project's DuckDB tells, in whichever order."""
    if len(told) != len(own):
        return False
    kinds = [_kind([row[at] for row in own]) for at in range(len(own[0]))] if own else []
    read = [
        sorted(
            ([_read(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in rows), key=_order
        )
        for rows in (told, own)
    ]
    return all(
        all(_same(one, other) for one, other in zip(*pair, strict=True)) for pair in zip(*read, strict=True)
    )


def _kind(values: list[Any]) -> type:
    return next((type(value) for value in values if value is not None), type(None))


def _read(value: Any, kind: type) -> Any:
    if value is None or isinstance(value, kind):
        read = value
    elif kind is datetime:
        read = datetime.fromisoformat(value)
    elif kind is date:
        # For a data frame a day is its midnight.
        read = datetime.fromisoformat(value).date()
    elif kind is bool:
        # DuckDB's command line has flags in quotation marks.
        read = {"true": True, "false": False}.get(value, value)
    elif kind is int:
        # Counts with gaps are no whole numbers in a data frame.
        read = int(value) if float(value).is_integer() else value
    elif kind in (float, Decimal):
        read = Decimal(value)
    else:
        read = value
    return float(read) if isinstance(read, (float, Decimal)) else read


def _order(row: list[Any]) -> list[str]:
    """Sort by what is exact first."""
    return [str(value) for value in row if not isinstance(value, float)] + [
        f"{value:.6e}" for value in row if isinstance(value, float)
    ]


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, float) or isinstance(other, float):
        return one is not None and other is not None and math.isclose(one, other, rel_tol=_RELATIVE)
    return one == other and (one is None) == (other is None)
