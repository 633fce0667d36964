"""Figures in units people think in."""

from datetime import date

_MINUTE, _HOUR, _DAY = 60, 3600, 86400
NO_FIGURE = "–"


def value_text(value: float | None, unit: str) -> str:
    """A figure in its unit.

    Args:
        value: Seconds for ``seconds``, a share (0–1) for ``rate``; None where it has no denominator.
        unit: Unit of the figure, as in ``marts.dim_kpi``: also ``ratio``, ``score`` and ``money``
            (in the reporting currency, which the figure does not name).

    Returns:
        Such as ``4.2 h``, ``91.3 %``, ``24,918``, ``1.25``; a dash for None.
    """
    if value is None:
        return NO_FIGURE
    match unit:
        case "seconds":
            return _duration_text(value)
        case "rate":
            return f"{value * 100:,.1f} %"
        case "count":
            return f"{value:,.0f}" if value == round(value) else f"{value:,.1f}"
        case "score":
            return f"{value:,.1f}"
        case _:
            return f"{value:,.2f}"


def target_text(target: float | None, comparator: str | None, unit: str) -> str:
    """A target with its direction: ``≥ 80.0 %``, ``≤ 24.0 h``; a dash for None.

    Args:
        target: The bound, in the figure's unit.
        comparator: at_least or at_most.
        unit: Unit of the figure.
    """
    if target is None:
        return NO_FIGURE
    return f"{'≤' if comparator == 'at_most' else '≥'} {value_text(target, unit)}"


def change_text(change: float | None, rate: float | None, unit: str) -> str:
    """A change with its sign: rates in percentage points, all else with the relative change.

    Args:
        change: Value minus the previous value, in the value's unit.
        rate: Change as a share of the previous value.
        unit: Unit of the figure.

    Returns:
        Such as ``+1.2 pp`` or ``-35.0 min (-12 %)``; a dash for None.
    """
    if change is None:
        return NO_FIGURE
    if unit == "rate":
        return f"{change * 100:+,.1f} pp"
    sign = "+" if change > 0 else "-" if change < 0 else ""
    relative = "" if rate is None else f" ({rate * 100:+,.0f} %)"
    return f"{sign}{value_text(abs(change), unit)}{relative}"


def period_text(start: date, grain: str) -> str:
    """A period by its name: ``2017-03``, ``2017-W12``, ``2017-Q1``, ``2017``, ``2017-03-31``.

    Args:
        start: First day of the period.
        grain: day, week, month, quarter or year.
    """
    match grain:
        case "week":
            return f"{start:%G-W%V}"
        case "month":
            return f"{start:%Y-%m}"
        case "quarter":
            return f"{start:%Y}-Q{(start.month + 2) // 3}"
        case "year":
            return f"{start:%Y}"
        case _:
            return f"{start:%Y-%m-%d}"


def _duration_text(seconds: float) -> str:
    # The limits lie where rounding would show 60 s, 60.0 min or 48.0 h.
    if seconds < _MINUTE - 0.5:
        return f"{seconds:.0f} s"
    if seconds < _HOUR - 3:
        return f"{seconds / _MINUTE:.1f} min"
    if seconds < 2 * _DAY - 180:
        return f"{seconds / _HOUR:.1f} h"
    return f"{seconds / _DAY:,.1f} d"
