"""What a lake holds is what has landed: every value, of every landing, once."""

import json

import pytest
from pyarrow import parquet

from orchestration.errors import RefusedError
from orchestration.lake.landings import known_landings
from orchestration.lake.verify import verify_landings

from ..landing.conftest import Landed, json_lines, ticket
from .conftest import TABLES, Shipping

FIRST, SECOND = "landing=20260301T020000Z", "landing=20260301T020001Z"


def ship_two(shipping: Shipping) -> None:
    shipping.land_first()
    assert shipping.ship() == [FIRST]
    shipping.land_second()
    assert shipping.ship() == [SECOND]


def test_a_lake_reads_as_the_tables_that_landed(shipping: Shipping) -> None:
    ship_two(shipping)
    for table in TABLES:
        shipping.assert_same(table)
    assert shipping.read("landing=*/raw_generic/tickets").count("*").fetchall() == [(9,)]
    assert shipping.told == [f"{FIRST}: 6 records shipped", f"{SECOND}: 4 records shipped"]
    assert not shipping.scratch.exists()


def test_every_landing_is_a_folder_that_says_when_it_is_whole(shipping: Shipping) -> None:
    ship_two(shipping)
    assert shipping.files() == [
        f"{FIRST}/_SUCCESS",
        f"{FIRST}/meta/loads/records.parquet",
        f"{FIRST}/meta/quarantine/records.parquet",
        f"{FIRST}/raw_generic/messages/records.parquet",
        f"{FIRST}/raw_generic/tickets/records.parquet",
        f"{SECOND}/_SUCCESS",
        f"{SECOND}/meta/loads/records.parquet",
        f"{SECOND}/raw_generic/tickets/records.parquet",
    ]
    assert sorted(path.name for path in shipping.folder.iterdir()) == [FIRST, SECOND]


def test_landings_that_are_shipped_together_are_the_same(shipping: Shipping) -> None:
    shipping.land_first()
    shipping.land_second()
    assert shipping.ship() == [FIRST, SECOND]
    for table in TABLES:
        shipping.assert_same(table)


def test_a_file_holds_the_columns_that_say_something_in_its_landing(shipping: Shipping) -> None:
    ship_two(shipping)
    own = ["_load_id", "_file", "_line", "_account", "_loaded_at"]
    known = ["ticket_id", "created_at"]
    first, second = (shipping.read(f"{name}/raw_generic/tickets") for name in (FIRST, SECOND))
    assert sorted(first.columns) == sorted([*own, *known, "subject", "Custom, field"])
    assert sorted(second.columns) == sorted([*own, *known, "subject", "second_unknown"])


def test_files_are_sorted_compressed_and_without_time_zones(shipping: Shipping) -> None:
    ship_two(shipping)
    file = f"{FIRST}/raw_generic/tickets"
    places = shipping.read(file).select("_load_id, _line").fetchall()
    assert places == sorted(places)
    assert len({load_id for load_id, _ in places}) == 2
    written = parquet.ParquetFile(shipping.folder / file / "records.parquet")
    group = written.metadata.row_group(0)
    assert {group.column(number).compression for number in range(group.num_columns)} == {"ZSTD"}
    columns = {written.schema.column(number).name: written.schema.column(number) for number in range(9)}
    loaded_at = json.loads(columns["_loaded_at"].logical_type.to_json())
    assert (loaded_at["Type"], loaded_at["isAdjustedToUTC"]) == ("Timestamp", False)


def test_what_is_there_already_is_not_written_again(shipping: Shipping) -> None:
    ship_two(shipping)

    def seen() -> dict[str, tuple[bytes, int, int]]:
        return {
            name: (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
            for name in shipping.files()
            for path in [shipping.folder / name]
        }

    before = seen()
    assert shipping.ship() == []
    assert seen() == before


def test_a_run_that_brings_nothing_new_is_no_landing(shipping: Shipping) -> None:
    shipping.land_first()
    shipping.landed.land(limit=0.5)
    assert shipping.ship() == [FIRST]


def test_copies_alone_are_a_landing_without_streams(shipping: Shipping) -> None:
    shipping.land_first()
    shipping.landed.write(
        "generic/tickets/again.jsonl", (shipping.landed.extracts / "generic/tickets/a.jsonl").read_text()
    )
    shipping.landed.land(limit=0.5)
    assert shipping.ship() == [FIRST, SECOND]
    landings = verify_landings(shipping.landed.connection, shipping.lake)
    assert [landing.streams for landing in landings] == [["raw_generic.messages", "raw_generic.tickets"], []]
    assert landings[1].tables == {"meta.loads": 1}
    shipping.assert_same("meta.loads")


def test_what_is_refused_never_ships(shipping: Shipping) -> None:
    shipping.land_first()
    shipping.ship()
    shipping.landed.write("generic/tickets/refused.jsonl", json_lines({"ticket_id": "no time"}, ticket(4)))
    with pytest.raises(RefusedError):
        shipping.landed.land(limit=0.1)
    assert shipping.landed.rows("select count(*) from meta.loads where status = 'refused'") == [(1,)]
    assert shipping.ship() == []
    assert [landing.name for landing in known_landings(shipping.landed.connection, shipping.lake)] == [FIRST]
    verify_landings(shipping.landed.connection, shipping.lake)


def test_nothing_has_landed_yet(shipping: Shipping) -> None:
    assert shipping.ship() == []
    assert verify_landings(shipping.landed.connection, shipping.lake) == []
    assert list(shipping.folder.iterdir()) == []


def test_runs_of_one_second_are_landings_of_their_own(landed: Landed) -> None:
    moments = []
    for number in range(3):
        landed.write(f"generic/tickets/{number}.jsonl", json_lines(ticket(number)))
        moments += [load.loaded_at.second for load in landed.land().loads if not load.message]
    assert moments == [0, 1, 2]
    assert landed.rows("select distinct _loaded_at from raw_generic.tickets order by all") == landed.rows(
        "select distinct loaded_at from meta.loads order by all"
    )


def test_a_landing_is_later_than_those_before_it_when_a_clock_goes_back(landed: Landed) -> None:
    landed.write("generic/tickets/1.jsonl", json_lines(ticket(1)))
    landed.land()
    landed.rows("update meta.loads set loaded_at = '2026-03-01 03:00:00'")
    landed.write("generic/tickets/2.jsonl", json_lines(ticket(2)))
    landed.land()
    assert landed.rows("select max(loaded_at)::varchar from meta.loads") == [("2026-03-01 03:00:01",)]


def test_the_verified_landings_say_where_spark_finds_their_tables(shipping: Shipping) -> None:
    ship_two(shipping)
    first, second = verify_landings(shipping.landed.connection, shipping.lake)
    assert first.uri == f"file://{shipping.folder}/{FIRST}"
    assert first.tables == {
        "meta.loads": 3,
        "meta.quarantine": 1,
        "raw_generic.messages": 1,
        "raw_generic.tickets": 5,
    }
    assert second.tables == {"meta.loads": 3, "raw_generic.tickets": 4}
    assert (first.records, second.records) == (6, 4)
