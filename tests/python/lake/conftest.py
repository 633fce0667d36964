"""A helpdesk that lands, and lakes to ship it to: a folder that is renamed, and a store that is not."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest
from pyarrow import fs

from orchestration.lake.lake import Lake
from orchestration.lake.ship import ship_landings

from ..landing.conftest import HEADER, Landed, csv_lines, json_lines, ticket

LAKES = ("folder", "store")
TABLES = ("raw_generic.tickets", "raw_generic.messages", "meta.loads", "meta.quarantine")


@dataclass
class Shipping:
    """What landed, the lake it is shipped to, and what shipping told.

    Attributes:
        folder: Where the files of a lake that is no store lie.
    """

    landed: Landed
    lake: Lake
    folder: Path
    scratch: Path
    told: list[str] = field(default_factory=list)

    def ship(self) -> list[str]:
        return ship_landings(self.landed.connection, self.lake, scratch=self.scratch, report=self.told.append)

    def land_first(self) -> None:
        """Three streams, nulls, names nobody knows, and a bad record."""
        self.landed.write(
            "generic/tickets/a.jsonl",
            json_lines(
                ticket(1, subject="Grüße", **{"Custom, field": "x"}),
                ticket(2, subject=None),
                {"ticket_id": "no time"},
            ),
        )
        self.landed.write("generic@emea/tickets/b.csv", HEADER + csv_lines(3))
        message = {"message_id": "1", "ticket_id": "1", "sent_at": "2026-01-05T09:00:00Z"}
        self.landed.write("generic/messages/m.jsonl", json_lines({**message, "author_type": "agent"}))
        self.landed.land(limit=0.5)

    def land_second(self) -> None:
        """More of a stream, with another unknown name, and a copy."""
        self.landed.write("generic/tickets/c.jsonl", json_lines(ticket(3, second_unknown=1)))
        self.landed.write("generic/tickets/copy.csv", HEADER + csv_lines(3))
        self.landed.write("generic@emea/tickets/copy.csv", HEADER + csv_lines(3))
        self.landed.land(limit=0.5)

    def files(self) -> list[str]:
        """Every file of the folder."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    def read(self, files: str) -> duckdb.DuckDBPyRelation:
        """What DuckDB reads of files of the folder, in the order in which they hold it."""
        return duckdb.read_parquet(
            str(self.folder / files / "records.parquet"), union_by_name=True, hive_partitioning=False
        )

    def assert_same(self, table: str) -> None:
        """A table of the lake holds the records of the warehouse's; what a file leaves out is null."""
        source = self.landed.connection.sql(f"from {table}")
        delivered = self.read(f"landing=*/{table.replace('.', '/')}")
        assert set(delivered.columns) <= set(source.columns)
        rows = [dict(zip(source.columns, row, strict=True)) for row in source.fetchall()]
        shipped = [dict(zip(delivered.columns, row, strict=True)) for row in delivered.fetchall()]
        nothing = dict.fromkeys(source.columns)
        assert text(nothing | row for row in shipped) == text(rows)


def text(rows) -> list[str]:
    return sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)


@pytest.fixture
def landed(tmp_path: Path) -> Iterator[Landed]:
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    with duckdb.connect() as connection:
        yield Landed(extracts, connection)


@pytest.fixture
def shipping(landed: Landed, tmp_path: Path) -> Shipping:
    """A lake in a folder, whose name needs quoting in a URI."""
    folder = tmp_path / "the lake, 100 %"
    return Shipping(landed, Lake.open(str(folder)), folder, tmp_path / "scratch")


@pytest.fixture
def store(landed: Landed, tmp_path: Path) -> Iterator[SimpleNamespace]:
    """A lake in an object store, which has no folders to rename; ``fetch`` copies it to a folder."""
    bucket = tmp_path.name
    lake = Lake.open(f"fsspec+memory://{bucket}/lake")
    filesystem, root = fs.FileSystem.from_uri(f"fsspec+memory://{bucket}/lake")
    shipping = Shipping(landed, lake, tmp_path / "fetched", tmp_path / "scratch")

    def fetch() -> Shipping:
        shutil.rmtree(shipping.folder, ignore_errors=True)
        shipping.folder.mkdir()
        fs.copy_files(root, str(shipping.folder), filesystem, fs.LocalFileSystem())
        return shipping

    yield SimpleNamespace(shipping=shipping, filesystem=filesystem, root=root, fetch=fetch)
    filesystem.delete_dir(root)
