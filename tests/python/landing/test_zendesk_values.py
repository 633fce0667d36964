"""What a value of Zendesk's must be to land: zones that can be reckoned with, instants within reason."""

import csv
import json
import tempfile
from pathlib import Path
from zoneinfo import available_timezones

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestration.landing.streams import load_streams
from orchestration.warehouse import PROJECT_ROOT

from .conftest import Landed, json_lines
from .test_casts import VALUE, checked_columns, unread

SEED = PROJECT_ROOT / "seeds" / "zendesk_time_zones.csv"
INSTANT = "2026-01-05T09:00:00Z"

STREAMS = load_streams()["zendesk"]
BASES: dict[str, dict[str, object]] = {
    "tickets": {"id": 1, "created_at": INSTANT, "status": "open"},
    "ticket_audits": {"id": 1, "ticket_id": 2, "created_at": INSTANT, "events": "[]"},
    "ticket_comments": {"id": 1, "ticket_id": 2, "created_at": INSTANT, "public": True},
    "ticket_metric_events": {"id": 1, "ticket_id": 2, "metric": "m", "type": "t", "time": INSTANT},
    "holidays": {"id": 1, "schedule_id": 2, "start_date": "2026-12-24", "end_date": "2026-12-26"},
    "calls": {"id": 1, "created_at": INSTANT, "direction": "inbound"},
    "article_votes": {"id": 1, "created_at": INSTANT, "item_id": 2, "item_type": "Article", "value": 1},
}


def mapped_zones() -> dict[str, str]:
    with SEED.open(encoding="utf-8", newline="") as file:
        return {row["zendesk_time_zone"]: row["time_zone"] for row in csv.DictReader(file)}


def test_every_mapped_zone_is_known_to_python_and_to_the_database() -> None:
    zones = mapped_zones()
    known = {name for (name,) in duckdb.execute("select name from pg_timezone_names()").fetchall()}
    assert set(zones.values()) - available_timezones() == set()
    assert set(zones.values()) - known == set()
    assert len(zones) > 150


def test_names_that_zendesk_writes_are_mapped() -> None:
    zones = mapped_zones()
    assert [name for name in zones if "/" in name] == []
    assert zones["New Caledonia"] == "Pacific/Noumea"
    assert zones["Eastern Time (US & Canada)"] == "America/New_York"
    assert zones["Nuku'alofa"] == "Pacific/Tongatapu"
    assert zones["UTC"] == "Etc/UTC"


def test_both_engines_read_the_seed_as_it_is_written() -> None:
    rows = duckdb.execute("select * from read_csv(?, header = true)", [str(SEED)]).fetchall()
    assert dict(rows) == mapped_zones()


def schedule(number: int, time_zone: object) -> dict[str, object]:
    return {"id": number, "time_zone": time_zone, "intervals": [], "updated_at": INSTANT}


def test_a_schedule_has_a_name_of_zendesk_s_or_of_the_iana(helpdesk: Landed) -> None:
    zones = ["New Caledonia", "Somewhere New", "Europe/Riga", "Europe/Rigaa", None]
    lines = json_lines(*(schedule(number, zone) for number, zone in enumerate(zones, start=1)))
    helpdesk.write("zendesk/schedules/a.jsonl", lines)
    helpdesk.land(limit=0.5)
    # A new name of Zendesk's lands: the models say that it is not mapped, and no record is lost.
    assert helpdesk.rows("select time_zone from raw_zendesk.schedules order by _line") == [
        ("New Caledonia",),
        ("Somewhere New",),
        ("Europe/Riga",),
    ]
    assert helpdesk.quarantine() == [
        (4, "time_zone is not an IANA time zone such as Europe/Riga: 'Europe/Rigaa'"),
        (5, "required column time_zone is missing"),
    ]


def test_an_instant_in_milliseconds_or_before_all_time_does_not_land(helpdesk: Landed) -> None:
    stamps = [1767603600, None, 1767603600000, 0, "soon"]
    records = [
        {"id": number, "created_at": INSTANT, "status": "open", "generated_timestamp": stamp}
        for number, stamp in enumerate(stamps, start=1)
    ]
    helpdesk.write("zendesk/tickets/a.jsonl", json_lines(*records))
    helpdesk.land(limit=1)
    assert helpdesk.rows("select id from raw_zendesk.tickets order by _line") == [("1",), ("2",)]
    assert helpdesk.quarantine() == [
        (3, "generated_timestamp is not within 631152000 and 7289654399: '1767603600000'"),
        (4, "generated_timestamp is not within 631152000 and 7289654399: '0'"),
        (5, "generated_timestamp is not an integer: 'soon'"),
    ]


@settings(max_examples=10, deadline=None)
@given(values=st.lists(VALUE, min_size=1, max_size=12))
def test_every_landed_value_can_be_cast(values: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as connection:
        helpdesk = Landed(Path(folder), connection)
        for name, base in BASES.items():
            odd = [
                {**base, column.name: value} for column in checked_columns(STREAMS[name]) for value in values
            ]
            helpdesk.write(f"zendesk/{name}/a.jsonl", json_lines(*odd))
        helpdesk.land(limit=1)
        for name in BASES:
            for column in checked_columns(STREAMS[name]):
                assert unread(helpdesk, STREAMS[name], column) == []
        instants = "make_timestamp(1000000 * cast(generated_timestamp as bigint))"
        assert (
            helpdesk.rows(
                f"select 1 from raw_zendesk.tickets where year({instants}) not between 1990 and 2200"
            )
            == []
        )


def test_records_as_the_api_gives_them_land_as_written(helpdesk: Landed) -> None:
    metrics = {
        "id": 9515133612047,
        "ticket_id": 160,
        "reply_time_in_minutes": {"calendar": 97667, "business": 23040},
    }
    leg = {
        "id": 360167085115,
        "created_at": INSTANT,
        "agent_id": 0,
        "call_id": 360088814475,
        "call_charge": "0.003",
    }
    policy = {
        "id": 360001110696,
        "title": "t",
        "filter": {"all": [{"value": 9007199254740993}]},
        "policy_metrics": [],
    }
    helpdesk.write("zendesk/ticket_metrics/a.jsonl", json_lines(metrics))
    helpdesk.write("zendesk/call_legs/a.jsonl", json_lines(leg))
    helpdesk.write("zendesk/sla_policies/a.json", json.dumps([policy]))
    helpdesk.land(limit=0)
    assert helpdesk.rows("select id, reply_time_in_minutes from raw_zendesk.ticket_metrics") == [
        ("9515133612047", '{"calendar":97667,"business":23040}')
    ]
    assert helpdesk.rows("select call_id, agent_id, call_charge from raw_zendesk.call_legs") == [
        ("360088814475", "0", "0.003")
    ]
    assert helpdesk.rows("select filter from raw_zendesk.sla_policies") == [
        ('{"all":[{"value":9007199254740993}]}',)
    ]
