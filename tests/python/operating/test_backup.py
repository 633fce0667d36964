"""A backup as docs/operations.md tells it is a whole warehouse, at another place."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from orchestration.publishing.fingerprint import inputs_fingerprint
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.record import read_publication
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT

from ..conftest import AS_OF, TEST_KEY, Helpdesk, run_helpdesk


def command(warehouse: Path, elsewhere: Path) -> list[str]:
    """The command of the page."""
    page = (PROJECT_ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    found = re.search(r"`(flock [^`]+)`", page)
    assert found
    told = shlex.split(found[1].replace("<warehouse>", "W").replace("<elsewhere>", "E"))
    places = {"W": str(warehouse), "E": str(elsewhere)}
    return [places.get(word, word.replace("W/", f"{warehouse}/")) for word in told]


@pytest.fixture
def backup(desk: Helpdesk, tmp_path: Path) -> Helpdesk:
    """The warehouse restored at another place, and gone at its own."""
    subprocess.run(command(desk.root, tmp_path / "backup"), check=True)
    shutil.rmtree(desk.root)
    return Helpdesk(desk.extracts, tmp_path / "backup")


def test_a_restored_warehouse_is_what_it_was(
    published: Helpdesk, backup: Helpdesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HELPDESK_PSEUDONYM_KEY", TEST_KEY)
    told = run_helpdesk("status", "--warehouse", published.root)
    restored = run_helpdesk("status", "--warehouse", backup.root)
    assert restored.status == 0
    assert restored.output == told.output.replace(str(published.root), str(backup.root))
    # It knows what has landed, at whatever place it lies: the next refresh finds nothing new.
    record = read_publication(backup.warehouse)
    assert record is not None
    assert inputs_fingerprint(backup.warehouse, Settings()) == record.inputs_fingerprint


def test_a_backup_and_a_refresh_keep_each_other_out(desk: Helpdesk, tmp_path: Path) -> None:
    flock, lock, *_ = command(desk.root, tmp_path / "backup")
    with hold_warehouse(desk.warehouse, run_id="a-refresh"):
        assert subprocess.run([flock, "--nonblock", lock, "true"], check=False).returncode == 1
    held = subprocess.Popen([flock, lock, "cat"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert held.stdin and held.stdout
    held.stdin.write(b"held\n")
    held.stdin.flush()
    assert held.stdout.readline() == b"held\n"
    try:
        refused = desk.refresh("--as-of", AS_OF)
    finally:
        held.communicate()
    assert refused.status == 3
    assert refused.errors == "helpdesk: warehouse is held by another refresh; wait until it has ended\n"
