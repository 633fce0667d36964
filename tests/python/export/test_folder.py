"""The folder of an export is replaced whole or not at all, and never one of somebody else."""

import json
import os
import shutil
from pathlib import Path

import duckdb
import pytest

from orchestration.errors import HelpdeskError, UsageError, WarehouseHeldError
from orchestration.export import folder as folders
from orchestration.export import parquet
from orchestration.export.command import write_export
from orchestration.publishing.folders import prepare_warehouse
from orchestration.warehouse import Warehouse

from ..report.small_publication import write_publication


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    publish(warehouse, "run-1")
    return warehouse


def publish(warehouse: Warehouse, run_id: str) -> None:
    """Put a small publication in place, as publishing does: by a rename."""
    unpublished = warehouse.private_dir / "unpublished.duckdb"
    write_publication(unpublished, teams=["A"], days=2, run_id=run_id).replace(warehouse.published_file)


def export(
    warehouse: Warehouse, out: Path, *, only: tuple[str, ...] = ("meta", "marts.dim_kpi"), **more
) -> str:
    options = {"file_format": "parquet", "file": None} | more
    return write_export(warehouse, out=out, only=list(only), **options)


def exported(out: Path) -> tuple[str, set[str]]:
    """The run whose rows an export holds, and its tables; the manifest says so too."""
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    files = {str(path.relative_to(out)) for path in out.rglob("*.parquet")}
    assert files == {table["file"] for table in manifest["tables"]}
    ((run_id,),) = duckdb.read_parquet(str(out / "meta/publication/*.parquet")).project("run_id").fetchall()
    assert run_id == manifest["publication"]["run_id"]
    return run_id, {table["name"] for table in manifest["tables"]}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def leave_half(folder: Path) -> None:
    """As an export is left that was killed while it wrote into the folder's ``lake``."""
    half = folder / ".lake.exporting" / "marts" / "half.parquet"
    half.parent.mkdir(parents=True)
    half.write_text("half")


def test_a_second_export_replaces_the_first_whole(warehouse, tmp_path):
    out = tmp_path / "new" / "lake"
    export(warehouse, out)
    assert exported(out) == ("run-1", {"meta.publication", "meta.loads", "marts.dim_kpi"})

    publish(warehouse, "run-2")
    out.chmod(0o750)
    export(warehouse, out, only=("meta.publication",))

    assert exported(out) == ("run-2", {"meta.publication"})
    assert (names(out.parent), out.stat().st_mode & 0o777) == (["lake"], 0o750)


def test_all_of_it_is_of_one_publication_though_another_comes_meanwhile(warehouse, tmp_path, monkeypatch):
    write = parquet._write
    written = []

    def publish_after_the_first(*arguments):
        count = write(*arguments)
        if not written:
            publish(warehouse, "run-2")
        written.append(count)
        return count

    monkeypatch.setattr(parquet, "_write", publish_after_the_first)
    export(warehouse, tmp_path / "lake")

    assert exported(tmp_path / "lake")[0] == "run-1"
    assert len(written) == 3


@pytest.mark.parametrize("step", ["_write", "flush_all_to_disk", "replace"])
@pytest.mark.parametrize("trouble", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interrupted_export_leaves_the_earlier_one(warehouse, tmp_path, monkeypatch, step, trouble):
    out = tmp_path / "lake"
    export(warehouse, out)
    publish(warehouse, "run-2")
    replace = Path.replace

    def fail(*_):
        raise trouble

    def fail_to_put_in_place(source, target):
        return fail() if source.name.endswith(".exporting") else replace(source, target)

    if step == "replace":
        monkeypatch.setattr(Path, "replace", fail_to_put_in_place)
    else:
        monkeypatch.setattr(parquet if step == "_write" else folders, step, fail)
    with pytest.raises((KeyboardInterrupt, HelpdeskError)) as raised:
        export(warehouse, out)
    monkeypatch.undo()

    assert raised.type is KeyboardInterrupt or "cannot be written: No space left" in str(raised.value)
    assert exported(out)[0] == "run-1"
    assert names(tmp_path) == ["lake", "warehouse"]


def test_what_a_killed_export_left_is_put_back_and_cleared(warehouse, tmp_path):
    out = tmp_path / "lake"
    export(warehouse, out)
    out.rename(tmp_path / ".lake.replaced")
    leave_half(tmp_path)

    with pytest.raises(UsageError, match=r"did you mean marts\.dim_kpi\?"):
        export(warehouse, out, only=("mart.dim_kpi",))
    assert exported(out)[0] == "run-1"
    assert names(tmp_path) == ["lake", "warehouse"]

    shutil.copytree(out, tmp_path / ".lake.replaced")
    leave_half(tmp_path)
    export(warehouse, out, only=("meta",))
    assert exported(out) == ("run-1", {"meta.publication", "meta.loads"})
    assert names(tmp_path) == ["lake", "warehouse"]


def test_files_are_on_the_disk_before_they_get_their_place(warehouse, tmp_path, monkeypatch):
    synced: set[Path] = set()
    sync, replace = os.fsync, Path.replace
    placed = []

    def watched(descriptor: int) -> None:
        synced.add(Path(f"/dev/fd/{descriptor}").resolve())
        sync(descriptor)

    def place_what_is_synced(source: Path, target: Path) -> Path:
        assert {source, *source.rglob("*")} <= synced
        placed.append(target)
        return replace(source, target)

    monkeypatch.setattr("os.fsync", watched)
    monkeypatch.setattr(Path, "replace", place_what_is_synced)
    export(warehouse, tmp_path / "lake")
    assert placed == [tmp_path / "lake"]


def test_of_two_exports_into_one_folder_the_second_is_refused(warehouse, tmp_path):
    with folders.replaced_folder(tmp_path / "lake") as unfinished:
        with pytest.raises(WarehouseHeldError, match="another export into it is running") as refused:
            export(warehouse, tmp_path / "lake")
        assert unfinished.is_dir()
    assert refused.value.exit_status == 3


def test_nothing_of_others_is_replaced(warehouse, tmp_path):
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "notes.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    export(warehouse, tmp_path / "lake")
    (tmp_path / "lake" / "meta" / "notes.txt").write_text("mine")
    (tmp_path / "linked").symlink_to(tmp_path / "theirs")
    (tmp_path / "hidden").symlink_to(warehouse.private_dir)

    for name, message in {
        "theirs": "is not empty",
        "linked": "is not empty",
        "warehouse": "is not empty",
        "file": "is a file",
        "lake": "holds meta/notes.txt",
        "warehouse/private/lake": "belongs to the warehouse",
        "hidden/lake": "belongs to the warehouse",
        "warehouse/report": "belongs to the warehouse",
    }.items():
        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(UsageError, match=message):
            export(warehouse, tmp_path / name)
        assert sorted(tmp_path.rglob("*")) == before, name
    assert (tmp_path / "lake" / "meta" / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize(
    ("options", "error", "message"),
    [
        ({"file_format": "csv"}, UsageError, "--format csv: is not known; there is parquet"),
        ({"only": ("raw",)}, UsageError, "--only raw: there is no such table or schema"),
        ({"file": Path("missing.duckdb")}, UsageError, "missing.duckdb: nothing is published there"),
        ({"file": "empty"}, HelpdeskError, "is no publication"),
        ({"file": "text"}, HelpdeskError, "is no valid DuckDB file"),
    ],
)
def test_wrong_usage_is_told_and_leaves_nothing(warehouse, tmp_path, options, error, message):
    others = tmp_path / "others"
    others.mkdir()
    (others / "text").write_text("no database at all, but as long as the header of one is" * 100)
    duckdb.connect(str(others / "empty")).close()
    if isinstance(options.get("file"), str):
        options = options | {"file": others / options["file"]}

    with pytest.raises(error, match=message):
        export(warehouse, tmp_path / "lake", **options)
    assert names(tmp_path) == ["others", "warehouse"]
