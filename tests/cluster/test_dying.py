"""A cluster that dies in the middle of a build: one line, soon, and what is published stands."""

import signal
import subprocess
import time
from pathlib import Path

from tests.engines.cluster import running_cluster
from tests.python.conftest import AS_OF, HELPDESK, Helpdesk, clean_environment, run_helpdesk

_LONGEST_WAIT_SECONDS = 300


def test_a_cluster_that_dies_in_the_middle_of_a_build_is_one_line(tmp_path: Path) -> None:
    made = run_helpdesk("simulate", "--out", tmp_path / "extracts", "--tickets", 30, "--days", 10)
    assert made.status == 0, made.errors
    helpdesk = Helpdesk(tmp_path / "extracts", tmp_path / "warehouse")
    published = helpdesk.refresh("--as-of", AS_OF)
    assert published.status == 0, published.errors
    before = helpdesk.published_bytes()
    with running_cluster(tmp_path / "spark") as cluster:
        configuration = tmp_path / "helpdesk.toml"
        configuration.write_text(f'[spark]\nlake = "{tmp_path / "lake"}"\nport = {cluster.port}\n')
        said, errors = tmp_path / "said.txt", tmp_path / "errors.txt"
        with said.open("wb") as output, errors.open("wb") as complaints:
            refresh = subprocess.Popen(
                [
                    *(HELPDESK, "refresh", "--extracts", helpdesk.extracts, "--warehouse", helpdesk.root),
                    *("--as-of", AS_OF, "--full", "--config", configuration),
                ],
                env=clean_environment(),
                stdout=output,
                stderr=complaints,
            )
            _wait_for(said, "models and tests", refresh)
            cluster.servers["thrift"].send(signal.SIGKILL)
            status = refresh.wait(timeout=_LONGEST_WAIT_SECONDS)
    assert status == 1
    (line,) = errors.read_text().splitlines()
    assert f"spark: 127.0.0.1:{cluster.port} stopped answering; what was published still stands" in line
    assert helpdesk.published_bytes() == before


def _wait_for(file: Path, words: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process has said something."""
    deadline = time.monotonic() + _LONGEST_WAIT_SECONDS
    while words not in file.read_text():
        assert process.poll() is None, f"ended before it said {words!r}: {file.read_text()}"
        assert time.monotonic() < deadline, f"never said {words!r}: {file.read_text()}"
        time.sleep(0.2)
