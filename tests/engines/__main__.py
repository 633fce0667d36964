"""Builds extracts on Spark and in DuckDB, and compares every table of core and marts.

``python -m tests.engines local`` builds the models in two loads, with Spark in dbt's own process.
``python -m tests.engines cluster`` runs the whole refresh on a standalone cluster that it starts and stops.
"""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from orchestration.errors import HelpdeskError
from orchestration.landing.land import land
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.pseudonym_key import VARIABLE, write_pseudonym_secret
from orchestration.publishing.record import read_publication
from orchestration.publishing.run_settings import write_run_settings
from orchestration.refresh import run_refresh
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.engines.build import SparkBuild
from tests.engines.cluster import running_cluster
from tests.engines.compare import compare
from tests.engines.dbt import run_dbt
from tests.engines.loads import two_loads
from tests.engines.local import local_spark
from tests.engines.readers import published_counts
from tests.reference.pseudonyms import SECRET, TEST_KEY

AS_OF = datetime(2017, 2, 19, tzinfo=UTC)
_FIRST_AS_OF = datetime(2016, 5, 1, tzinfo=UTC)
_SAMPLES = PROJECT_ROOT / "samples"

app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)
Extracts = Annotated[Path, typer.Option(help="Folder of extracts.")]


@app.command()
def local() -> None:
    """The shipped log in two loads, the second with two more helpdesks; it goes on from the first."""
    with TemporaryDirectory(prefix="helpdesk-spark-") as name:
        folder = Path(name)
        spark = SparkBuild(folder, local_spark(folder / "spark"))
        first, second = two_loads(_SAMPLES, folder, AS_OF.date(), _say)
        _say(f"Spark builds the histories of the first load, as of {_FIRST_AS_OF:%Y-%m-%d}")
        spark.load_histories(first, _FIRST_AS_OF)
        _say(f"Spark builds on with the second load, as of {AS_OF:%Y-%m-%d}")
        built = spark.load(second, AS_OF)
        _end(_differences(_models_of_duckdb(second, folder), built))


@app.command()
def cluster(extracts: Extracts = _SAMPLES) -> None:
    """The whole refresh on a master, two workers and a Thrift server."""
    # Keys of people are the same in two warehouses only where the key of pseudonyms is.
    os.environ[VARIABLE] = TEST_KEY
    with TemporaryDirectory(prefix="helpdesk-cluster-") as name:
        folder = Path(name)
        _say("starting a master, two workers and the Thrift server")
        with running_cluster(folder / "spark") as running:
            configuration = folder / "helpdesk.toml"
            configuration.write_text(
                f'[spark]\nlake = "{folder / "lake"}"\nhost = "{running.host}"\nport = {running.port}\n'
            )
            warehouse = Warehouse(folder / "on_spark")
            run_refresh(
                extracts=extracts,
                warehouse=warehouse,
                as_of=AS_OF.isoformat(),
                full=False,
                config=configuration,
            )
            published = read_publication(warehouse)
            assert published is not None
            found = _differences(
                _duckdb(extracts, folder), str(folder / "lake" / "publications" / published.run_id)
            )
            found += published_counts(running.host, running.port, warehouse.published_file)
        _end(found)


def _models_of_duckdb(extracts: Path, folder: Path) -> Path:
    _say("DuckDB builds all of it at once")
    warehouse = Warehouse(folder / "on_duckdb")
    prepare_warehouse(warehouse)
    with open_database(warehouse.build_file, read_only=False) as connection:
        land(connection, extracts, Settings(), loaded_at=datetime.now(UTC), report=_say)
        write_run_settings(connection, "compared", AS_OF, Settings())
        write_pseudonym_secret(connection, SECRET)
    environment = {"HELPDESK_WAREHOUSE": str(warehouse.root)}
    for command in (["seed"], ["run", "--full-refresh"]):
        done = run_dbt(*command, target="duckdb", folder=folder, environment=environment)
        if done.returncode != 0:
            raise HelpdeskError(f"dbt {command[0]} failed:\n{done.stdout[-4000:]}")
    return warehouse.publication_file


def _duckdb(extracts: Path, folder: Path) -> Path:
    _say("DuckDB builds all of it at once")
    warehouse = Warehouse(folder / "on_duckdb")
    run_refresh(extracts=extracts, warehouse=warehouse, as_of=AS_OF.isoformat(), full=False, config=None)
    return warehouse.published_file


def _differences(published: Path, built: str) -> list[str]:
    _say("comparing core and marts, value by value")
    folders = [path for schema in ("core", "marts") for path in (Path(built) / schema).iterdir()]
    files = {f"{path.parent.name}.{path.name}": f"{path}/*.parquet" for path in folders}
    found = compare(published, files)
    _say(f"{len(files) - len(found)} of {len(files)} tables are equal")
    return [f"{difference.table} {difference.what}" for difference in found]


def _end(differences: list[str]) -> None:
    for difference in differences:
        _say(difference)
    if differences:
        raise HelpdeskError("Spark and DuckDB differ")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        app()
    except HelpdeskError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(1)
