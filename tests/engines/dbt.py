"""dbt as a person runs it, against one of the project's targets."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT


def run_dbt(
    *arguments: str, target: str, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run one command of dbt to its end, whatever that is.

    Args:
        arguments: The command and its own options.
        target: Target of profiles.yml.
        folder: Where dbt leaves its log and what it made.
        environment: Variables beside those of this process.
    """
    command: list[str | Path] = [Path(sys.executable).with_name("dbt"), *arguments]
    command += ["--target", target, "--profiles-dir", "."]
    command += ["--target-path", folder / f"target_{target}", "--log-path", folder / "logs"]
    return subprocess.run(
        command,
        cwd=PROJECT_ROOT,
        env=os.environ | dict(environment),
        capture_output=True,
        text=True,
        check=False,
    )
