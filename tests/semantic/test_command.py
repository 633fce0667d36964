"""``helpdesk-mf`` as an analyst runs it."""

import csv
import os
import socket
import subprocess
import sys
from pathlib import Path

import duckdb

from orchestration.warehouse import Warehouse
from tests.semantic.conftest import Asked


def _helpdesk_mf(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "orchestration.metrics", *arguments],
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_answers_from_the_published_file_alone(warehouse: Warehouse, tmp_path: Path) -> None:
    answer = tmp_path / "answer.csv"
    before = warehouse.published_file.stat()
    with socket.create_server(("127.0.0.1", 0)) as proxy:
        address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
        asked = ("query", "--metrics", "csat_score", "--group-by", "metric_time__quarter,case__channel")
        run = _helpdesk_mf(
            *(*asked, "--csv", str(answer)),
            **{"HELPDESK_WAREHOUSE": str(warehouse.root), "HTTPS_PROXY": address, "HTTP_PROXY": address},
        )
        assert run.returncode == 0, run.stdout + run.stderr
        proxy.settimeout(0)
        try:
            caller: object = proxy.accept()
        except BlockingIOError:
            caller = None
        assert caller is None
    with answer.open(encoding="utf-8", newline="") as file:
        told = {
            (row["metric_time__quarter"][:10], row["case__channel"]): float(row["csat_score"])
            for row in csv.DictReader(file)
            if row["csat_score"]
        }
    with duckdb.connect(str(warehouse.published_file), read_only=True) as connection:
        figures = connection.execute("""
            select cast(period_start as varchar), slice_value, value
            from marts.kpi_values
            where kpi_id = 'csat_score' and variant = 'default' and attribution = 'event'
                and period_grain = 'quarter' and slice = 'channel' and value is not null
        """).fetchall()
    assert {key: round(value, 6) for key, value in told.items()} == {
        (period, channel): round(value, 6) for period, channel, value in figures
    }
    assert warehouse.published_file.stat().st_mtime == before.st_mtime


def test_without_a_publication_it_says_so_in_one_line(tmp_path: Path) -> None:
    run = _helpdesk_mf("list", "metrics", HELPDESK_WAREHOUSE=str(tmp_path))
    assert run.returncode == 2
    (line,) = run.stderr.splitlines()
    assert line.startswith(f"helpdesk-mf: {tmp_path}/helpdesk.duckdb: nothing is published there")


def test_metrics_can_be_cut_by_what_core_knows_of_tickets_and_agents(asked: Asked) -> None:
    """By columns of core that no figure is told by; all parts together are the whole."""
    metrics = {metric.name: metric for metric in asked.metrics}
    cuts = {
        "tickets_solved": "ticket__resolution_method",
        "operating_hours_spent": "credited_agent__home_team",
    }
    for name, cut in cuts.items():
        one = [metrics[name]]
        parts = asked.connection.execute(f"select {name} from ({asked.sql(one, cut)})").fetchall()
        ((total,),) = asked.connection.execute(f"select {name} from ({asked.sql(one)})").fetchall()
        assert len(parts) > 3
        assert abs(sum(part for (part,) in parts) - total) < 1e-6
