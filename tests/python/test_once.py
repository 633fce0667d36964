"""What is shared between the processes that run the tests is made once, and made whole."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.python.once import made_once


def test_who_asks_at_the_same_time_gets_the_same_folder_made_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    makings = []

    def make(folder: Path) -> None:
        makings.append(folder)
        (folder / "made").write_text("whole")

    # pytest makes its folder when it is first asked for, and not safely for several threads.
    tmp_path_factory.getbasetemp()
    with ThreadPoolExecutor(4) as askers:
        folders = list(askers.map(lambda _: made_once(tmp_path_factory, "asked", make), range(8)))
    assert makings == [folders[0]]
    assert set(folders) == {folders[0]}
    assert (folders[0] / "made").read_text() == "whole"


def test_what_failed_half_way_is_made_anew(tmp_path_factory: pytest.TempPathFactory) -> None:
    def fail(folder: Path) -> None:
        (folder / "half").touch()
        raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        made_once(tmp_path_factory, "failed", fail)
    folder = made_once(tmp_path_factory, "failed", lambda folder: (folder / "whole").touch())
    assert [path.name for path in folder.iterdir()] == ["whole"]
