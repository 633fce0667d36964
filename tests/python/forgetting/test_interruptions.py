"""Killed between any two steps and run again, forgetting ends in the same state."""

import duckdb
import pytest

from orchestration.errors import HelpdeskError, UsageError, WarehouseHeldError
from orchestration.forgetting import forget as forgetting
from orchestration.publishing.lock import hold_warehouse
from tests.python.forgetting.conftest import ADA, ADDRESS, SECRETS, Desk, write_generic

_STEPS = ["clean_private_files", "clean_messages", "erase_freed_bytes", "remove_versions"]


class KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("step", _STEPS)
def test_killed_before_a_step_and_run_again(desk: Desk, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    write_generic(desk)
    desk.land()
    version = desk.warehouse.versions_dir / "20260301T020000.000000Z_earlier.duckdb"
    version.parent.mkdir()
    version.write_text(f"a publication with {ADA}")

    def killed(*_: object, **__: object) -> None:
        raise KilledError

    with monkeypatch.context() as patched:
        patched.setattr(forgetting, step, killed)
        with pytest.raises(KilledError):
            desk.forget()
    desk.forget()
    assert desk.files_that_hold(*SECRETS) == []
    assert desk.rows("select count(*), count(erased_at) from meta.forgotten where kind = 'person'") == [
        (1, 1)
    ]


@pytest.mark.parametrize("again", [None, ADDRESS])
def test_who_is_in_no_record_any_more_needs_no_name(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, again: str | None
) -> None:
    write_generic(desk)
    desk.land()

    def full(*_: object, **__: object) -> None:
        raise HelpdeskError("no room")

    with monkeypatch.context() as patched:
        patched.setattr(forgetting, "erase_freed_bytes", full)
        with pytest.raises(HelpdeskError, match="no room"):
            desk.forget(None, email=ADDRESS)
    with pytest.raises(UsageError, match="nobody is known by it"):
        desk.forget("somebody else")
    desk.forget(None, email=again)
    assert desk.files_that_hold(*SECRETS) == []
    with pytest.raises(UsageError):
        desk.forget(None, email=again)


def test_forgotten_twice_is_told_and_changes_nothing(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    write_generic(desk)
    desk.land()
    desk.forget()
    before = desk.warehouse.build_file.read_bytes()
    desk.forget()
    assert "nothing of them has come since" in capsys.readouterr().out
    assert desk.warehouse.build_file.read_bytes() == before


def test_a_held_warehouse_is_left_alone(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    before = desk.warehouse.build_file.read_bytes()
    with (
        hold_warehouse(desk.warehouse, run_id="another"),
        # As a refresh does: it has the file open from its first to its last moment.
        duckdb.connect(str(desk.warehouse.build_file)),
        pytest.raises(WarehouseHeldError, match=r"^warehouse is held by run another .*; wait until"),
    ):
        desk.forget()
    assert desk.warehouse.build_file.read_bytes() == before


def test_nobody_answers_and_nothing_is_changed(desk: Desk) -> None:
    write_generic(desk)
    desk.land()
    with pytest.raises(UsageError, match="add --yes"):
        desk.forget(yes=False)
    assert desk.files_that_hold(ADA)


def test_a_lake_is_refused(desk: Desk, tmp_path) -> None:
    write_generic(desk)
    desk.land()
    config = tmp_path / "helpdesk.toml"
    config.write_text('[spark]\nlake = "s3://bucket/helpdesk"\n')
    with pytest.raises(UsageError, match=r"the lake s3://bucket/helpdesk .* nothing was changed"):
        desk.forget(config=config)
    assert desk.files_that_hold(ADA)
