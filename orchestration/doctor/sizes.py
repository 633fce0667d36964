"""Counts, sizes and spans for people."""

from datetime import timedelta


def size_text(size: float) -> str:
    """A size in bytes, to two digits."""
    for unit in ("bytes", "KB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if size >= 10 or unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def span_text(span: timedelta) -> str:
    """How long, in the largest unit of which there are two or more."""
    seconds = span.total_seconds()
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:,.0f} {unit}"
    return f"{seconds:,.0f} seconds"
