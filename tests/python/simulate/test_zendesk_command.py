from datetime import date

from orchestration.simulate import zendesk
from orchestration.simulate.simulate import simulate
from tests.python.simulate.test_simulate_command import digest, silent


def test_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path):
    for name, seed in (("one", 1), ("again", 1), ("other", 2)):
        simulate(tmp_path / name, tickets=300, days=60, seed=seed, systems=["zendesk"], report=silent)
    one, other = digest(tmp_path / "one"), digest(tmp_path / "other")
    assert one == digest(tmp_path / "again")
    drawn = [path for path in one if "/ticket" in path or "/satisfaction" in path]
    assert len(drawn) > 10
    assert all(other.get(path) != one[path] for path in drawn)


def test_the_open_format_is_not_touched_by_another_system_beside_it(tmp_path):
    simulate(tmp_path / "alone", tickets=50, days=20, report=silent)
    simulate(tmp_path / "both", tickets=50, days=20, systems=["zendesk", "generic"], report=silent)
    assert digest(tmp_path / "alone" / "generic") == digest(tmp_path / "both" / "generic")
    assert (tmp_path / "both" / "zendesk").is_dir()


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(zendesk, "_REPORT_EVERY", 20)
    lines = []
    simulate(tmp_path, tickets=50, days=20, systems=["zendesk"], report=lines.append)
    assert lines[:2] == ["zendesk: 20 of 50 tickets", "zendesk: 40 of 50 tickets"]
    assert lines[2].startswith("zendesk: 50 tickets of 20 days up to 2017-02-18")


def test_the_smallest_numbers_are_enough(tmp_path):
    simulate(tmp_path, tickets=1, days=1, ends_on=date(2020, 2, 29), systems=["zendesk"], report=silent)
    written = {path.name for path in (tmp_path / "zendesk" / "tickets").iterdir()}
    assert written == {"tickets-2020-02.jsonl.gz"}
