"""A lake that does not hold what the ledger says is told file by file."""

import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.verify import verify_landings

from ..landing.conftest import Landed, json_lines, ticket
from .conftest import Shipping

FIRST = "landing=20260301T020000Z"
TICKETS = f"{FIRST}/raw_generic/tickets/records.parquet"
LOADS = f"{FIRST}/meta/loads/records.parquet"


@pytest.fixture
def shipped(shipping: Shipping) -> Shipping:
    shipping.land_first()
    shipping.ship()
    return shipping


def problems(shipping: Shipping) -> list[str]:
    with pytest.raises(HelpdeskError) as told:
        verify_landings(shipping.landed.connection, shipping.lake)
    return str(told.value).splitlines()


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def one_record_less(path: Path) -> None:
    rows = duckdb.read_parquet(str(path)).fetchall()
    shorter = path.with_name("shorter.parquet")
    duckdb.read_parquet(str(path)).limit(len(rows) - 1).write_parquet(str(shorter))
    shorter.replace(path)


@pytest.mark.parametrize("file", [TICKETS, LOADS])
@pytest.mark.parametrize(
    ("harm", "problem"),
    [
        pytest.param(Path.unlink, "is missing", id="missing"),
        pytest.param(half, "is not a whole Parquet file", id="half"),
        pytest.param(lambda path: path.write_bytes(b""), "is not a whole Parquet file", id="empty"),
        pytest.param(one_record_less, "holds {less} of {all} records", id="one record less"),
    ],
)
def test_a_file_that_is_not_what_was_written(
    shipped: Shipping, file: str, harm: Callable[[Path], object], problem: str
) -> None:
    count = 5 if file == TICKETS else 3
    harm(shipped.folder / file)
    what = problem.format(less=count - 1, all=count)
    assert problems(shipped) == [
        f"{shipped.lake.uri}/{file}: {what}: remove the folder {FIRST}; the next refresh writes it again"
    ]
    # What is there is not touched unasked, and doing as told is enough.
    assert shipped.ship() == []
    shutil.rmtree(shipped.folder / FIRST)
    assert shipped.ship() == [FIRST]
    assert [landing.name for landing in verify_landings(shipped.landed.connection, shipped.lake)] == [FIRST]


def test_every_wrong_file_has_a_line(shipped: Shipping) -> None:
    half(shipped.folder / TICKETS)
    (shipped.folder / LOADS).unlink()
    assert [line.split(": ")[:2] for line in problems(shipped)] == [
        [f"{shipped.lake.uri}/{LOADS}", "is missing"],
        [f"{shipped.lake.uri}/{TICKETS}", "is not a whole Parquet file"],
    ]


def test_a_landing_that_is_not_shipped(shipped: Shipping) -> None:
    shipped.land_second()
    assert problems(shipped) == [
        f"{shipped.lake.uri}/landing=20260301T020001Z: is missing: the next refresh writes it"
    ]


def test_another_warehouse_is_kept_out_of_a_lake(shipped: Shipping, tmp_path: Path) -> None:
    extracts = tmp_path / "others"
    extracts.mkdir()
    before = shipped.files()
    with duckdb.connect() as connection:
        other = Shipping(
            Landed(extracts, connection), Lake.open(str(shipped.folder)), shipped.folder, tmp_path
        )
        # Their landing is of a later second than the one in the lake.
        for number in range(2):
            other.landed.write(f"generic/tickets/{number}.jsonl", json_lines(ticket(number)))
            other.landed.land()
        connection.execute("delete from meta.loads where loaded_at = '2026-03-01 02:00:00'")
        line = f"{shipped.lake.uri}: holds {FIRST}, which this warehouse has not landed: is it another"
        assert [problem[: len(line)] for problem in problems(other)] == [line]
        with pytest.raises(HelpdeskError, match="which this warehouse has not landed"):
            other.ship()
    assert shipped.files() == before
