"""What tests of whole refreshes share: the installed command, and warehouses that take long to make."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.pseudonym_key import VARIABLE
from orchestration.warehouse import PROJECT_ROOT, Warehouse
from tests.python.once import made_once
from tests.reference.pseudonyms import TEST_KEY

HELPDESK = Path(sys.executable).with_name("helpdesk")
AS_OF = "2017-02-19T00:00:00"
SIMULATED_TICKETS = 60
SLOW_FIXTURES = {"sample", "cut", "simulated", "empty_helpdesk", "lifecycle_run"}
# What the environment of the first refresh holds besides the key of pseudonyms, and nothing may tell.
SECRETS = {
    "HELPDESK_SMTP_PASSWORD": "a password of tests alone",
    "HELPDESK_WEBHOOK_URL": "https://127.0.0.1:9/a-path-of-tests-alone",
    "HELPDESK_OF_NOBODY": "a variable of tests alone",
}
_LONGEST_COMMAND_SECONDS = 600
# People have folders of such names.
_WAREHOUSE = "100 % help desk"


@dataclass(frozen=True)
class Outcome:
    """How a command ended: its exit status and what it said."""

    status: int
    output: str
    errors: str

    @property
    def error_lines(self) -> list[str]:
        """The lines of standard error."""
        return self.errors.splitlines()


def clean_environment() -> dict[str, str]:
    """The environment without what would change where a refresh reads and writes; people have tests' keys."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("HELPDESK_", "DAGSTER_"))
    }
    return kept | {VARIABLE: TEST_KEY}


def run_helpdesk(*arguments: object, **environment: str) -> Outcome:
    """Run the installed command as a person would: exit status and standard error are the real ones."""
    done = subprocess.run(
        [HELPDESK, *map(str, arguments)],
        env=clean_environment() | environment,
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=_LONGEST_COMMAND_SECONDS,
    )
    return Outcome(done.returncode, done.stdout, done.stderr)


@dataclass(frozen=True)
class Helpdesk:
    """Extracts and the warehouse that is refreshed from them."""

    extracts: Path
    root: Path

    @property
    def warehouse(self) -> Warehouse:
        """Where the warehouse keeps its files."""
        return Warehouse(self.root)

    def refresh(self, *arguments: object, **environment: str) -> Outcome:
        """``helpdesk refresh`` of these extracts into this warehouse."""
        folders = ("--extracts", self.extracts, "--warehouse", self.root)
        return run_helpdesk("refresh", *folders, *arguments, **environment)

    def write(self, name: str, content: str | bytes) -> Path:
        """Write an extract file; ``name`` is its path inside the extracts."""
        path = self.extracts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def published_bytes(self) -> bytes:
        """The published file as it is now."""
        return self.warehouse.published_file.read_bytes()

    def rows(self, query: str, *parameters: object) -> list[tuple]:
        """What the published file answers."""
        with duckdb.connect(str(self.warehouse.published_file), read_only=True) as connection:
            return connection.execute(query, parameters).fetchall()

    def copy(self, to: Path) -> "Helpdesk":
        """Both folders once more, for a test that changes them."""
        return Helpdesk(
            shutil.copytree(self.extracts, to / "extracts"), shutil.copytree(self.root, to / "warehouse")
        )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Parse the dbt project before there are several processes that would do it at once."""
    from orchestration.dbt import dbt_project

    dbt_project()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need most time come first, so that no process is left alone with one at the end."""
    slow = {item.path for item in items if SLOW_FIXTURES & set(getattr(item, "fixturenames", ()))}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small simulated helpdesk's extracts; tests must not change them."""

    def make(folder: Path) -> None:
        out = folder / "extracts"
        outcome = run_helpdesk(
            "simulate", "--out", out, "--tickets", SIMULATED_TICKETS, "--days", 20, "--seed", 5
        )
        assert outcome.status == 0, outcome.errors

    return made_once(tmp_path_factory, "simulated", make) / "extracts"


@pytest.fixture(scope="session")
def first_refresh(simulated: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Helpdesk, Outcome]:
    """Slow: the first refresh of the simulated extracts, and how it ended."""

    def make(folder: Path) -> None:
        outcome = Helpdesk(simulated, folder / _WAREHOUSE).refresh("--as-of", AS_OF, **SECRETS)
        assert outcome.status == 0, outcome.errors
        (folder / "outcome.json").write_text(json.dumps(asdict(outcome)))

    folder = made_once(tmp_path_factory, "first-refresh", make)
    outcome = Outcome(**json.loads((folder / "outcome.json").read_text()))
    return Helpdesk(simulated, folder / _WAREHOUSE), outcome


@pytest.fixture(scope="session")
def published(first_refresh: tuple[Helpdesk, Outcome]) -> Helpdesk:
    """A published warehouse; tests must not change it."""
    return first_refresh[0]


@pytest.fixture
def desk(published: Helpdesk, tmp_path: Path) -> Helpdesk:
    """A published warehouse of this test's own."""
    return published.copy(tmp_path)


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Helpdesk:
    """Slow (a minute): the shipped ServiceNow log, refreshed as of the day after its last update."""

    def make(folder: Path) -> None:
        shutil.copytree(PROJECT_ROOT / "samples" / "servicenow", folder / "extracts" / "servicenow")
        outcome = Helpdesk(folder / "extracts", folder / "warehouse").refresh("--as-of", AS_OF)
        assert outcome.status == 0, outcome.errors

    folder = made_once(tmp_path_factory, "sample", make)
    return Helpdesk(folder / "extracts", folder / "warehouse")
