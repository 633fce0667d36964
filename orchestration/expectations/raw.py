"""What raw tables must satisfy, derived from the registry: one suite per stream."""

from collections.abc import Iterable, Mapping
from itertools import chain

from orchestration.expectations.completeness import completeness_checks
from orchestration.expectations.declarations import Check, rows_statement, rows_where
from orchestration.expectations.history import freshness_statement, redelivery_statement, volume_statement
from orchestration.expectations.silence import silence_check
from orchestration.expectations.sql import fill, identifier, literal
from orchestration.expectations.values import instant, is_missing
from orchestration.landing.streams import Stream, parent_of

Registry = Mapping[str, Mapping[str, Stream]]

ABSENT = literal("stream absent")
# Names the record in the extract, never its content: what a check observed is published.
SAMPLE = """concat(_file, ' line ', _line)"""


def raw_checks(streams: Registry) -> list[Check]:
    """The checks of every raw table.

    Args:
        streams: The registry, system → stream name → stream.

    Returns:
        The checks, in the order of the registry, and last the one over all streams.
    """
    suites = (_suite(stream, of_system) for of_system in streams.values() for stream in of_system.values())
    return [*chain.from_iterable(suites), silence_check()]


def _suite(stream: Stream, siblings: Mapping[str, Stream]) -> Iterable[Check]:
    asset = stream.table
    required = [column.name for column in stream.columns if column.required]
    key = [name for name in required if name in stream.key]
    others = [name for name in required if name not in stream.key]
    yield Check(
        asset,
        "columns_exist",
        "error",
        "Every column of the registry is there.",
        kind="ExpectTableColumnsToMatchSet",
        arguments={"column_set": [column.name for column in stream.columns], "exact_match": False},
    )
    if key:
        yield _present(stream, "key_is_present", key)
    if others:
        yield _present(stream, "required_values_are_present", others)
    unknown = "_load_id is null or _load_id not in (select load_id from meta.loads where status = 'landed')"
    yield Check(
        asset,
        "load_is_known",
        "error",
        "Every row belongs to a load that meta.loads says has landed.",
        query=rows_statement(unknown, sample=SAMPLE, when_empty=ABSENT),
        rows=rows_where(unknown),
    )
    if stream.event_time:
        yield from _time_checks(stream, instant(stream, stream.event_time))
    yield Check(
        asset,
        "volume_is_usual",
        "warning",
        "The newest day of loads brought at least half of what earlier days usually bring.",
        query=volume_statement(),
    )
    yield Check(
        asset,
        "redelivery_is_rare",
        "warning",
        "At most half of the rows repeat an earlier row in every column.",
        query=redelivery_statement(["_account", *(column.name for column in stream.columns)]),
    )
    yield from completeness_checks(stream, siblings)
    for column in others + key:
        parent = parent_of(stream, column, siblings)
        if parent:
            yield _referenced(stream, column, parent)


def _present(stream: Stream, name: str, columns: list[str]) -> Check:
    absent = " or ".join(is_missing(stream, column) for column in columns)
    expectation = f"Never missing: {', '.join(columns)}."
    query = rows_statement(absent, sample=SAMPLE, when_empty=ABSENT)
    return Check(stream.table, name, "error", expectation, query=query, rows=rows_where(absent))


def _time_checks(stream: Stream, event_time: str) -> Iterable[Check]:
    name = stream.event_time
    sample = fill("concat($where, ' says ', $column)", where=SAMPLE, column=identifier(str(name)))
    early = f"{event_time} < make_timestamp(1990, 1, 1, 0, 0, 0)"
    yield Check(
        stream.table,
        # Only a warning: landing quarantines such records, and what an earlier release let in stays in raw.
        "event_time_is_after_1990",
        "warning",
        f"{name} is never before 1990.",
        query=rows_statement(early, sample=sample, when_empty=ABSENT),
        rows=rows_where(early),
    )
    late = fill("$event_time > (select as_of + interval 1 day from run)", event_time=event_time)
    yield Check(
        stream.table,
        "event_time_is_not_in_the_future",
        "warning",
        f"At most 1 % of {name} lie more than a day after the run's as-of.",
        query=rows_statement(late, sample=sample, allowed_share=0.01, when_empty=ABSENT),
        rows=rows_where(late),
    )
    yield Check(
        stream.table,
        "data_are_fresh",
        "warning",
        f"The newest {name} of every account is at most the configured number of days old.",
        query=freshness_statement(event_time),
    )


def _referenced(stream: Stream, column: str, parent: Stream) -> Check:
    orphan = fill(
        "exists (select 1 from $parent)"
        " and ($column, _account) not in (select ($key, _account) from $parent)",
        parent=identifier(f"raw_{parent.system}", parent.name),
        column=identifier(column),
        key=identifier(parent.key[0]),
    )
    return Check(
        stream.table,
        f"{column}_is_known",
        "warning",
        f"At most 1 % of {column} are missing in {parent.table}, unless that stream is absent.",
        query=rows_statement(orphan, sample=SAMPLE, allowed_share=0.01, when_empty=ABSENT),
        rows=rows_where(orphan),
    )
