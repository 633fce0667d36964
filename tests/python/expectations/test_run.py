import socket
import subprocess
import sys

import duckdb
import pytest

from orchestration.expectations.report import write_report
from orchestration.expectations.results import CheckResult
from orchestration.expectations.run import check_publication, check_raw
from tests.python.expectations.databases import AS_OF, REGISTRY, PublicationFile, RawFile

WRITE = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('create table written (a int)')"


@pytest.mark.parametrize("is_broken", [False, True])
def test_a_writer_of_another_process_can_open_the_file_afterwards(tmp_path, is_broken):
    file = PublicationFile(tmp_path)
    if is_broken:
        file.run("drop table marts.dim_kpi; alter table core.fct_tickets drop column status")
    check_publication(file.path, as_of=AS_OF)
    subprocess.run([sys.executable, "-c", WRITE, file.path], check=True)
    with duckdb.connect(file.path) as connection:
        assert connection.execute("select count(*) from written").fetchone() == (0,)


def test_an_expectation_that_raised_is_an_error_and_never_a_failure_of_the_data(tmp_path):
    file = PublicationFile(tmp_path).run("alter table core.fct_tickets drop column status")
    found = {
        each.check: each for each in check_publication(file.path, as_of=AS_OF) if each.status != "passed"
    }
    assert {check: each.status for check, each in found.items()} == {"status_is_known": "error"}
    assert found["status_is_known"].observed == (
        'the check could not run: Error: The column "status" in BatchData does not exist.'
    )
    assert found["status_is_known"].is_blocking


def test_a_statement_that_raised_is_an_error_told_in_one_line(tmp_path):
    file = RawFile(tmp_path).run("drop table meta.loads")
    found = [
        each for each in check_raw(file.path, as_of=AS_OF, streams=REGISTRY) if each.check == "load_is_known"
    ]
    assert {each.status for each in found} == {"error"}
    assert all("loads does not exist" in each.observed and "\n" not in each.observed for each in found)


@pytest.mark.parametrize(
    ("severity", "status", "is_blocking"),
    [
        ("error", "failed", True),
        ("error", "error", True),
        ("error", "passed", False),
        ("warning", "failed", False),
    ],
)
def test_only_errors_that_did_not_pass_block(severity, status, is_blocking):
    assert CheckResult("check", "core.table", severity, status, "", "").is_blocking is is_blocking


def test_names_are_known_without_importing_great_expectations():
    modules = "import sys; from orchestration.expectations import report, run"
    names = "run.raw_check_names(); run.publication_check_names()"
    code = f"{modules}; {names}; print('great_expectations' in sys.modules, 'dagster' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False False"


def test_great_expectations_says_nothing_on_the_terminal(tmp_path, capfd):
    check_publication(PublicationFile(tmp_path).path, as_of=AS_OF)
    assert capfd.readouterr() == ("", "")


def test_checks_and_report_ask_the_network_for_nothing(tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: asked.append(address))
    monkeypatch.setattr(socket, "getaddrinfo", lambda *address: asked.append(address))
    check_publication(PublicationFile(tmp_path).path, as_of=AS_OF, results=tmp_path / "results")
    index = write_report(tmp_path / "results", tmp_path / "pages")
    assert asked == []
    assert index.is_file()
