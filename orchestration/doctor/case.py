"""What the doctor is asked to look at. Nothing heavy is imported here: packages may be what is missing."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from orchestration.warehouse import Warehouse


@dataclass(frozen=True)
class Case:
    """One visit.

    Attributes:
        extracts: The folder of extracts.
        is_extracts_named: Whether somebody named it; the default one need not be there yet.
        warehouse: The warehouse, which need not be there yet.
        config: helpdesk.toml; None for the defaults.
        now: The time; UTC.
        everything: Whether to read every extract to its end.
    """

    extracts: Path
    is_extracts_named: bool
    warehouse: Warehouse
    config: Path | None
    now: datetime
    everything: bool = False
