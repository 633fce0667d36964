"""The folders of a warehouse: made, closed to others, and refused when nothing can be written."""

import os
import stat
import tempfile
from pathlib import Path

import pytest

from orchestration.errors import UsageError
from orchestration.publishing.folders import unpublished_file
from orchestration.publishing.lock import Holder, hold_warehouse
from orchestration.publishing.publish import prepare_warehouse
from orchestration.warehouse import Warehouse

NOBODY = 65534


def refusal_as_nobody(root: Path) -> str:
    """What a user who owns nothing is told; root may write anywhere, so a child drops its rights."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        message = "written without complaint"
        try:
            if os.getuid() == 0:
                os.setuid(NOBODY)
            prepare_warehouse(Warehouse(root))
        except UsageError as error:
            message = str(error)
        except BaseException as error:
            message = repr(error)
        finally:
            os.write(writing, message.encode())
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        message = answer.read()
    os.waitpid(child, 0)
    return message


@pytest.fixture
def closed_folder():
    # Not in tmp_path, whose parents other users cannot enter.
    with tempfile.TemporaryDirectory() as parent:
        Path(parent).chmod(0o755)
        folder = Path(parent) / "closed"
        folder.mkdir()
        folder.chmod(0o555)
        yield folder
        folder.chmod(0o755)


def test_folders_are_made_and_the_private_one_is_closed_to_others(tmp_path):
    warehouse = Warehouse(tmp_path / "deep" / "warehouse")
    prepare_warehouse(warehouse)

    assert stat.S_IMODE(warehouse.private_dir.stat().st_mode) == 0o700
    assert [path.name for path in warehouse.root.iterdir()] == ["private"]
    assert list(warehouse.private_dir.iterdir()) == []


def test_an_open_private_folder_is_closed(tmp_path):
    warehouse = Warehouse(tmp_path)
    warehouse.private_dir.mkdir()
    warehouse.private_dir.chmod(0o755)

    prepare_warehouse(warehouse)

    assert stat.S_IMODE(warehouse.private_dir.stat().st_mode) == 0o700


def test_a_folder_that_cannot_be_written_is_refused(closed_folder):
    assert refusal_as_nobody(closed_folder) == (
        f"{closed_folder}: cannot be written: Permission denied; choose a folder you may write"
    )


def test_a_folder_that_cannot_be_created_is_refused(closed_folder):
    assert refusal_as_nobody(closed_folder / "new").startswith(
        f"{closed_folder / 'new'}: cannot be written: Permission denied"
    )


def test_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match=r"file: is a file; --warehouse takes a folder"):
        prepare_warehouse(Warehouse(tmp_path / "file"))
    with pytest.raises(UsageError, match=r"file/below: cannot be written: Not a directory"):
        prepare_warehouse(Warehouse(tmp_path / "file" / "below"))


@pytest.mark.parametrize("character", ["'", "?", "#"])
def test_a_path_that_dbt_or_dagster_cannot_use_is_refused(tmp_path, character):
    root = tmp_path / f"o{character}neil" / "warehouse"

    with pytest.raises(UsageError, match=rf"cannot hold \{character}; rename the folder$"):
        prepare_warehouse(Warehouse(root))
    assert list(tmp_path.iterdir()) == []


def test_spaces_and_percent_signs_are_usable(tmp_path):
    warehouse = Warehouse(tmp_path / "100 % help desk")

    prepare_warehouse(warehouse)

    assert warehouse.private_dir.is_dir()


def test_leftovers_of_an_interrupted_publication_are_removed(warehouse):
    unpublished_file(warehouse).write_bytes(b"half a copy")

    prepare_warehouse(warehouse)

    assert not unpublished_file(warehouse).exists()


def test_what_another_refresh_is_publishing_is_left_alone(warehouse, monkeypatch):
    unpublished_file(warehouse).write_bytes(b"being written")
    other = Holder("other", os.getpid() + 1, "here", "2017-04-02T06:00:00+00:00")
    monkeypatch.setattr("orchestration.publishing.folders.current_holder", lambda _: other)
    prepare_warehouse(warehouse)
    assert unpublished_file(warehouse).exists()

    monkeypatch.undo()
    with hold_warehouse(warehouse, run_id="mine"):
        prepare_warehouse(warehouse)
    assert not unpublished_file(warehouse).exists()
