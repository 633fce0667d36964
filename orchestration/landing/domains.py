"""What a value must be beyond its type, so that no model or check ever stumbles over a landed record."""

from collections.abc import Iterator
from dataclasses import dataclass
from zoneinfo import available_timezones

from orchestration.landing.data_types import instant
from orchestration.landing.statements import Fragment, Parameter, compose, identifier
from orchestration.landing.streams import Column, Stream

# Broken exports write 1970-01-01 for "no time"; a calendar from then, or to the year 9999, helps nobody.
_FIRST_YEAR = 1990
_LAST_YEAR = 2200


@dataclass(frozen=True)
class Rule:
    """One rule of a column.

    Attributes:
        is_broken: SQL condition over a value that reads as the column's type.
        parameters: Its parameters.
        told: What is said of a value that breaks it.
    """

    is_broken: Fragment
    parameters: list[Parameter]
    told: str


def rules(stream: Stream, column: Column) -> Iterator[Rule]:
    """Give the rules of a column, from what the registry says of it.

    Args:
        stream: Its stream.
        column: The column.

    Yields:
        The rules, in the order in which they are told.
    """
    name = identifier(column.name)
    if column.data_type == "timestamp" and column.required:
        moment, parameters = instant(stream, column)
        before = compose("{moment} < make_timestamp(cast(? as bigint), 1, 1, 0, 0, 0)", moment=moment)
        after = compose("{moment} >= make_timestamp(cast(? as bigint), 1, 1, 0, 0, 0)", moment=moment)
        yield Rule(before, [*parameters, _FIRST_YEAR], f"is before {_FIRST_YEAR}")
        yield Rule(after, [*parameters, _LAST_YEAR + 1], f"is after {_LAST_YEAR}")
    if column.minimum is not None and column.maximum is not None:
        outside = compose("try_cast({column} as bigint) not between ? and ?", column=name)
        told = f"is not within {column.minimum} and {column.maximum}"
        yield Rule(outside, [column.minimum, column.maximum], told)
    if column.values:
        other = compose("not list_contains(?, lower(trim({column})))", column=name)
        yield Rule(other, [list(column.values)], f"is not one of {', '.join(column.values)}")
    if column.is_time_zone:
        # A zone must be one by the IANA's word and one that the database can reckon with.
        unknown = compose(
            "{is_iana} and (not list_contains(?, trim({column}))"
            " or trim({column}) not in (select name from pg_timezone_names()))",
            is_iana=compose("contains({column}, '/')", column=name)
            if column.has_own_zone_names
            else Fragment("true"),
            column=name,
        )
        zones: list[str] = sorted(available_timezones() - {"localtime"})
        yield Rule(unknown, [zones], "is not an IANA time zone such as Europe/Riga")
