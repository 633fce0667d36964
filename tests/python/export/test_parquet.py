"""Exported tables equal the published ones: for DuckDB, Arrow and pandas (polars: tests/clients)."""

import json
from pathlib import Path

import duckdb
import pandas
import pyarrow.parquet
import pytest

from orchestration.export.parquet import write_tables
from orchestration.landing.statements import compose, table_name

from ..conftest import run_helpdesk
from ..report.small_publication import write_publication

_TABLES = """
    select schema_name || '.' || table_name from duckdb_tables()
    where database_name = 'helpdesk' and schema_name in ('core', 'marts', 'meta') order by 1
"""


@pytest.fixture(scope="module")
def exported(readers, published, tmp_path_factory) -> Path:
    """The whole of a published warehouse, as the command exports it while others read it."""
    out = tmp_path_factory.mktemp("an export") / "lake"
    outcome = run_helpdesk("export", "--warehouse", published.root, "--out", out)
    assert outcome.status == 0, outcome.errors
    assert outcome.output.endswith(f" as of 2017-02-19T00:00:00Z: {out}\n")
    assert (outcome.errors, list(out.parent.iterdir())) == ("", [out])
    return out


@pytest.fixture(scope="module")
def readers(published) -> duckdb.DuckDBPyConnection:
    with duckdb.connect() as connection:
        connection.execute("attach ? as helpdesk (read_only)", [str(published.warehouse.published_file)])
        yield connection


@pytest.fixture(scope="module")
def manifest(exported) -> dict:
    return json.loads((exported / "manifest.json").read_text(encoding="utf-8"))


def test_every_published_table_is_there_with_its_rows_columns_and_types(exported, manifest, readers):
    names = [name for (name,) in readers.execute(_TABLES).fetchall()]
    assert [table["name"] for table in manifest["tables"]] == names
    assert len(names) > 70
    files = {str(path.relative_to(exported)) for path in exported.rglob("*") if path.is_file()}
    assert files == {"manifest.json", *(table["file"] for table in manifest["tables"])}
    for table in manifest["tables"]:
        file = str(exported / table["file"])
        source = compose("helpdesk.{name}", name=table_name(table["name"]))
        told = [(column["name"], column["type"]) for column in table["columns"]]
        for relation in (readers.table(f"helpdesk.{table['name']}"), readers.read_parquet(file)):
            assert told == [
                (name, str(kind)) for name, kind in zip(relation.columns, relation.types, strict=True)
            ]
        differing = compose(
            "select count(*), (select count(*) from read_parquet($1)) from ("
            " (from {source} except all from read_parquet($1))"
            " union all (from read_parquet($1) except all from {source}))",
            source=source,
        )
        assert readers.execute(differing, [file]).fetchall() == [(0, table["rows"])], table["name"]


def test_it_says_which_publication_it_is_of(exported, manifest, published):
    ((run_id, commit),) = published.rows("select run_id, git_commit from meta.publication")
    told = manifest["publication"]
    assert (told["run_id"], told["git_commit"], told["as_of"]) == (run_id, commit, "2017-02-19T00:00:00Z")
    assert told["versions"]["duckdb"]
    metadata = pyarrow.parquet.read_schema(exported / "core/dim_date/dim_date.parquet").metadata
    assert json.loads(metadata[b"helpdesk"])["publication"] == told


@pytest.mark.parametrize("table", ["core.fct_tickets", "core.fct_costs", "marts.kpi_values", "meta.loads"])
def test_arrow_and_pandas_read_a_table_by_its_folder(exported, readers, table):
    folder = exported / table.replace(".", "/")
    published = readers.table(f"helpdesk.{table}").to_arrow_table()

    arrow = pyarrow.parquet.read_table(folder)
    assert arrow.schema.types == published.schema.types
    # Parquet tells of columns that have no gaps, too.
    assert arrow.cast(published.schema).equals(published)
    pandas.testing.assert_frame_equal(pandas.read_parquet(folder), arrow.to_pandas())
    assert len(arrow) > 0


def test_files_are_compressed_and_have_statistics_to_skip_by(exported, readers):
    file = str(exported / "marts/kpi_values/kpi_values.parquet")
    ((compressions, without_bounds, bounds),) = readers.execute(
        """
        select
            list(distinct compression),
            count(*) filter (where stats_min is null),
            max(stats_max) filter (where path_in_schema = 'period_start')
        from parquet_metadata(?) where path_in_schema in ('kpi_id', 'period_grain', 'period_start')
        """,
        [file],
    ).fetchall()
    assert (compressions, without_bounds) == (["ZSTD"], 0)
    ((newest,),) = readers.execute("select max(period_start) from helpdesk.marts.kpi_values").fetchall()
    assert bounds == str(newest)


def test_comments_of_the_database_go_with_tables_and_columns(tmp_path):
    file = write_publication(tmp_path / "helpdesk.duckdb", teams=["A"], days=2)
    with duckdb.connect(str(file)) as connection:
        connection.execute("comment on table marts.kpi_values is 'Every KPI.'")
        connection.execute("comment on column marts.kpi_values.value is 'In its unit; NULL: \"nothing\".'")

    told = write_tables(file, tmp_path / "out", ["marts.kpi_values"])["tables"][0]
    written = pyarrow.parquet.read_schema(tmp_path / "out" / told["file"]).metadata

    assert told["description"] == "Every KPI."
    described = {column["name"]: column["description"] for column in told["columns"]}
    assert (described["value"], described["n"]) == ('In its unit; NULL: "nothing".', None)
    in_file = json.loads(written[b"helpdesk"])
    assert (in_file["description"], in_file["columns"]) == (told["description"], told["columns"])
