"""A Superset that runs, and what is asked of it."""

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from json import dumps, loads
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPCookieProcessor, Request, build_opener

from orchestration.warehouse import PROJECT_ROOT

START = PROJECT_ROOT / "deploy" / "superset" / "start.py"
_STARTS_WITHIN = 180


@dataclass(frozen=True)
class Served:
    """A Superset that runs.

    Attributes:
        address: Of its page.
        said: What it said when it started.
        published: The file that it reads.
        home: Folder of what it keeps of its own.
    """

    address: str
    said: str
    published: Path
    home: Path

    @property
    def password(self) -> str | None:
        """Of the user admin, where it was told."""
        found = re.search(r"password (\S+)", self.said)
        return found[1] if found else None


@contextmanager
def serve(python: Path, warehouse: Path, home: Path) -> Iterator[Served]:
    """Start it as ``make superset`` does, and end it as Ctrl-C does."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port = tried.getsockname()[1]
    log = home.with_suffix(".log")
    with log.open("w", encoding="utf-8") as written:
        command = [python, START, warehouse, "--home", home, "--port", str(port)]
        process = subprocess.Popen(command, stdout=written, stderr=subprocess.STDOUT)
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, process, log)
        said = log.read_text(encoding="utf-8")
        yield Served(address, said, warehouse / "helpdesk.duckdb", home)
    finally:
        process.send_signal(2)
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _STARTS_WITHIN
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            build_opener().open(f"{address}/health").close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))


class Analyst:
    """Somebody who asks Superset by its API."""

    def __init__(self, address: str, password: str) -> None:
        self._address = address
        self._headers = {"Content-Type": "application/json", "Referer": address}
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()))
        login = {"username": "admin", "password": password, "provider": "db"}
        _, answer = self.ask("POST", "/api/v1/security/login", login)
        self._headers["Authorization"] = f"Bearer {answer['access_token']}"
        self._headers["X-CSRFToken"] = self.ask("GET", "/api/v1/security/csrf_token/")[1]["result"]

    def ask(self, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, Any]:
        """Ask, whatever comes of it.

        Returns:
            Status and answer.
        """
        data = None if body is None else dumps(body).encode()
        request = Request(self._address + path, data, self._headers, method=method)
        try:
            with self._opener.open(request) as answer:
                return answer.status, loads(answer.read())
        except HTTPError as error:
            return error.code, loads(error.read())

    def id_of(self, kind: str, name_column: str, name: str) -> int:
        """The id of a dataset, chart or database."""
        found = self.ask("GET", f"/api/v1/{kind}/?q=(page_size:100)")[1]["result"]
        return next(each["id"] for each in found if each[name_column] == name)

    def rows(self, dataset: str, query: dict[str, Any]) -> list[dict[str, Any]]:
        """What a chart of that query would show."""
        source = {"id": self.id_of("dataset", "table_name", dataset), "type": "table"}
        status, answer = self.ask("POST", "/api/v1/chart/data", {"datasource": source, "queries": [query]})
        assert status == 200, answer
        return answer["result"][0]["data"]

    def sql(self, statement: str) -> tuple[int, Any]:
        """Run a statement in SQL Lab."""
        database = self.id_of("database", "database_name", "Helpdesk warehouse")
        asked = {
            "database_id": database,
            "sql": statement,
            "runAsync": False,
            "client_id": str(abs(hash(statement)))[:10],
        }
        return self.ask("POST", "/api/v1/sqllab/execute/", asked)
