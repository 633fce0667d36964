"""Sessions of foreign clients: processes that open the published file and answer questions."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer

from orchestration.warehouse import PROJECT_ROOT

INSTALLED = PROJECT_ROOT / "target" / "clients"
_BIN = INSTALLED / "venv" / "bin"
_DRIVERS = Path(__file__).with_name("drivers")
PYTHON_CLIENTS = ("adbc", "duckdb-engine", "ibis", "pandas", "polars", "sqlalchemy")
CLIENTS = ("command line", "node", *PYTHON_CLIENTS)
_LONGEST_ANSWER_SECONDS = 300
# A client that shifts instants by the zone of its machine is found out.
_ENVIRONMENT = os.environ | {"TZ": "Pacific/Auckland"}


class ClientError(Exception):
    """What a client said instead of an answer."""


class Session:
    """A client that has the published file open, until it is closed."""

    def __init__(self, command: list[str | Path], folder: Path) -> None:
        self._process = subprocess.Popen(
            command,
            cwd=folder,
            env=_ENVIRONMENT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def tables(self) -> list[str]:
        """All tables, by the client's own list of them, as ``schema.table``."""
        return self._told("tables")

    def types(self, table: str) -> dict[str, str]:
        """A table's columns and their types, as the client names them."""
        return self._told("types", *table.split("."))

    def ask(self, sql: str) -> list[list]:
        """The rows of a query; instants, dates and decimals may be text."""
        return self._told("ask", sql)

    def write(self, sql: str) -> None:
        """Run a statement that is no query."""
        self._told("write", sql)

    def parquet(self, folder: str) -> tuple[list[list], dict[str, str]]:
        """The rows, and the columns and their types, of a folder of Parquet files."""
        return self._told("parquet", folder)

    def close(self) -> None:
        """End the client."""
        self._process.stdin.close()
        self._process.wait(timeout=60)
        self._process.stdout.close()

    def _told(self, *question: str) -> list | dict:
        self._write(json.dumps(question))
        lines = []
        # A library's warnings come before its answer.
        for line in self._lines():
            lines.append(line)
            if line.startswith(('{"answer"', '{"error"')):
                told = json.loads(line)
                if "answer" in told:
                    return told["answer"]
                break
        raise ClientError("".join(lines))

    def _lines(self) -> Iterator[str]:
        """What the client says; one that says nothing for minutes is ended, and what it said ends too."""
        watch = Timer(_LONGEST_ANSWER_SECONDS, self._process.kill)
        watch.start()
        try:
            yield from iter(self._process.stdout.readline, "")
        finally:
            watch.cancel()

    def _write(self, line: str) -> None:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()


class CommandLine(Session):
    """DuckDB's own command line, spoken to as by a person or a script: SQL in, JSON out."""

    _END = "the end of an answer"

    def tables(self) -> list[str]:
        return [f"{schema}.{table}" for _, schema, table, *_ in self.ask("show all tables")]

    def types(self, table: str) -> dict[str, str]:
        # A bare describe is drawn as a picture, also for a script.
        return dict(self.ask(f"select column_name, column_type from (describe {table})"))

    def write(self, sql: str) -> None:
        self.ask(sql)

    def ask(self, sql: str) -> list[list]:
        self._write(f"{sql};\n.print {self._END}")
        lines = []
        for line in self._lines():
            if self._END in line:
                break
            lines.append(line)
        said = "".join(lines)
        if said.strip() == "[{]":
            return []  # so DuckDB 1.5.0 writes no rows
        try:
            return [list(row.values()) for row in json.loads(said)]
        except ValueError as error:
            raise ClientError(said) from error


@contextmanager
def session(client: str, file: Path) -> Iterator[Session]:
    """A client with a published file open, read-only.

    Args:
        client: One of ``CLIENTS``.
        file: The published file.
    """
    if client == "command line":
        opened = CommandLine([_BIN / "duckdb", "-readonly", "-json", file], INSTALLED)
    elif client == "node":
        opened = Session([_BIN / "node", _DRIVERS / "session.cjs", file], INSTALLED / "node")
    else:
        opened = Session([_BIN / "python", _DRIVERS / "session.py", client, file], INSTALLED)
    try:
        yield opened
    finally:
        opened.close()
