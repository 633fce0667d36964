"""The models' own SQL, compiled by dbt for one warehouse."""

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from orchestration.warehouse import PROJECT_ROOT, Warehouse


def compiled_models(names: Sequence[str], warehouse: Warehouse) -> list[tuple[str, str]]:
    """Compile models.

    Args:
        names: Names of the models.
        warehouse: The warehouse they are to read.

    Returns:
        The quoted relation and the SQL of each, in the order of the names.
    """
    with TemporaryDirectory(prefix="helpdesk-bench-compiled-") as folder:
        command: list[str | Path] = [Path(sys.executable).with_name("dbt"), "--quiet", "compile"]
        command += ["--select", *names, "--profiles-dir", PROJECT_ROOT]
        subprocess.run(
            [*command, "--target-path", folder, "--log-path", folder],
            cwd=PROJECT_ROOT,
            env=os.environ | {"HELPDESK_WAREHOUSE": str(warehouse.root.absolute())},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        nodes = json.loads((Path(folder) / "manifest.json").read_text(encoding="utf-8"))["nodes"]
    by_name = {node["name"]: node for node in nodes.values() if node["resource_type"] == "model"}
    return [(by_name[name]["relation_name"], by_name[name]["compiled_code"]) for name in names]
