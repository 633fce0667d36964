"""Lint the SQL with sqlfluff, in a warehouse folder of its own so that no refresh is in the way.

Run with ``python -m tests.lint_sql [--fix]``.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "private").mkdir()
        arguments = ["fix", "--quiet"] if "--fix" in sys.argv else ["lint", "--nocolor", "--processes", "2"]
        done = subprocess.run(
            [Path(sys.executable).with_name("sqlfluff"), *arguments, "models", "tests/dbt/singular"],
            cwd=PROJECT_ROOT,
            env=os.environ | {"HELPDESK_WAREHOUSE": folder, "DBT_TARGET_PATH": f"{folder}/target"},
            capture_output=True,
            text=True,
            check=False,
        )
    sys.stdout.write(done.stdout[-20_000:] if done.returncode else "sqlfluff: all clean\n")
    sys.stderr.write(done.stderr[-5_000:] if done.returncode else "")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
