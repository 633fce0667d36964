"""Is the dbt project there, and read? Reading it takes dbt ten seconds: that is left to who needs it."""

import os
from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong
from orchestration.project_files import MANIFEST, PROJECT_FILES, is_parsed
from orchestration.warehouse import PROJECT_ROOT


def findings(case: Case, project: Path = PROJECT_ROOT) -> Iterator[Finding]:
    """The files of the project, and what dbt has made of them."""
    missing = [name for name in PROJECT_FILES if not (project / name).exists()]
    manifest = project / MANIFEST
    if missing:
        yield wrong(
            f"{project}: {', '.join(missing)} of the dbt project is not there",
            "install from a whole checkout (make setup); the command works from there alone",
        )
    elif is_parsed(manifest, project):
        yield ok(f"the dbt project in {project} is parsed, and unchanged since")
    elif os.access(manifest.parent if manifest.parent.exists() else project, os.W_OK):
        yield ok(f"the dbt project in {project} will be parsed by the next refresh, which takes ten seconds")
    else:
        yield wrong(
            f"{manifest.parent}: has to be written anew, as models have changed, and this user may not",
            f"let its owner run: make -C {project} ready",
        )
