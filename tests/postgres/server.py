"""A PostgreSQL server of its own for the tests: in a folder of its own, on loopback, gone when they end."""

import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

OWNER = "warehouse_owner"
# Of all that RFC 3986 keeps for itself, so that nobody can forget to quote it.
PASSWORD = f"p@ss/w:rd?#%{secrets.token_hex(8)}"


@dataclass(frozen=True)
class Server:
    """A running server; its superuser is ``postgres``, with the same password."""

    port: int
    log: Path

    def url(self, database: str, *, user: str = OWNER, password: str | None = PASSWORD) -> str:
        """The address of a database, as people write it."""
        secret = f":{quote(password, safe='')}" if password is not None else ""
        return f"postgresql://{user}{secret}@127.0.0.1:{self.port}/{database}"


def programs() -> Path:
    """The folder of Debian's server programs, which are on nobody's PATH; the newest version's."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: int(file.parts[4]))
    found = versions[-1] if versions else Path(shutil.which("initdb") or "")
    assert found.name == "initdb", "no PostgreSQL server: apt-get install postgresql"
    return found.parent


@contextmanager
def running_server(*settings: str) -> Iterator[Server]:
    """Start a server and end it again.

    Args:
        settings: Further settings, such as ``fsync=off``.
    """
    folder = Path(tempfile.mkdtemp(prefix="helpdesk-postgres-"))
    # A server refuses to run as root, as which containers run.
    user = pwd.getpwnam("postgres").pw_name if os.geteuid() == 0 else None
    secret, data, log = folder / "password", folder / "data", folder / "log"
    secret.write_text(PASSWORD)
    if user is not None:
        shutil.chown(folder, user)
        shutil.chown(secret, user)

    def run(program: str, *arguments: object) -> None:
        # The server inherits what it is started with: a pipe would be waited for until it ends.
        with (folder / "said").open("w") as said:
            done = subprocess.run(
                [programs() / program, "--pgdata", data, *map(str, arguments)],
                user=user,
                cwd=folder,
                stdout=said,
                stderr=said,
                check=False,
            )
        assert done.returncode == 0, (folder / "said").read_text() + (log.read_text() if log.exists() else "")

    try:
        port = _free_port()
        options = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={folder}",
            *settings,
        ]
        run(
            "initdb",
            "--username=postgres",
            f"--pwfile={secret}",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        )
        run(
            "pg_ctl",
            "start",
            "--wait",
            f"--log={log}",
            "--options",
            " ".join(f"-c {each}" for each in options),
        )
        try:
            yield Server(port, log)
        finally:
            run("pg_ctl", "stop", "--wait", "--mode=immediate")
    finally:
        shutil.rmtree(folder)


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
