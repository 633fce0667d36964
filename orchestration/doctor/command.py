"""``helpdesk doctor``: look at everything, say what was found, change nothing."""

from datetime import UTC, datetime
from pathlib import Path

import typer
from rich.console import Console

from orchestration.doctor.case import Case
from orchestration.doctor.examine import examine
from orchestration.doctor.printed import findings_json, print_findings
from orchestration.warehouse import Warehouse

DEFAULT_EXTRACTS = Path("extracts")


def run_doctor(
    *,
    extracts: Path | None,
    warehouse: Warehouse,
    config: Path | None,
    everything: bool,
    as_json: bool,
    console: Console,
) -> int:
    """Look at an installation, its configuration, a folder of extracts and a warehouse.

    Args:
        extracts: The folder of extracts; None for the default one, which need not be there.
        warehouse: The warehouse, which need not be there.
        config: helpdesk.toml, or None for the defaults.
        everything: Whether to read every extract to its end, as a refresh does.
        as_json: Whether to print JSON.
        console: Where to print.

    Returns:
        The exit status: 1 when something is wrong, 0 otherwise.
    """
    case = Case(
        extracts or DEFAULT_EXTRACTS, extracts is not None, warehouse, config, datetime.now(UTC), everything
    )
    if not as_json:
        return int(print_findings(examine(case), console))
    found = list(examine(case))
    typer.echo(findings_json(found))
    return int(any(told.finding.verdict == "wrong" for told in found))
