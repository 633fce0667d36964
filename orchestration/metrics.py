"""MetricFlow over a published warehouse: ``helpdesk-mf`` is ``mf``, told where everything lies.

It reads the published file, and views over it in a file of their own: the models that tell the cases of KPIs.
"""

import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.errors import HelpdeskError, UsageError
from orchestration.warehouse import PROJECT_ROOT, Warehouse

PROFILES = PROJECT_ROOT / "metricflow"
# The file's name is what dbt calls its database.
_VIEWS = "build.duckdb"
_MODELS = "+kpi_metric_cases,path:models/marts/kpi_observations"


def main() -> None:
    """Run MetricFlow's own command line on the warehouse that HELPDESK_WAREHOUSE names (``warehouse``)."""
    try:
        ask_nobody_else()
        prepare(Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", "warehouse"))))
    except HelpdeskError as error:
        sys.stderr.write(f"helpdesk-mf: {error}\n")
        sys.exit(error.exit_status)
    from dbt_metricflow.cli.main import cli

    cli(prog_name="helpdesk-mf")


def prepare(warehouse: Warehouse) -> Path:
    """Make what MetricFlow needs, unless it is there, and tell it where that is, by the environment.

    Args:
        warehouse: What will be asked.

    Returns:
        The file of views over what is published; as it holds no data it serves every warehouse.

    Raises:
        UsageError: Nothing is published there, or this user may not write the views.
        HelpdeskError: dbt cannot parse the project, or cannot make the views.
    """
    published = warehouse.published_file
    if not published.exists():
        raise UsageError(f"{published}: nothing is published there; name a warehouse in HELPDESK_WAREHOUSE")
    folder = Path(os.environ.get("HELPDESK_METRICS") or PROJECT_ROOT / "target" / "metrics").resolve()
    os.environ |= {
        "HELPDESK_WAREHOUSE": str(warehouse.root.resolve()),
        "HELPDESK_METRICS": str(folder),
        "DBT_PROJECT_DIR": str(PROJECT_ROOT),
        "DBT_PROFILES_DIR": str(PROFILES),
        "DBT_LOG_PATH": str(folder),
        "DO_NOT_TRACK": "1",
    }
    from orchestration.dbt import dbt_project

    views = folder / _VIEWS
    newest = max(file.stat().st_mtime for file in (dbt_project().manifest_path, PROFILES / "profiles.yml"))
    if not views.exists() or views.stat().st_mtime < newest:
        _make_views(views)
    return views


def ask_nobody_else() -> None:
    """Keep MetricFlow from asking the package index for a newer version of itself at each command.

    Raises:
        UsageError: MetricFlow is not installed.
    """
    try:
        import update_checker
    except ModuleNotFoundError as error:
        raise UsageError("MetricFlow is not installed: run make setup-semantic") from error
    update_checker.UpdateChecker.check = lambda *_: None


def _make_views(views: Path) -> None:
    """Made aside and renamed in: who asks at this moment keeps the old ones."""
    try:
        views.parent.mkdir(parents=True, exist_ok=True)
        making = TemporaryDirectory(prefix="making-", dir=views.parent)
    except OSError as error:
        told = f"{views.parent}: {error.strerror}; name another folder in HELPDESK_METRICS"
        raise UsageError(told) from error
    sys.stderr.write("making the views that MetricFlow asks (20 seconds)\n")
    with making as folder:
        command = [
            str(Path(sys.executable).with_name("dbt")),
            *("--quiet", "run", "--target", "views", "--select", _MODELS),
            *("--target-path", str(views.parent / "dbt")),
        ]
        done = subprocess.run(
            command,
            cwd=PROJECT_ROOT,
            env=os.environ | {"HELPDESK_METRICS": folder},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise HelpdeskError(f"dbt cannot make the views:\n{done.stdout.strip() or done.stderr.strip()}")
        (Path(folder) / _VIEWS).replace(views)


if __name__ == "__main__":
    main()
