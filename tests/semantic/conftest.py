"""MetricFlow on a published warehouse, in this process; ``make metrics`` runs these tests."""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.metrics import prepare
from orchestration.warehouse import PROJECT_ROOT, Warehouse

_CONDITION = re.compile(r"Dimension\('case__(\w+)'\) }} = '(\w+)'")
_STATISTICS = {
    "count": "count",
    "distinct_count": "count",
    "sum": "sum",
    "max": "max",
    "rate": "rate",
    "distinct_rate": "rate",
    "distinct_per_unit": "rate",
    "score": "score",
    "net_promoter": "score",
    "average": "mean",
    "distribution": "mean",
}


@dataclass(frozen=True)
class Metric:
    """A metric, and the figures of ``marts.kpi_values`` it has to equal."""

    name: str
    kpi_id: str
    variant: str
    attribution: str
    statistic: str
    clock: str
    prefix: str


class Asked:
    """MetricFlow's engine, its metrics, and a database in which its queries and the figures meet."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        from dbt_metricflow.cli.cli_configuration import CLIConfiguration

        self.connection = connection
        configuration = CLIConfiguration()
        configuration.setup(configure_file_logging=False)
        self._engine = configuration.mf
        manifest = configuration.semantic_manifest
        self.metrics = [_told(each) for each in manifest.metrics if not each.name.startswith("cases_")]

    def sql(self, metrics: list[Metric], *group_by: str) -> str:
        """The query that MetricFlow makes."""
        from metricflow.engine.metricflow_engine import MetricFlowQueryRequest

        names = [metric.name for metric in metrics]
        asked = MetricFlowQueryRequest.create(metric_names=names, group_by_names=group_by)
        return str(self._engine.explain(asked).sql_statement.sql)


def _told(metric: Any) -> Metric:
    conditions = metric.filter.where_filters[0].where_sql_template if metric.filter else ""
    said = dict(_CONDITION.findall(conditions))
    if not said:
        return Metric(metric.name, metric.name, "default", "as_of", "count", "none", "backlog")
    measure = metric.type_params.measure.name if metric.type_params.measure else ""
    percentile = re.fullmatch(r"observed_(median|p90|p95)", measure)
    statistic = percentile[1] if percentile else _STATISTICS[said["measure"]]
    cut = (said["variant"], said["attribution"], statistic, said["clock"])
    return Metric(metric.name, said["kpi_id"], *cut, prefix="case")


@pytest.fixture(scope="session")
def warehouse() -> Warehouse:
    """The warehouse of the shipped samples, as ``make run`` leaves it."""
    found = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", PROJECT_ROOT / "warehouse")).resolve())
    assert found.published_file.exists(), f"nothing is published in {found.root}; make run first"
    return found


@pytest.fixture(scope="session")
def asked(warehouse: Warehouse, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    """MetricFlow, and its view of all cases as a table: the same rows, asked a thousand times."""
    views = prepare(warehouse)
    kept = tmp_path_factory.mktemp("kept") / "build.duckdb"
    with duckdb.connect() as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute(f"attach '{warehouse.published_file}' as publication (read_only)")
        connection.execute(f"attach '{views}' as build (read_only)")
        connection.execute(f"attach '{kept}' as kept")
        connection.execute("create schema kept.kpi_observations")
        connection.execute("""
            create table kept.kpi_observations.kpi_metric_cases as
            from build.kpi_observations.kpi_metric_cases order by kpi_id
        """)
        connection.execute("detach build")
        connection.execute("detach kept")
        connection.execute(f"attach '{kept}' as build (read_only)")
        asked = Asked(connection)
        columns = [field.name for field in fields(Metric)]
        connection.execute(f"create table metrics ({', '.join(f'{column} varchar' for column in columns)})")
        connection.executemany(
            f"insert into metrics values ({', '.join('?' for _ in columns)})",
            [[getattr(metric, column) for column in columns] for metric in asked.metrics],
        )
        connection.execute("create table answered (name varchar)")
        yield asked
