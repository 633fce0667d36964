"""The extracts that are measured: simulated once and kept."""

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from orchestration.simulate.simulate import simulate

_LAST_DAY = date(2017, 2, 18)
AS_OF = datetime(2017, 2, 18, tzinfo=UTC) + timedelta(days=1)
_DATA = Path(__file__).parent / "data"


def simulated_extracts(tickets: int) -> Path:
    """The folder of extracts with a year of tickets in the open format, written unless it is there.

    Args:
        tickets: How many.

    Returns:
        The folder.
    """
    folder = _DATA / f"extracts_{tickets}"
    if not folder.exists():
        # Under another name until it is whole: an interrupted simulation must not be measured.
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        simulate(
            unfinished,
            tickets=tickets,
            days=365,
            seed=1,
            systems=["generic"],
            ends_on=_LAST_DAY,
            report=print,
        )
        unfinished.rename(folder)
    return folder
