"""Keeps the last results of each stage on disk, so that one report shows the whole run."""

import json
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from orchestration.expectations.results import CheckResult

Stage = Literal["raw", "publication"]
STAGES: tuple[Stage, ...] = ("raw", "publication")
_CHECKS = "checks.json"


@dataclass(frozen=True)
class ResultStore:
    """The results of one stage; a store without a folder keeps nothing.

    Attributes:
        folder: Where results of all stages are kept, or None.
        stage: Which checks these are.
    """

    folder: Path | None
    stage: Stage

    @property
    def _own(self) -> Path | None:
        return self.folder / self.stage if self.folder else None

    def clear(self) -> None:
        """Forget the results of an earlier run of this stage."""
        if self._own and self._own.exists():
            shutil.rmtree(self._own)

    def keep(self, asset: str, validation: Mapping[str, Any]) -> None:
        """Keep what Great Expectations said of one table."""
        self._write(f"{asset}.validation.json", validation)

    def keep_checks(self, results: Iterable[CheckResult]) -> None:
        """Keep the results that people and orchestration read."""
        self._write(_CHECKS, [asdict(result) for result in results])

    def validation(self, asset: str) -> dict[str, Any] | None:
        """What Great Expectations said of one table; None when it could not be reached."""
        content = self._read(f"{asset}.validation.json")
        return content if isinstance(content, dict) else None

    def checks(self) -> list[CheckResult]:
        """The results of the last run of this stage; empty before the first."""
        content = self._read(_CHECKS)
        return [CheckResult(**each) for each in content] if isinstance(content, list) else []

    def _write(self, name: str, content: object) -> None:
        if self._own:
            self._own.mkdir(parents=True, exist_ok=True)
            (self._own / name).write_text(json.dumps(content, default=str), encoding="utf-8")

    def _read(self, name: str) -> object:
        path = self._own / name if self._own else None
        return json.loads(path.read_text(encoding="utf-8")) if path and path.exists() else None
