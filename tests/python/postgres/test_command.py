"""``helpdesk publish`` before it connects, and where a refresh publishes to."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from orchestration.defs import postgres as defs
from orchestration.errors import HelpdeskError, UsageError, WarehouseHeldError, is_out_of_room
from orchestration.postgres import command
from orchestration.postgres.location import Location
from orchestration.postgres.settings import Postgres
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse

TO = "postgresql://owner@db/bi"


def publish(root: Path, **options: object) -> str:
    given = {"to": TO, "schema": None, "wait": None, "force": False, "config": None} | options
    return command.run_publish(warehouse=Warehouse(root), **given)


@pytest.fixture
def published(tmp_path: Path) -> Path:
    (tmp_path / "helpdesk.duckdb").touch()
    return tmp_path


def settings_file(folder: Path, text: str) -> Path:
    file = folder / "helpdesk.toml"
    file.write_text(f"[postgres]\n{text}\n")
    return file


def test_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing is published there; run helpdesk refresh first"):
        publish(tmp_path)


def test_no_address_is_given(published: Path) -> None:
    with pytest.raises(UsageError, match="--to: needs an address such as postgresql://user@host/database"):
        publish(published, to=None)


def test_the_extra_is_not_installed(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="needs the extra postgres: make setup-postgres"):
        publish(published)


def test_options_go_before_the_settings(published: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[Location, float]] = []

    def publish_file(file: Path, location: Location, *, wait: float, force: bool) -> str:
        asked.append((location, wait))
        return "done"

    monkeypatch.setattr(command, "publish_file", publish_file)
    config = settings_file(published, f'to = "{TO}"\nschema_name = "desk"\nwait_seconds = 5')
    publish(published, to=None, config=config)
    publish(published, to="postgresql://other/bi", schema="mine", wait=0.0, config=config)
    publish(published)
    assert asked == [
        (Location(TO, "desk"), 5),
        (Location("postgresql://other/bi", "mine"), 0),
        (Location(TO, "helpdesk"), 300),
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            'to = "postgresql://owner:hidden@db/bi"',
            "postgres.to: takes no password: that is read from PGPASSWORD",
        ),
        ('to = "postgresql://db/bi?password=hidden"', "postgres.to: takes no password"),
        ('to = "postgresql://owner:p@hidden@db/bi"', "postgres.to: in a password write @ as %40"),
        ('to = "mysql://hidden/bi"', "postgres.to: is no address such as postgresql://user@host/database"),
        (f'to = "{TO}"\nschema_name = "Desk"', "postgres.schema_name: Desk: takes at most 53 small letters"),
        (f'to = "{TO}"\nwait_seconds = -1', "postgres.wait_seconds: should be greater than or equal to 0"),
    ],
)
def test_a_wrong_section_is_told_without_a_secret(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(UsageError) as refusal:
        load_settings(settings_file(tmp_path, text))
    assert told in str(refusal.value)
    assert "hidden" not in str(refusal.value)


def refresh(root: Path, place: Postgres | None, *, compare: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        settings=SimpleNamespace(postgres=place), compare=compare, warehouse=Warehouse(root)
    )


def test_a_refresh_copies_only_where_it_is_told_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Path] = []
    monkeypatch.setattr(defs, "publish_file", lambda file, *_, **__: asked.append(file) or "done")
    assert defs.copy_to_postgres(refresh(tmp_path, None)) == "nothing to do"
    assert defs.copy_to_postgres(refresh(tmp_path, Postgres(to=TO), compare=True)) == "nothing to do"
    assert asked == []
    assert defs.copy_to_postgres(refresh(tmp_path, Postgres(to=TO))) == "done"
    assert asked == [tmp_path / "helpdesk.duckdb"]


def test_a_copy_that_fails_is_a_failed_run_of_its_own_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise WarehouseHeldError("held by helpdesk publish") from OSError("No space left on device")

    monkeypatch.setattr(defs, "publish_file", fail)
    with pytest.raises(HelpdeskError) as failure:
        defs.copy_to_postgres(refresh(tmp_path, Postgres(to=TO)))
    assert type(failure.value) is HelpdeskError
    assert (
        str(failure.value)
        == f"{tmp_path}/helpdesk.duckdb is published, its copy is not: held by helpdesk publish"
    )
    # The server's disk is not this machine's.
    assert not is_out_of_room(failure.value)
