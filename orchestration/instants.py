"""Instants as people give them on the command line, and as they are told to people."""

from datetime import UTC, datetime

from orchestration.errors import UsageError


def read_instant(option: str, text: str) -> datetime:
    """Read an instant; a bare day is its beginning.

    Args:
        option: The option it was given with, for the message.
        text: ISO 8601; without an offset it is UTC.

    Returns:
        The instant in UTC.

    Raises:
        UsageError: The text is not ISO 8601.
    """
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise UsageError(f"{option} {text}: not a timestamp such as 2026-11-01T00:00:00+00:00") from error
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def instant_text(instant: datetime) -> str:
    """An instant for people, to the minute; it is UTC and says so."""
    return f"{instant:%Y-%m-%d %H:%M} UTC"
