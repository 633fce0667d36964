"""What tests of the doctor share: a case of this test's own, and what one check says of it."""

import itertools
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding
from orchestration.publishing.pseudonym_key import VARIABLE
from orchestration.warehouse import Warehouse

# No two cases are equal: what one visit has seen is not taken for what the next would see.
_visits = itertools.count(1)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
MakeCase = Callable[..., Case]


def findings(check: str, case: Case, **arguments: Any) -> list[Finding]:
    """What one check finds, such as ``installation.python``."""
    return list(import_module(f"orchestration.doctor.{check}").findings(case, **arguments))


def told(check: str, case: Case, verdict: str, **arguments: Any) -> str:
    """The sentences of one verdict that a check says, one a line, each with what to do."""
    found = findings(check, case, **arguments)
    return "\n".join(f"{each.told} | {each.do}" for each in found if each.verdict == verdict)


def write(folder: Path, name: str, content: str | bytes) -> Path:
    """Write one file, with its folders."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.fixture(autouse=True)
def clean(monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of who runs the tests is looked at."""
    for name in ("HELPDESK_AS_OF", "HELPDESK_MEMORY_LIMIT", "HELPDESK_WAREHOUSE", "DAGSTER_HOME", VARIABLE):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def make(tmp_path: Path) -> MakeCase:
    """Makes a case whose folders are this test's own."""

    def make_case(**changes: Any) -> Case:
        usual: dict[str, Any] = {
            "extracts": tmp_path / "extracts",
            "is_extracts_named": True,
            "warehouse": Warehouse(tmp_path / "warehouse"),
            "config": None,
            "now": NOW + timedelta(microseconds=next(_visits)),
        }
        return Case(**usual | changes)

    return make_case
