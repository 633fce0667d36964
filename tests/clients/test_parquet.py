"""An export is read by polars, ibis and an older DuckDB as what was published."""

import json
from pathlib import Path

import duckdb
import pytest

from orchestration.export.command import write_export
from orchestration.warehouse import Warehouse

from .answers import same_rows
from .sessions import session

_TABLES = ("core.fct_calls", "core.fct_costs", "marts.customers", "marts.dim_kpi", "meta.publication")


@pytest.fixture(scope="module")
def exported(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("export") / "lake"
    warehouse = Warehouse(published.parent)
    write_export(warehouse, out=out, file_format="parquet", file=None, only=list(_TABLES))
    return out


@pytest.mark.parametrize("table", _TABLES)
def test_polars_reads_a_table_by_its_folder(exported, own, published, table):
    with session("polars", published) as polars:
        rows, types = polars.parquet(str(exported / table.replace(".", "/")))
        assert types == polars.types(table)
    assert same_rows(rows, own.execute(f"from {table}").fetchall())


@pytest.mark.parametrize("client", ["command line", "node"])
def test_an_older_duckdb_reads_it(exported, own, published, client):
    with session(client, published) as older:
        for table in _TABLES:
            folder = exported / table.replace(".", "/")
            assert same_rows(older.ask(f"from '{folder}/*.parquet'"), own.execute(f"from {table}").fetchall())


def test_the_manifest_is_of_the_file_that_was_exported(exported, own):
    told = json.loads((exported / "manifest.json").read_text(encoding="utf-8"))
    assert own.execute("select run_id from meta.publication").fetchall() == [(told["publication"]["run_id"],)]
    assert [table["name"] for table in told["tables"]] == sorted(_TABLES)
    assert duckdb.read_parquet(str(exported / told["tables"][0]["file"])).columns
