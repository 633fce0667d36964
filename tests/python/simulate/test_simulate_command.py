import hashlib
from datetime import date
from pathlib import Path

import pytest

from orchestration.errors import UsageError
from orchestration.simulate.simulate import simulate


def silent(line: str) -> None:
    assert line


def digest(folder: Path) -> dict[str, str]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {str(p.relative_to(folder)): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


def test_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        simulate(tmp_path / name, tickets=300, days=60, seed=seed, report=silent)
    assert digest(tmp_path / "one") == digest(tmp_path / "again")
    for path, value in digest(tmp_path / "one").items():
        if any(stream in path for stream in ("/tickets", "/ticket_events", "/messages", "/agents")):
            assert digest(tmp_path / "other").get(path) != value


def test_compressed_files_do_not_say_when_they_were_written(tmp_path):
    simulate(tmp_path, tickets=20, days=5, report=silent)
    headers = [path.read_bytes()[4:8] for path in tmp_path.rglob("*.gz")]
    assert headers
    assert set(headers) == {bytes(4)}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ({"systems": ["generic", "remedy"]}, "remedy"),
        ({"systems": []}, "generic"),
        ({"tickets": 0}, "--tickets 0"),
        ({"days": 0}, "--days 0"),
        ({"days": 40_000}, "1970"),
    ],
)
def test_wrong_usage_is_refused_before_anything_is_written(tmp_path, arguments, told):
    with pytest.raises(UsageError, match=told):
        simulate(tmp_path / "out", report=silent, **arguments)
    assert not (tmp_path / "out").exists()


def test_a_folder_with_something_in_it_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(UsageError, match="not empty"):
        simulate(tmp_path, tickets=1, days=1, report=silent)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("inside", ["", "deeper"])
def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path, inside):
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(UsageError, match="not a folder"):
        simulate(taken / inside, tickets=1, days=1, report=silent)


def test_an_empty_folder_and_the_smallest_numbers_are_enough(tmp_path):
    lines = []
    simulate(tmp_path, tickets=1, days=1, ends_on=date(2020, 2, 29), report=lines.append)
    assert [path.name for path in (tmp_path / "generic" / "tickets").iterdir()] == [
        "tickets-2020-02.jsonl.gz"
    ]
    assert lines[-1].startswith("generic: 1 tickets of 1 days up to 2020-02-29")


def test_a_system_named_twice_is_written_once(tmp_path):
    lines = []
    simulate(tmp_path, tickets=5, days=2, systems=("generic", "generic"), report=lines.append)
    assert len(lines) == 1
