"""A picture of the dashboard for the documentation: ``make superset-screenshot``."""

import shutil
import sys
import tempfile
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT

from .conftest import published_file, superset_python
from .looking import looking
from .served import serve


def main(target: Path) -> None:
    """Take it.

    Args:
        target: File for the picture.
    """
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Path(folder) / "warehouse"
        warehouse.mkdir()
        shutil.copy(published_file(), warehouse)
        with (
            serve(superset_python(), warehouse, Path(folder) / "home") as served,
            looking(served) as onlooker,
        ):
            onlooker.open()
            onlooker.page.screenshot(path=target)
    sys.stdout.write(f"{target}: {target.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    main(PROJECT_ROOT / "docs" / "screenshots" / "superset.png")
