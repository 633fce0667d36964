"""The models on both engines: the same records, built whole in DuckDB and on Spark with as many cores."""

from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.extracts import AS_OF, simulated_extracts
from bench.measure import Timing, seconds, show
from tests.engines.build import SparkBuild
from tests.engines.dbt import run_dbt
from tests.engines.local import local_spark

_SPARK_GIGABYTES = 12


def bench_engines(tickets: int, *, has_marts: bool) -> None:
    """Build the models on both engines, without the tests of their data, and print seconds and ratios.

    Args:
        tickets: How many tickets of one year.
        has_marts: Build the marts too, not only up to core.
    """
    if find_spec("pyspark") is None:
        print("\nThe models on both engines: Spark is not installed here, make setup-spark installs it")
        return
    extracts = simulated_extracts(tickets)
    with TemporaryDirectory(prefix="helpdesk-engines-") as name:
        folder = Path(name)
        environment = local_spark(folder / "spark", memory_gigabytes=_SPARK_GIGABYTES)
        spark = SparkBuild(folder, environment)
        load = spark.load if has_marts else spark.load_core
        whole = seconds(lambda: load(extracts, AS_OF))
        selection = [] if has_marts else ["--select", "+path:models/core"]
        duckdb: Timing = ("DuckDB: dbt seed, dbt run", seconds(lambda: _build_in_duckdb(folder, selection)))
        steps = list(spark.seconds.items())
        others = ("Spark: landing and shipping", whole - sum(taken for _, taken in steps))
        of_models = sum(taken for step, taken in steps if step in ("dbt seed", "dbt run"))
        show(
            f"The models of {tickets:,} tickets{'' if has_marts else ', up to core'}, on two cores",
            duckdb,
            [
                ("Spark: dbt seed, dbt run", of_models),
                others,
                *((f"Spark: {step}", taken) for step, taken in steps if step.startswith("dbt run-")),
            ],
        )


def _build_in_duckdb(folder: Path, selection: list[str]) -> None:
    environment = {"HELPDESK_WAREHOUSE": str(folder / "warehouse")}
    for command in (["seed"], ["run", "--full-refresh", *selection]):
        run_dbt(*command, target="duckdb", folder=folder, environment=environment).check_returncode()
