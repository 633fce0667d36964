"""A server for all tests, a database for each, and the command as a person runs it."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg
import pytest

from orchestration.postgres.command import publish_file
from orchestration.postgres.location import read_location
from orchestration.warehouse import PROJECT_ROOT, Warehouse

from .publications import write_part, write_publication
from .server import OWNER, PASSWORD, Server, running_server

_LONGEST_SECONDS = 300
_NUMBERS = count()


@dataclass(frozen=True)
class Outcome:
    """How a command ended."""

    status: int
    output: str
    errors: str


@dataclass(frozen=True)
class Copy:
    """A database, and the warehouse that is copied into it."""

    server: Server
    database: str
    root: Path

    @property
    def url(self) -> str:
        """Its address, with the password of the role that publishes."""
        return self.server.url(self.database)

    def started(self, *options: str, to: str | None = None, **environment: str) -> subprocess.Popen[str]:
        """Start ``helpdesk publish``."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HELPDESK_", "PG"))}
        command = [sys.executable, "-c", "from orchestration.cli import main; main()", "publish"]
        return subprocess.Popen(
            [*command, "--to", to or self.url, "--warehouse", str(self.root), *options],
            env=kept | environment,
            cwd=PROJECT_ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def publish(self, *options: str, to: str | None = None, **environment: str) -> Outcome:
        """Run ``helpdesk publish`` to its end."""
        with self.started(*options, to=to, **environment) as running:
            output, errors = running.communicate(timeout=_LONGEST_SECONDS)
        return Outcome(running.returncode, output, errors)

    def published(self, *, schema: str = "helpdesk", force: bool = False) -> str:
        """Publish in this process, which has to succeed; what was done."""
        file = Warehouse(self.root).published_file
        return publish_file(file, read_location(self.url, schema), wait=60, force=force)

    def refused(self, status: int, *options: str, to: str | None = None, **environment: str) -> str:
        """Publish, which has to fail with one line; that line."""
        outcome = self.publish(*options, to=to, **environment)
        assert outcome.status == status, outcome
        (line,) = outcome.errors.splitlines()
        return line.removeprefix("helpdesk: ")

    def connect(self, user: str = OWNER) -> psycopg.Connection:
        """A client of the database."""
        return psycopg.connect(self.server.url(self.database, user=user), autocommit=True)

    def rows(self, query: str, user: str = OWNER) -> list[tuple]:
        """What the database answers a reader."""
        with self.connect(user) as connection:
            return connection.execute(query).fetchall()

    def run(self, *statements: str, user: str = "postgres") -> None:
        """Let the superuser, or somebody else, do something."""
        with self.connect(user) as connection:
            for statement in statements:
                connection.execute(statement)


def wait_until(is_so: Callable[[], object], seconds: float = 60) -> None:
    """Wait for something that another process does."""
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with running_server("fsync=off") as running:
        with psycopg.connect(running.url("postgres", user="postgres"), autocommit=True) as connection:
            for role in (OWNER, "reader", "analyst"):
                connection.execute(f"create role {role} login password '{PASSWORD}'")
        yield running


@pytest.fixture(scope="session")
def databases(server: Server) -> Callable[[str], str]:
    """Makes a database; its owner is who publishes."""

    def made(options: str = "") -> str:
        name = f"bi_{next(_NUMBERS)}"
        with psycopg.connect(server.url("postgres", user="postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} owner {OWNER} {options}")
        return name

    return made


@pytest.fixture
def desk(server: Server, databases: Callable[[], str], tmp_path: Path) -> Copy:
    """A small publication that is not copied yet."""
    return Copy(server, databases(), write_publication(tmp_path / "warehouse"))


@pytest.fixture
def copied(desk: Copy) -> Copy:
    """A small publication that is copied."""
    desk.published()
    return desk


@pytest.fixture(scope="session")
def sample(server: Server, databases: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Copy:
    """The shipped samples, as ``make run`` leaves them, copied: every table, of the figures a part."""
    file = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", PROJECT_ROOT / "warehouse"))).published_file
    assert file.exists(), f"{file}: nothing is published there; make run first"
    copy = Copy(server, databases(), write_part(file, tmp_path_factory.mktemp("sample") / "warehouse"))
    outcome = copy.publish()
    assert (outcome.status, outcome.errors) == (0, "")
    assert "tables, " in outcome.output.splitlines()[-1]
    return copy
