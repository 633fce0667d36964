"""dbt's own tests: an empty helpdesk builds and passes every data test, and every unit test passes."""

import json
import os
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from orchestration.landing.ledger import create_tables, rewrite_accounts
from orchestration.landing.streams import load_streams
from orchestration.publishing.pseudonym_key import write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.reference.pseudonyms import SECRET


def run_dbt(folder: Path, *arguments: str) -> Counter[str]:
    """Run dbt on the warehouse in a folder; counts results by status."""
    target = folder / "target"
    places = ("--profiles-dir", ".", "--target-path", target, "--log-path", folder / "logs")
    done = subprocess.run(
        [Path(sys.executable).with_name("dbt"), *arguments, *places],
        cwd=PROJECT_ROOT,
        env=os.environ | {"HELPDESK_WAREHOUSE": str(folder), "DO_NOT_TRACK": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    results = json.loads((target / "run_results.json").read_text())["results"]
    return Counter(result["status"] for result in results)


@pytest.fixture(scope="module")
def empty_helpdesk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("empty")
    warehouse = Warehouse(folder)
    warehouse.private_dir.mkdir()
    with duckdb.connect(str(warehouse.build_file)) as connection:
        create_tables(connection, load_streams())
        rewrite_accounts(connection, Settings())
        write_run_settings(connection, "test", datetime(2024, 1, 10, tzinfo=UTC), Settings())
        write_pseudonym_secret(connection, SECRET)
    statuses = run_dbt(
        folder, "build", "--exclude-resource-type", "unit_test", "--exclude-resource-type", "exposure"
    )
    assert set(statuses) <= {"success", "pass"}, statuses
    return folder


def test_a_helpdesk_without_any_record_has_no_values_and_no_errors(empty_helpdesk: Path) -> None:
    with duckdb.connect(str(Warehouse(empty_helpdesk).publication_file), read_only=True) as connection:
        assert connection.execute("select count(*) from core.fct_tickets").fetchall() == [(0,)]
        assert connection.execute("select count(*) from marts.kpi_values").fetchall() == [(0,)]
        assert connection.execute("select count(*) from core.dim_date").fetchall() == [(1,)]


def test_every_dbt_unit_test_passes(empty_helpdesk: Path) -> None:
    statuses = run_dbt(empty_helpdesk, "test", "--select", "test_type:unit")
    assert set(statuses) == {"pass"}
    assert statuses["pass"] >= 40
