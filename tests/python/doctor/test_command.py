"""``helpdesk doctor`` as people and machines meet it: what it prints, how it ends, and changes nothing."""

import io
import json
import socket
from pathlib import Path

import pytest
from rich.console import Console

from orchestration.doctor import examine as examination
from orchestration.doctor.command import run_doctor
from orchestration.doctor.examine import CHECKS, Told, examine
from orchestration.doctor.finding import note, ok, wrong
from orchestration.doctor.printed import print_findings
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.python.conftest import Helpdesk, run_helpdesk
from tests.python.doctor.conftest import MakeCase, write
from tests.reference.pseudonyms import TEST_KEY

Stamp = tuple[int, int, int, int]
LONG = "a sentence of many words " * 12


def state(*folders: Path) -> dict[str, Stamp]:
    """Every file and folder: its size, mode, and when it and its name were changed."""
    found = [path for folder in folders for path in (folder, *folder.rglob("*"))]
    stats = ((path, path.lstat()) for path in found)
    return {
        str(path): (each.st_size, each.st_mode, each.st_mtime_ns, each.st_ctime_ns) for path, each in stats
    }


def test_it_finds_nothing_wrong_and_touches_nothing(published: Helpdesk, tmp_path: Path) -> None:
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    before = state(published.extracts, published.root)
    folders = ("--extracts", published.extracts, "--warehouse", published.root)
    outcome = run_helpdesk("doctor", *folders, "--json", TMPDIR=str(temporary))
    assert state(published.extracts, published.root) == before
    assert list(temporary.iterdir()) == []
    said = json.loads(outcome.output)
    assert [each for each in said["findings"] if each["verdict"] == "wrong"] == []
    assert (outcome.status, said["is_wrong"], outcome.errors) == (0, False, "")
    assert {each["group"] for each in said["findings"]} == {group.lower() for group in CHECKS}
    checks = {each["check"] for each in said["findings"]}
    assert checks >= {"packages", "settings", "streams", "coverage", "published", "build"}
    assert TEST_KEY not in outcome.output


def test_it_makes_no_folder_where_there_is_none(tmp_path: Path) -> None:
    folders = ("--extracts", tmp_path / "none", "--warehouse", tmp_path / "no warehouse")
    outcome = run_helpdesk("doctor", *folders, NO_COLOR="1")
    assert list(tmp_path.iterdir()) == []
    assert (outcome.status, outcome.errors) == (1, "")
    assert "wrong" in outcome.output
    assert "none: the extracts folder does not exist" in " ".join(outcome.output.split())
    assert outcome.output.splitlines()[-1].startswith("1 thing is wrong, ")
    assert "\x1b" not in outcome.output


def test_wrong_usage() -> None:
    outcome = run_helpdesk("doctor", "--everything")
    assert outcome.status == 2
    assert "No such option" in outcome.errors


def test_no_network_is_needed(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("something asked the network")

    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    said = [told.finding.told for told in examine(make(is_extracts_named=False))]
    assert len(said) > 20
    assert not any("network" in each and "asked" in each for each in said)


def test_a_check_that_fails_is_told_once_and_keeps_no_other_from_looking(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        examination, "CHECKS", {"Installation": ("no_such_check", "python", "no_such_check", "open_files")}
    )
    found = list(examine(make()))
    assert [told.finding.verdict for told in found] == ["wrong", "ok", "ok"]
    assert "no such check: could not be looked at: ModuleNotFoundError" in found[0].finding.told


def test_errors_of_a_refresh_are_findings_line_by_line(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(examination, "CHECKS", {"Warehouse": ("place",)})
    (found,) = examine(make(warehouse=Warehouse(tmp_path / "a?b")))
    assert found.finding == wrong(
        f"{tmp_path / 'a?b'}: the path of a warehouse cannot hold ?; rename the folder"
    )


def test_notes_alone_are_nothing_wrong() -> None:
    console = Console(record=True, file=io.StringIO())
    assert not print_findings([Told("Extracts", "a", note("n")), Told("Extracts", "a", note("n"))], console)
    assert console.export_text().endswith("Nothing is wrong; 2 notes.\n")


@pytest.mark.parametrize("width", [40, 80, 200])
def test_lines_fit_and_nothing_is_markup(width: int) -> None:
    found = [
        Told("Installation", "a", ok("[bold]brackets[/bold]")),
        Told("Extracts", "b", wrong(LONG, "do: this")),
        Told("Extracts", "c", note("x" * 150)),
    ]
    console = Console(width=width, record=True, file=io.StringIO())
    assert print_findings(found, console)
    lines = console.export_text().splitlines()
    assert max(len(line) for line in lines) <= width
    text = " ".join(" ".join(lines).split())
    assert "ok [bold]brackets[/bold]" in text
    assert " ".join(LONG.split()) in text
    assert text.replace(" ", "").count("x" * 150) == 1
    assert text.endswith("1 thing is wrong, 1 note.")


def test_json_ends_as_the_list_does(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(examination, "CHECKS", {"Extracts": ("folder",)})
    console = Console()
    for extracts, status in ((tmp_path / "none", 1), (None, 0)):
        monkeypatch.chdir(tmp_path)
        ended = run_doctor(
            extracts=extracts,
            warehouse=Warehouse(tmp_path / "w"),
            config=None,
            everything=False,
            as_json=True,
            console=console,
        )
        said = json.loads(capsys.readouterr().out)
        assert (ended, said["is_wrong"]) == (status, bool(status))
        assert [each["check"] for each in said["findings"]] == ["folder"]


def test_every_check_is_a_module_and_every_module_a_check() -> None:
    for group, checks in CHECKS.items():
        folder = PROJECT_ROOT / "orchestration" / "doctor" / group.lower()
        modules = {file.stem for file in folder.glob("*.py") if "def findings(" in file.read_text()}
        assert modules == set(checks)


def test_a_bad_folder_is_told_with_its_files(tmp_path: Path) -> None:
    write(tmp_path, "extracts/generic/tickets/a.csv", "nothing,of,it\n")
    outcome = run_helpdesk("doctor", "--extracts", tmp_path / "extracts", "--warehouse", tmp_path / "w")
    assert outcome.status == 1
    assert "holds none of the required columns of generic/tickets" in " ".join(outcome.output.split())
