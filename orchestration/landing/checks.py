"""What makes a record bad: a required column that is missing, a text that does not read as its type."""

from orchestration.landing.statements import Fragment, compose, identifier, joined
from orchestration.landing.streams import Column, Stream

_ISO_DATE = r"\s*\d{4}-\d{1,2}-\d{1,2}"
_ISO_TIMESTAMP = _ISO_DATE + r"([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}(:?\d{2})?)?)?\s*"
_TIME = r"\s*(([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d+)?)?|24:00(:00(\.0+)?)?)\s*"
_INTEGER = r"\s*[+-]?\d+(\.0*)?\s*"

# DuckDB's casts alone take 'epoch' for a timestamp, '1.5' for the integer 2 and 'infinity' for a date.
_READS_AS: dict[str, tuple[str, tuple[str, ...]]] = {
    "timestamp": (
        "try_cast({column} as timestamptz) is not null and regexp_full_match({column}, ?)",
        (_ISO_TIMESTAMP,),
    ),
    "date": (
        "try_cast({column} as date) is not null and regexp_matches({column}, ?)",
        ("^" + _ISO_DATE + r"([T ]|\s*$)",),
    ),
    "time": ("regexp_full_match({column}, ?)", (_TIME,)),
    "boolean": ("try_cast({column} as boolean) is not null", ()),
    "integer": (
        "try_cast({column} as bigint) is not null and regexp_full_match({column}, ?)",
        (_INTEGER,),
    ),
    "decimal": ("try_cast({column} as decimal(38, 9)) is not null", ()),
    "json": ("json_valid({column})", ()),
}
_NAMES = {"integer": "an integer", "json": "JSON"}
_SHOWN_CHARACTERS = 80


def reason_expression(stream: Stream, delivered: set[str]) -> tuple[Fragment, list[str | None]]:
    """Write the SQL expression that says why a record is bad.

    Args:
        stream: What the columns must hold.
        delivered: Names of the registry's columns that the file has.

    Returns:
        An expression that is every reason of a record, or NULL when the record is good; and its parameters.
    """
    cases: list[Fragment] = []
    parameters: list[str | None] = []
    for column in stream.columns:
        for case, values in _cases(stream, column, column.name in delivered):
            cases.append(case)
            parameters += values
    if not cases:
        return Fragment("cast(null as varchar)"), []
    return compose("nullif(concat_ws('; ', {cases}), '')", cases=joined(cases)), parameters


def _cases(stream: Stream, column: Column, is_delivered: bool) -> list[tuple[Fragment, list[str | None]]]:
    name = identifier(column.name)
    missing = f"required column {column.name} is missing"
    if not is_delivered:
        return [(Fragment("cast(? as varchar)"), [missing])] if column.required else []
    cases: list[tuple[Fragment, list[str | None]]] = []
    is_missing = compose(
        "(coalesce(trim({column}), '') = '' or {column} is not distinct from ?)", column=name
    )
    if column.required:
        cases.append(
            (compose("case when {missing} then ? end", missing=is_missing), [stream.missing_text, missing])
        )
    if column.data_type != "string":
        reads, patterns = _reads(stream, column)
        case = compose(
            "case when {missing} or coalesce({reads}, false) then null"
            " else concat(?, left({column}, {shown}), '''') end",
            missing=is_missing,
            reads=reads,
            column=name,
            shown=Fragment(str(_SHOWN_CHARACTERS)),
        )
        kind = _NAMES.get(column.data_type, f"a {column.data_type}")
        cases.append((case, [stream.missing_text, *patterns, f"{column.name} is not {kind}: '"]))
    return cases


def _reads(stream: Stream, column: Column) -> tuple[Fragment, tuple[str, ...]]:
    template, patterns = _READS_AS[column.data_type]
    reads = compose(template, column=identifier(column.name))
    if column.data_type == "timestamp" and stream.timestamp_format:
        # The same system writes its own format in one export and ISO 8601 in another.
        own = compose("try_strptime({column}, ?) is not null", column=identifier(column.name))
        return compose("({own} or ({iso}))", own=own, iso=reads), (stream.timestamp_format, *patterns)
    return reads, patterns
