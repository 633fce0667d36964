"""The published file is one that every reader in use can open, without anything of the build."""

import duckdb
import pytest

from ..conftest import Helpdesk


@pytest.fixture(params=["simulated", "sample"])
def publication(request: pytest.FixtureRequest) -> Helpdesk:
    fixture = {"simulated": "published", "sample": "sample"}[request.param]
    return request.getfixturevalue(fixture)


def test_its_storage_version_is_older_than_2(publication: Helpdesk) -> None:
    """Clients of 1.5 refuse what 2.0 writes by default."""
    with duckdb.connect() as connection:
        connection.execute("attach ? as published (read_only)", [str(publication.warehouse.published_file)])
        ((version,),) = connection.execute(
            "select tags['storage_version'] from duckdb_databases() where database_name = 'published'"
        ).fetchall()
    major = int(version.removeprefix("v").split(".")[0])
    assert major < 2, version


def test_it_is_read_whole_without_any_extension(publication: Helpdesk) -> None:
    configuration = {
        "autoload_known_extensions": "false",
        "autoinstall_known_extensions": "false",
        "enable_external_access": "false",
    }
    file = str(publication.warehouse.published_file)
    with duckdb.connect(file, read_only=True, config=configuration) as connection:
        tables = connection.execute(
            "select table_schema, table_name from information_schema.tables"
        ).fetchall()
        counts = {
            f"{schema}.{name}": connection.execute(f'select count(*) from "{schema}"."{name}"').fetchone()
            for schema, name in tables
        }
    assert counts["core.fct_tickets"] > (0,)
    assert counts["marts.kpi_values"] > (0,)


def test_it_holds_core_marts_and_meta_and_no_leftovers(publication: Helpdesk) -> None:
    tables = publication.rows("select table_schema, table_name, table_type from information_schema.tables")
    assert {schema for schema, _, _ in tables} == {"core", "marts", "meta"}
    assert {kind for _, _, kind in tables} == {"BASE TABLE"}
    assert [name for _, name, _ in tables if name.startswith("__") or "__dbt_" in name] == []
    schemas = publication.rows("select schema_name from duckdb_schemas() where not internal")
    assert {name for (name,) in schemas} <= {"core", "main", "marts", "meta"}


def test_nothing_lies_beside_it(publication: Helpdesk) -> None:
    assert sorted(path.name for path in publication.root.iterdir()) == [
        "helpdesk.duckdb",
        "private",
        "report",
    ]
    assert list(publication.root.rglob("*.wal")) == []
