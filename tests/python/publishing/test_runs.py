"""The history of runs, and what a publication knows of the code it was made with."""

import os
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from orchestration.publishing.code_version import git_commit, has_local_changes
from orchestration.publishing.database import open_database
from orchestration.publishing.record import tool_versions
from orchestration.publishing.runs import Run, finish_run, last_run, start_run

NOON = datetime(2017, 4, 2, 12)
COMMIT = "0123456789abcdef0123456789abcdef01234567"


def newest(warehouse):
    with open_database(warehouse.build_file, read_only=True) as connection:
        return last_run(connection)


def test_a_run_is_noted_from_start_to_end(warehouse):
    assert newest(warehouse) is None
    start_run(warehouse, "run-1", started_at=NOON.replace(tzinfo=timezone(timedelta(hours=2))))
    assert newest(warehouse) == Run("run-1", NOON - timedelta(hours=2), None, "running", None)

    finish_run(warehouse, "run-1", status="published", message="3,000 tickets", finished_at=NOON)
    assert newest(warehouse) == Run("run-1", NOON - timedelta(hours=2), NOON, "published", "3,000 tickets")


def test_a_run_that_was_killed_is_noted_as_failed_by_the_next(warehouse):
    start_run(warehouse, "run-1", started_at=NOON)
    start_run(warehouse, "run-2", started_at=NOON + timedelta(days=1))

    with open_database(warehouse.build_file, read_only=True) as connection:
        runs = connection.execute("select run_id, status, message from meta.runs order by run_id").fetchall()
    assert runs == [
        ("run-1", "failed", "interrupted: its process was ended"),
        ("run-2", "running", None),
    ]


def test_versions_name_the_tools_that_shape_a_publication():
    assert {"dbt", "duckdb", "dagster", "great-expectations"} <= tool_versions().keys()
    assert tool_versions()["duckdb"].split(".")[0].isdigit()


@pytest.fixture
def work_tree(tmp_path: Path):
    (tmp_path / ".git" / "refs" / "heads").mkdir(parents=True)
    (tmp_path / ".git" / "HEAD").write_text("ref: refs/heads/main\n")
    return tmp_path


def test_the_commit_of_a_branch_is_read(work_tree):
    assert git_commit(work_tree) is None
    (work_tree / ".git" / "packed-refs").write_text(f"# pack-refs with: peeled\n{COMMIT} refs/heads/main\n")
    assert git_commit(work_tree) == COMMIT
    (work_tree / ".git" / "refs" / "heads" / "main").write_text(COMMIT[::-1])
    assert git_commit(work_tree) == COMMIT[::-1]


def test_the_commit_of_a_detached_head_and_of_a_linked_work_tree_is_read(work_tree):
    linked = work_tree / "linked"
    own = work_tree / ".git" / "worktrees" / "linked"
    own.mkdir(parents=True)
    linked.mkdir()
    (linked / ".git").write_text(f"gitdir: {own}\n")
    (own / "commondir").write_text("../..\n")
    (own / "HEAD").write_text("ref: refs/heads/topic\n")
    (work_tree / ".git" / "refs" / "heads" / "topic").write_text(COMMIT)
    assert git_commit(linked) == COMMIT

    (work_tree / ".git" / "HEAD").write_text(f"{COMMIT}\n")
    assert git_commit(work_tree) == COMMIT


def test_there_is_no_commit_outside_a_work_tree(tmp_path):
    assert git_commit(tmp_path) is None


def test_code_that_is_not_the_commits_is_told(tmp_path, monkeypatch):
    def git(*arguments: str) -> None:
        who = ("-c", "user.name=test", "-c", "user.email=test")
        subprocess.run(["git", "-C", tmp_path, *who, *arguments], check=True, capture_output=True)

    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    model = tmp_path / "models" / "fct_tickets.sql"
    model.parent.mkdir()
    model.write_text("select 1")
    git("init")
    assert has_local_changes(tmp_path) is None
    git("add", "--all")
    git("commit", "--message", "a model")
    (tmp_path / "notes.txt").write_text("no code")
    assert has_local_changes(tmp_path) is False

    # A hook's own repository is not meant.
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "none"))
    model.write_text("select 2")
    assert has_local_changes(tmp_path) is True
    model.write_text("select 1")
    assert has_local_changes(tmp_path) is False
    (model.parent / "new.sql").write_text("select 3")
    assert has_local_changes(tmp_path) is True


def test_without_a_git_nobody_can_tell_of_changes(work_tree, tmp_path, monkeypatch):
    (work_tree / ".git" / "refs" / "heads" / "main").write_text(COMMIT)
    assert has_local_changes(work_tree) is None

    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    assert has_local_changes(work_tree) is None
