"""Which text reads as which data type, no wider than what staging can cast."""

from orchestration.landing.statements import Fragment, Parameter, compose, identifier
from orchestration.landing.streams import Column, Stream

# As staging reads an instant: blanks around it do not count, nor the case of T and Z.
_INSTANT_TEXT = "upper(trim({column}, e' \\t\\r\\n'))"
_ISO_DATE = r"\d{4}-\d{1,2}-\d{1,2}"
_ISO_TIMESTAMP = _ISO_DATE + r"([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?"
_TIME = r"\s*(([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?|24:00(:00(\.0+)?)?)\s*"
_INTEGER = r"\s*[+-]?\d+(\.0*)?\s*"
_BLANK = r"[\s\v\p{Z}]*"

# DuckDB's casts alone take 'epoch' for a timestamp, '1.5' for the integer 2 and 'infinity' for a date.
_READS_AS: dict[str, tuple[str, tuple[str, ...]]] = {
    "string": ("true", ()),
    "timestamp": (
        f"try_cast({_INSTANT_TEXT} as timestamptz) is not null and regexp_full_match({_INSTANT_TEXT}, ?)",
        (_ISO_TIMESTAMP,),
    ),
    "date": (
        "try_cast({column} as date) is not null and regexp_matches({column}, ?)",
        (r"^\s*" + _ISO_DATE + r"([T ]|\s*$)",),
    ),
    "time": ("regexp_full_match({column}, ?)", (_TIME,)),
    "boolean": ("try_cast({column} as boolean) is not null", ()),
    "integer": (
        "try_cast({column} as bigint) is not null and regexp_full_match({column}, ?)",
        (_INTEGER,),
    ),
    "decimal": ("try_cast({column} as decimal(18, 4)) is not null", ()),
    "json": ("json_valid({column})", ()),
}


def reads(stream: Stream, column: Column) -> tuple[Fragment, list[Parameter]]:
    """Write the SQL condition that a text reads as the type of its column.

    Args:
        stream: The stream, for the format of its timestamps.
        column: The column.

    Returns:
        The condition, NULL for no text; and its parameters.
    """
    template, patterns = _READS_AS[column.data_type]
    condition = compose(template, column=identifier(column.name))
    if column.data_type == "timestamp" and stream.timestamp_format:
        # The same system writes its own format in one export and ISO 8601 in another.
        own = compose("try_strptime({column}, ?) is not null", column=identifier(column.name))
        return compose("({own} or ({iso}))", own=own, iso=condition), [stream.timestamp_format, *patterns]
    return condition, [*patterns]


def instant(stream: Stream, column: Column) -> tuple[Fragment, list[Parameter]]:
    """Write the SQL expression of the UTC timestamp that a text means, and its parameters.

    A text without an offset counts as UTC here: close enough to tell decades apart.
    """
    iso = compose(
        f"try_cast({_INSTANT_TEXT} as timestamptz) at time zone 'UTC'", column=identifier(column.name)
    )
    if stream.timestamp_format is None:
        return compose("({iso})", iso=iso), []
    own = compose("try_strptime({column}, ?)", column=identifier(column.name))
    return compose("coalesce({own}, {iso})", own=own, iso=iso), [stream.timestamp_format]


def has_offset(column: Column) -> Fragment:
    """Write the SQL condition that the text of an instant says its offset from UTC."""
    condition = f"regexp_matches(substr({_INSTANT_TEXT}, 9), '[Z+-]')"
    return compose(condition, column=identifier(column.name))


def is_blank(name: str) -> tuple[Fragment, list[Parameter]]:
    """Write the SQL condition that a text is nothing but blanks, NULL for no text; and its parameters."""
    # Nearly every text begins with a visible ASCII character: comparing tells that at less cost.
    test = "case when {column} between '!' and '~' then false else regexp_full_match({column}, ?) end"
    return compose(test, column=identifier(name)), [_BLANK]
