"""Whatever lands can be cast as staging casts it: raw is append-only, so one value that cannot locks all."""

import tempfile
from pathlib import Path

import duckdb
from hypothesis import example, given, settings
from hypothesis import strategies as st

from orchestration.landing.streams import Column, Stream, load_streams

from .conftest import Landed, json_lines, ticket

STREAMS = load_streams()
SERVICENOW = STREAMS["servicenow"]["incidents"]
BASES = {
    STREAMS["generic"]["tickets"]: ticket(1),
    STREAMS["generic"]["messages"]: {
        "message_id": "1",
        "ticket_id": "1",
        "sent_at": "2026-01-05",
        "author_type": "agent",
    },
    STREAMS["generic"]["agents"]: {"agent_id": "1"},
    STREAMS["generic"]["schedules"]: {
        "schedule_id": "1",
        "time_zone": "UTC",
        "weekday": "1",
        "opens": "09:00",
        "closes": "24:00",
    },
    SERVICENOW: {
        "number": "INC1",
        "incident_state": "New",
        "sys_mod_count": "0",
        "opened_at": "1/2/2016 01:16",
        "sys_updated_at": "1/2/2016 01:16",
    },
}

BLANK = st.text(" \t\n\r\v\f\u00a0\u3000", max_size=2)
NUMBER = st.one_of(
    st.integers(-(10**20), 10**20).map(str),
    st.decimals().map(str),
    st.floats().map(repr),
    st.sampled_from(["1e400", "1e14", "-1e-400", "99999999999999.99995", "NaN", "1_000", "7.", ".5", "٥"]),
)
DAYS = ["1970-01-01", "2026-02-29", "2026-1-5", "0000-01-01", "9999-12-31", "290000-01-01", "epoch"]
TIMES = ["", "T", "t24:00", " 09:00", "T23:59:60", "T9:00:00.1234567891"]
OFFSETS = ["", "Z", "z", "+99:99", "-0330", "+2", " Europe/Riga", " (BC)"]
INSTANT = st.one_of(
    st.datetimes().map(str),
    st.tuples(st.sampled_from(DAYS), st.sampled_from(TIMES), st.sampled_from(OFFSETS)).map("".join),
    st.sampled_from(["31/12/2016 23:59", "1/1/70 00:00", "29/2/2017 01:00", "infinity", "20240101T000000Z"]),
)
WORD = st.sampled_from(
    [
        "true",
        "FALSE",
        "tRuE",
        "N",
        "yes",
        "on",
        "?",
        "null",
        "[",
        "{}",
        "\x00",
        "24:00",
        "9:5",
        "UTC",
        "IST",
        "Bot",
    ]
)
ODD = st.one_of(BLANK, NUMBER, INSTANT, WORD)
VALUE = st.one_of(ODD, st.tuples(BLANK, ODD, BLANK).map("".join))

# As staging reads a value that is there; its NULL where it must not be one is as bad as an error.
CASTS = {
    "boolean": "cast(trim(value) as boolean)",
    "integer": "cast(trim(value) as bigint)",
    "decimal": "cast(trim(value) as decimal(18, 4))",
    "date": "cast(trim(value) as date)",
    "json": "cast(value as json)",
    "time": "coalesce(try_cast(trim(value) as time), cast(replace(trim(value), '24:', '00:') as time))",
    "timestamp": "cast(upper(trim(value, e' \\t\\r\\n')) as timestamptz) at time zone 'UTC'",
    "string": "value",
}
DOMAINS = {
    "weekday": "cast(value as bigint) between 1 and 7",
    "author_type": "lower(trim(value)) in ('agent', 'customer', 'bot', 'system')",
    "time_zone": "timezone(trim(value), make_timestamp(2026, 1, 5, 9, 0, 0)) is not null",
    "created_at": "year(instant) between 1990 and 2200",
    "sent_at": "year(instant) between 1990 and 2200",
    "opened_at": "year(instant) between 1990 and 2200",
    "sys_updated_at": "year(instant) between 1990 and 2200",
}


def checked_columns(stream: Stream) -> list[Column]:
    return [column for column in stream.columns if column.data_type != "string" or column.name in DOMAINS]


def unread(helpdesk: Landed, stream: Stream, column: Column) -> list[tuple[object, ...]]:
    """Landed values of a column that staging does not read, or that its models do not expect."""
    cast = CASTS[column.data_type]
    if stream is SERVICENOW and column.data_type == "timestamp":
        own = f"try_strptime(value, '{stream.timestamp_format}')"
        cast = f"case when {own} is not null then {own} else {cast} end"
    return helpdesk.rows(f"""
        with present as (
            select "{column.name}" as value from {stream.table}
            where nullif(trim("{column.name}"), '') is not null and "{column.name}" <> '?'
        ), read as (
            select value, {cast} as instant from present
        )
        select value from read where instant is null or not ({DOMAINS.get(column.name, "true")})
    """)


@settings(max_examples=15, deadline=None)
@example(
    values=["", " ", "9223372036854775808", "1e400", "1e14", "NaN", "2026-02-30", "1970-01-01", "0", "IST"]
)
@given(values=st.lists(VALUE, min_size=1, max_size=12))
def test_every_landed_value_can_be_cast(values: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        helpdesk = Landed(Path(folder), connection)
        written = 0
        for stream, base in BASES.items():
            odd = [{**base, column.name: value} for column in checked_columns(stream) for value in values]
            written += len(odd)
            helpdesk.write(f"{stream.system}/{stream.name}/a.jsonl", json_lines(*odd))
        helpdesk.land(limit=1)
        for stream in BASES:
            for column in checked_columns(stream):
                assert unread(helpdesk, stream, column) == []
        assert helpdesk.rows("select sum(rows_landed + rows_quarantined) from meta.loads") == [(written,)]


def test_values_as_they_should_be_land() -> None:
    good = {
        "boolean": ["true", "F", "1"],
        "integer": ["-5", "7.0"],
        "decimal": ["1e3", "-99999999999999.9999"],
        "date": ["2026-01-05", "2026-1-5 00:00"],
        "json": ["[]", '{"a": 1}'],
        "time": ["24:00", "9:05"],
        "timestamp": ["2026-01-05T09:00:00z", "2026-01-05 09:00+02"],
    }
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        helpdesk = Landed(Path(folder), connection)
        for stream, base in BASES.items():
            records = [
                {**base, column.name: value}
                for column in checked_columns(stream)
                if column.name not in ("weekday", "author_type", "time_zone")
                for value in good[column.data_type]
            ]
            helpdesk.write(f"{stream.system}/{stream.name}/a.jsonl", json_lines(*records))
        helpdesk.land(limit=0)
        assert helpdesk.quarantine() == []
        for stream in BASES:
            for column in checked_columns(stream):
                assert unread(helpdesk, stream, column) == []
