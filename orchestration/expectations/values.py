"""How a raw text value is read: when it is missing, and which instant it means."""

from orchestration.expectations.sql import fill, identifier, literal
from orchestration.landing.streams import Stream

# A cast to TIMESTAMP drops an offset; one to TIMESTAMPTZ reads a text without offset in this machine's zone.
_TEXT = r"upper(trim($column, e' \t\r\n'))"
_ISO_INSTANT = f"""case when regexp_matches(substr({_TEXT}, 9), '[Z+-]')
  then timezone('UTC', try_cast({_TEXT} as timestamptz)) else try_cast({_TEXT} as timestamp) end"""


def is_missing(stream: Stream, column: str) -> str:
    """SQL that is true where a raw text column of a stream says nothing."""
    missing = literal(stream.missing_text or "")
    return fill("(coalesce($column, '') in ('', $missing))", column=identifier(column), missing=missing)


def instant(stream: Stream, column: str) -> str:
    """SQL that reads a raw text column of a stream as a UTC timestamp; NULL where it is none."""
    if stream.timestamp_format:
        form = literal(stream.timestamp_format)
        own_or_iso = f"coalesce(try_strptime($column, $form), {_ISO_INSTANT})"
        return fill(own_or_iso, column=identifier(column), form=form)
    return fill(_ISO_INSTANT, column=identifier(column))
