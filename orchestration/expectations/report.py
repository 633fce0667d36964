"""Data Docs that open offline: an index of all tables, and a page for each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from orchestration.expectations.results import CheckResult
from orchestration.expectations.store import STAGES, ResultStore, Stage
from orchestration.expectations.without_spark import import_without_spark

_STAGE_TITLES: dict[Stage, str] = {"raw": "Raw tables", "publication": "Published tables"}
_URGENCY = {("error", "failed"): 0, ("error", "error"): 0, ("warning", "failed"): 1, ("warning", "error"): 1}


@dataclass(frozen=True)
class TablePage:
    """What the report says of one table.

    Attributes:
        asset: The table, as ``schema.table``.
        checks: Its results, the most urgent first.
        validation: Great Expectations' own result, or None when the table could not be reached.
    """

    asset: str
    checks: tuple[CheckResult, ...]
    validation: dict[str, Any] | None

    @property
    def counts(self) -> Counter[str]:
        """How many checks passed, refuse publication (``blocking``) or only warn (``warning``)."""
        return Counter(
            "passed" if check.status == "passed" else "blocking" if check.is_blocking else "warning"
            for check in self.checks
        )

    @property
    def verdict(self) -> str:
        """The worst of the checks: ``blocking``, ``warning`` or ``passed``."""
        return next((each for each in ("blocking", "warning") if self.counts[each]), "passed")

    @property
    def is_absent(self) -> bool:
        """Whether there was nothing to check, as this helpdesk has no such stream."""
        return any(check.observed == "stream absent" for check in self.checks)


def write_report(results: Path, target: Path) -> Path:
    """Write the pages of the last results of every stage.

    Args:
        results: The folder that the checks kept their results in.
        target: Folder for the pages; pages of an earlier report are replaced.

    Returns:
        The index page.
    """
    stages = [(_STAGE_TITLES[stage], _tables(ResultStore(results, stage))) for stage in STAGES]
    pages = import_without_spark("orchestration.expectations.pages").Pages()
    target.mkdir(parents=True, exist_ok=True)
    for earlier in target.glob("*.html"):
        earlier.unlink()
    for _, tables in stages:
        for table in tables:
            (target / f"{table.asset}.html").write_text(pages.table(table), encoding="utf-8")
    index = target / "index.html"
    index.write_text(pages.index([(title, tables) for title, tables in stages if tables]), encoding="utf-8")
    return index


def _tables(store: ResultStore) -> list[TablePage]:
    by_asset: dict[str, list[CheckResult]] = {}
    for check in store.checks():
        by_asset.setdefault(check.asset, []).append(check)
    return [_table(store, asset, checks) for asset, checks in by_asset.items()]


def _table(store: ResultStore, asset: str, checks: Sequence[CheckResult]) -> TablePage:
    ordered = sorted(checks, key=lambda check: _URGENCY.get((check.severity, check.status), 2))
    return TablePage(asset, tuple(ordered), store.validation(asset))
