"""Everything that lies in a warehouse is in the table of what grows, which says what bounds it."""

import re
from fnmatch import fnmatch
from pathlib import Path

from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT

from ..conftest import Helpdesk

HEADING = "## What grows, and what bounds it"


def places() -> set[str]:
    """The paths in the table's first column, without the warehouse folder."""
    page = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = page.split(HEADING, 1)[1].split("\n## ", 1)[0]
    firsts = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return {
        place.removeprefix("<warehouse>/") for first in firsts for place in re.findall(r"`([^`]+)`", first)
    }


def is_named(path: Path, names: set[str]) -> bool:
    """Whether a file, or a folder that it lies in, is in the table."""
    above = [path, *path.parents]
    return any(fnmatch(place.as_posix(), name.rstrip("/")) for place in above for name in names)


def test_every_file_of_a_warehouse_is_in_the_table(published: Helpdesk) -> None:
    names = places()
    assert "versions/" in names
    files = [path.relative_to(published.root) for path in published.root.rglob("*") if path.is_file()]
    assert files
    assert sorted(str(file) for file in files if not is_named(file, names)) == []


def test_the_bounds_are_those_of_the_settings() -> None:
    page = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    section = page.split(HEADING, 1)[1].split("\n## ", 1)[0]
    assert f"`[publication] keep` ({Settings().publication.keep})" in section
    assert f"`[refresh] keep_runs` ({Settings().refresh.keep_runs})" in section
