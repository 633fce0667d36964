"""What a check says once it has run."""

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]
Status = Literal["passed", "failed", "error"]


@dataclass(frozen=True)
class CheckResult:
    """The outcome of one check.

    Attributes:
        check: Name of the check, unique within its asset.
        asset: The table checked, as ``schema.table``.
        severity: ``error`` refuses the run, ``warning`` only tells.
        status: ``failed`` when the data are wrong, ``error`` when the check itself could not run.
        observed: One line for people: what was seen, in how many rows of how many.
        expectation: One line for people: what should be seen.
        rows: Some of the rows that break it, as JSON. They may hold personal data: no message repeats them.
    """

    check: str
    asset: str
    severity: Severity
    status: Status
    observed: str
    expectation: str
    rows: tuple[str, ...] = field(default=(), repr=False)

    @property
    def is_blocking(self) -> bool:
        """Whether nothing may be published because of this result."""
        return self.severity == "error" and self.status != "passed"
