"""A cluster that is not there, and a lake that is not whole: one line each, and what is published stands."""

import os
import shutil
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.python.conftest import AS_OF, Helpdesk, Outcome, run_helpdesk


@pytest.fixture(scope="module")
def helpdesk(tmp_path_factory: pytest.TempPathFactory) -> Helpdesk:
    """A warehouse that DuckDB has built and published."""
    folder = tmp_path_factory.mktemp("helpdesk")
    made = run_helpdesk("simulate", "--out", folder / "extracts", "--tickets", 30, "--days", 10)
    assert made.status == 0, made.errors
    published = Helpdesk(folder / "extracts", folder / "warehouse")
    outcome = published.refresh("--as-of", AS_OF)
    assert outcome.status == 0, outcome.errors
    return published


@pytest.fixture
def silent_server() -> Iterator[int]:
    """The port of somebody who listens and never says a word."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def _refresh(helpdesk: Helpdesk, folder: Path, settings: str, **environment: str) -> Outcome:
    """Refresh by a cluster; whatever comes of it, what is published stays as it was."""
    before = helpdesk.published_bytes()
    configuration = folder / "helpdesk.toml"
    configuration.write_text(f'[spark]\nlake = "{folder / "lake"}"\n{settings}\n')
    outcome = helpdesk.refresh("--as-of", AS_OF, "--full", "--config", configuration, **environment)
    assert helpdesk.published_bytes() == before
    return outcome


def test_nothing_at_the_address_is_one_line(helpdesk: Helpdesk, tmp_path: Path) -> None:
    outcome = _refresh(helpdesk, tmp_path, "port = 1")
    assert outcome.status == 1
    assert outcome.error_lines == [
        "helpdesk: spark: nothing answers at 127.0.0.1:1 (Connection refused): start the Thrift server,"
        " or set host and port of [spark] in helpdesk.toml"
    ]


def test_no_java_is_one_line(helpdesk: Helpdesk, tmp_path: Path) -> None:
    only_python = str(Path(sys.executable).parent)
    assert shutil.which("java", path=only_python) is None
    environment = {"PATH": only_python, "JAVA_HOME": ""}
    outcome = _refresh(helpdesk, tmp_path, 'method = "session"', **environment)
    assert outcome.status == 2
    assert outcome.error_lines == [
        "helpdesk: spark: there is no java: the method session needs Java 17 or newer here"
    ]


def test_a_wrong_key_is_one_line(helpdesk: Helpdesk, tmp_path: Path) -> None:
    outcome = _refresh(helpdesk, tmp_path, 'schema_prefix = "drop table"')
    assert outcome.status == 2
    assert len(outcome.error_lines) == 1
    assert "spark.schema_prefix" in outcome.errors


def test_a_landing_that_is_half_written_is_one_line(
    helpdesk: Helpdesk, tmp_path: Path, silent_server: int
) -> None:
    lake = tmp_path / "lake"
    shipped = run_helpdesk(
        *("land", "--extracts", helpdesk.extracts, "--warehouse", helpdesk.root),
        *("--to", "parquet", "--out", lake),
    )
    assert shipped.status == 0, shipped.errors
    (file,) = lake.glob("landing=*/raw_generic/tickets/records.parquet")
    os.truncate(file, file.stat().st_size // 2)
    outcome = _refresh(helpdesk, tmp_path, f"port = {silent_server}")
    assert outcome.status == 1
    assert len(outcome.error_lines) == 1
    assert f"{file}: is not a whole Parquet file: remove the folder landing=" in outcome.errors


def test_spark_that_is_not_installed_is_one_line(helpdesk: Helpdesk, tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir()
    (hidden / "sitecustomize.py").write_text("import sys\nsys.modules['pyspark'] = None\n")
    outcome = _refresh(helpdesk, tmp_path, 'method = "session"', PYTHONPATH=str(hidden))
    assert outcome.status == 2
    assert outcome.error_lines == [
        "helpdesk: spark: pyspark is not installed here: install helpdesk-warehouse[spark]"
    ]
