"""What takes long to make is made once, also when several processes run the tests."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that the first process to ask for it fills, while the others wait.

    Args:
        factory: pytest's own, which gives every process of a run a folder inside a common one.
        name: The folder's name, the same in every process.
        make: Fills the folder, which is there and empty.

    Returns:
        The folder; no test may change what is in it.
    """
    base = factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / f"once-{name}"
    made = place.with_suffix(".made")
    with FileLock(place.with_suffix(".lock")):
        if not made.exists():
            # Somebody may have begun and failed: then this process fails for itself, and says why.
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            make(place)
            made.touch()
    return place
