"""Which files are extracts, and what is said of folders that are not what they should be."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.errors import UsageError
from orchestration.landing.discovery import find_extracts
from orchestration.landing.streams import load_streams

STREAMS = load_streams()


def touch(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).touch()


def test_files_are_found_sorted_with_their_place(tmp_path: Path) -> None:
    touch(tmp_path, "generic@b-1/tickets/2026/x.CSV.GZ", "generic/agents/b.json", "generic/agents/a.tsv.zst")
    files, notes = find_extracts(tmp_path, STREAMS)
    assert notes == []
    assert [(f.relative_path, f.account, f.stream.name, f.format, f.compression) for f in files] == [
        ("generic/agents/a.tsv.zst", "main", "agents", "tsv", "zstd"),
        ("generic/agents/b.json", "main", "agents", "json", None),
        ("generic@b-1/tickets/2026/x.CSV.GZ", "b-1", "tickets", "csv", "gzip"),
    ]


def test_files_beside_are_ignored_and_noted_where_it_matters(tmp_path: Path) -> None:
    touch(tmp_path, "README.md", ".git/config", "generic/LICENSE", "generic/tickets/.hidden.csv", "loose.csv")
    touch(tmp_path, "generic/tickets/README.txt", "generic/tickets/x.csv.part", "generic/tickets/y.jsonl.tmp")
    files, notes = find_extracts(tmp_path, STREAMS)
    assert files == []
    what = "ignored: not a .jsonl, .ndjson, .json, .csv, .tsv or .parquet"
    assert notes == [
        f"generic/tickets/README.txt: {what}",
        f"generic/tickets/x.csv.part: {what}",
        f"generic/tickets/y.jsonl.tmp: {what}",
        "loose.csv: ignored: it lies in no <system>/<stream>/ folder",
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        (
            "salesforce/cases/a.csv",
            "salesforce/: unknown system 'salesforce': known are generic, servicenow",
        ),
        ("servicenow/tasks/a.csv", "servicenow/tasks/: unknown stream: known are incidents"),
        (
            "Generic@/tickets/a.csv",
            "Generic@/: not a folder name of the form <system> or <system>@<account>: rename it",
        ),
        ("generic@a@b/tickets/a.csv", "generic@a@b/: not a folder name of the form"),
        ("generic/tickets/a\nb.csv", "'generic/tickets/a\\nb.csv': the name holds characters"),
    ],
)
def test_a_wrong_folder_is_wrong_usage(tmp_path: Path, name: str, message: str) -> None:
    touch(tmp_path, name)
    with pytest.raises(UsageError) as wrong:
        find_extracts(tmp_path, {system: STREAMS[system] for system in ("generic", "servicenow")})
    assert str(wrong.value).startswith(message)
    assert len(str(wrong.value).splitlines()) == 1


def test_an_empty_folder_of_an_unknown_system_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "generics").mkdir()
    with pytest.raises(UsageError, match="generics/: unknown system 'generics'"):
        find_extracts(tmp_path, STREAMS)


def test_the_folder_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="does not exist: name it with --extracts"):
        find_extracts(tmp_path / "none", STREAMS)
    touch(tmp_path, "file")
    with pytest.raises(UsageError, match="is not a folder"):
        find_extracts(tmp_path / "file", STREAMS)


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    touch(tmp_path, "generic/tickets/a.csv", "generic/calls/a.csv")
    listed = Path.iterdir

    def denied(folder: Path) -> Iterator[Path]:
        # Root may read any folder, whatever its mode says.
        if folder.name == "calls":
            raise PermissionError(13, "Permission denied", str(folder))
        return listed(folder)

    monkeypatch.setattr(Path, "iterdir", denied)
    with pytest.raises(UsageError) as refusal:
        find_extracts(tmp_path, STREAMS)
    assert str(refusal.value) == (
        f"{tmp_path / 'generic/calls'}: cannot be read (Permission denied): let this user read it"
    )


def test_links_may_not_lead_out(tmp_path: Path) -> None:
    touch(tmp_path, "outside.csv", "extracts/generic/tickets/a.csv")
    (tmp_path / "extracts/generic/tickets/b.csv").symlink_to(tmp_path / "outside.csv")
    with pytest.raises(UsageError, match=r"generic/tickets/b\.csv: a link that leads out"):
        find_extracts(tmp_path / "extracts", STREAMS)


def test_links_inside_are_followed_but_not_for_ever(tmp_path: Path) -> None:
    touch(tmp_path, "generic/tickets/a.csv")
    (tmp_path / "generic/tickets/b.csv").symlink_to(tmp_path / "generic/tickets/a.csv")
    (tmp_path / "generic/tickets/loop").symlink_to(tmp_path / "generic")
    files, _ = find_extracts(tmp_path, STREAMS)
    assert [f.relative_path for f in files] == ["generic/tickets/a.csv", "generic/tickets/b.csv"]


def test_the_registry_holds_what_sources_say() -> None:
    incidents = STREAMS["servicenow"]["incidents"]
    assert incidents.table == "raw_servicenow.incidents"
    assert (incidents.missing_text, incidents.timestamp_format) == ("?", "%d/%m/%Y %H:%M")
    assert incidents.key == ("number", "sys_mod_count", "sys_updated_at")
    assert STREAMS["generic"]["groups"].required == {"group_id", "name"}
    assert "meta" not in STREAMS
