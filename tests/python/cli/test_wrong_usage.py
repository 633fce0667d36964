"""Wrong usage, wrong configuration, a held warehouse: one line, the right exit status, nothing changed."""

import contextlib
import errno
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.cli import main
from orchestration.publishing.lock import hold_warehouse

from ..conftest import AS_OF, Helpdesk, run_helpdesk

NOBODY = 65534


def told(outcome, status: int) -> str:
    """The one line of an error with the expected exit status."""
    assert outcome.status == status, outcome.errors
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: ")
    return line.removeprefix("helpdesk: ")


def test_a_missing_extracts_folder(tmp_path: Path) -> None:
    outcome = Helpdesk(tmp_path / "none", tmp_path / "warehouse").refresh()
    assert told(outcome, 2).startswith(f"{tmp_path / 'none'}: there is no such folder of extracts")
    assert not (tmp_path / "warehouse").exists()


def test_a_short_key_of_pseudonyms(tmp_path: Path) -> None:
    (tmp_path / "extracts").mkdir()
    fresh = Helpdesk(tmp_path / "extracts", tmp_path / "warehouse")
    line = told(fresh.refresh(HELPDESK_PSEUDONYM_KEY="a word"), 2)
    assert line.startswith("HELPDESK_PSEUDONYM_KEY: the key of pseudonyms has fewer than 32 characters")
    assert "a word" not in line
    assert not fresh.warehouse.published_file.exists()


def test_an_unknown_system(desk: Helpdesk) -> None:
    before = desk.published_bytes()
    desk.write("zendesc/tickets/tickets.jsonl", "{}\n")
    line = told(desk.refresh(), 2)
    known = "known are generic, servicenow, zendesk"
    assert line == f"zendesc/: unknown system 'zendesc': did you mean zendesk? {known}"
    assert desk.published_bytes() == before


def test_a_wrong_as_of(desk: Helpdesk) -> None:
    before = desk.published_bytes()
    line = told(desk.refresh("--as-of", "yesterday"), 2)
    assert line == "--as-of yesterday: not a timestamp such as 2026-11-01T00:00:00+00:00"
    assert desk.published_bytes() == before


def test_every_wrong_key_of_the_configuration_is_named(desk: Helpdesk, tmp_path: Path) -> None:
    before = desk.published_bytes()
    config = tmp_path / "helpdesk.toml"
    config.write_text("""
        [reporting]
        time_zone = "Riga"
        [landing]
        max_bad_record_rate = 1.5
        [thresholds]
        maturity = 3
        [refresh]
        cron = "every night"
        [refesh]
        cron = "0 2 * * *"
    """)
    outcome = desk.refresh("--config", config)
    assert outcome.status == 2
    wrong = [line.removeprefix("helpdesk: ").split(": ")[:2] for line in outcome.error_lines]
    assert sorted(wrong) == [
        [str(config), "landing.max_bad_record_rate"],
        [str(config), "refesh"],
        [str(config), "refresh.cron"],
        [str(config), "reporting.time_zone"],
        [str(config), "thresholds.maturity"],
    ]
    assert desk.published_bytes() == before


def test_a_wrong_configuration_named_by_the_environment(desk: Helpdesk, tmp_path: Path) -> None:
    config = tmp_path / "helpdesk.toml"
    config.write_text('[refresh]\ncron = "61 2 * * *"\n')
    line = told(desk.refresh(HELPDESK_CONFIG=str(config)), 2)
    assert line.startswith(f"{config}: refresh.cron: ")


def test_a_configuration_that_is_not_there(desk: Helpdesk, tmp_path: Path) -> None:
    line = told(desk.refresh("--config", tmp_path / "none.toml"), 2)
    assert line == f"{tmp_path / 'none.toml'}: cannot read the configuration: No such file or directory"


def test_an_unknown_option_is_wrong_usage() -> None:
    outcome = run_helpdesk("refresh", "--extract", "here")
    assert outcome.status == 2
    assert "--extract" in outcome.errors
    assert "Traceback" not in outcome.errors


def test_a_held_warehouse_refuses_at_once_and_says_who_holds_it(desk: Helpdesk) -> None:
    before = desk.published_bytes()
    with hold_warehouse(desk.warehouse, run_id="the-other"):
        line = told(desk.refresh("--as-of", AS_OF), 3)
        assert line.startswith(f"warehouse is held by run the-other (pid {os.getpid()}) since 20")
        assert line.endswith("; wait until it has ended")
    assert desk.published_bytes() == before


@pytest.fixture
def readable_folder() -> Iterator[Path]:
    """Not in tmp_path, whose parents other users cannot enter."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def refresh_here(extracts: Path, warehouse: Path) -> int:
    """The exit status of a refresh in this process."""
    sys.argv = ["helpdesk", "refresh", "--extracts", str(extracts), "--warehouse", str(warehouse)]
    try:
        main()
    except SystemExit as ended:
        return int(ended.code or 0)
    return 0


def refresh_as_nobody(extracts: Path, warehouse: Path) -> tuple[int, str]:
    """Exit status and standard error of a refresh by a user who owns nothing; root may write anywhere."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        status = 99
        try:
            sys.stderr = os.fdopen(writing, "w")
            # Python itself may lie where only root may read: what is needed gets loaded before.
            with contextlib.redirect_stderr(io.StringIO()):
                refresh_here(extracts / "none", warehouse)
            if os.getuid() == 0:
                os.setuid(NOBODY)
            status = refresh_here(extracts, warehouse)
            sys.stderr.flush()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading) as answer:
        errors = answer.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), errors


def test_a_warehouse_that_cannot_be_written(readable_folder: Path) -> None:
    extracts, closed = readable_folder / "extracts", readable_folder / "closed"
    extracts.mkdir()
    closed.mkdir()
    closed.chmod(0o555)
    status, errors = refresh_as_nobody(extracts, closed / "warehouse")
    assert status == 2, errors
    (line,) = errors.splitlines()
    assert line.startswith(f"helpdesk: {closed / 'warehouse'}: cannot be written: Permission denied; ")


@pytest.mark.parametrize(
    ("options", "environment"),
    [
        pytest.param(["--debug"], {}, id="option"),
        pytest.param([], {"HELPDESK_DEBUG": "1"}, id="environment"),
    ],
)
def test_debug_shows_where_an_error_comes_from(
    tmp_path: Path, options: list[str], environment: dict[str, str]
) -> None:
    outcome = Helpdesk(tmp_path / "none", tmp_path / "warehouse").refresh(*options, **environment)
    assert outcome.status == 2
    assert outcome.errors.startswith("Traceback (most recent call last):")
    assert "UsageError: " in outcome.errors.splitlines()[-1]
    assert "there is no such folder of extracts" in outcome.errors.splitlines()[-1]


@pytest.mark.parametrize("options", [["--compare"], ["--full", "--compare", "--as-of", AS_OF]])
def test_a_comparison_is_a_full_rebuild_as_of_what_is_published(desk: Helpdesk, options: list[str]) -> None:
    assert told(desk.refresh(*options), 2).startswith("--compare goes with --full and without --as-of")


def test_nothing_published_is_nothing_to_compare_with(tmp_path: Path) -> None:
    (tmp_path / "extracts").mkdir()
    line = told(Helpdesk(tmp_path / "extracts", tmp_path / "none").refresh("--full", "--compare"), 2)
    assert line.endswith("nothing is published to compare with")


def test_an_error_that_nobody_expected_is_one_line_too(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise ZeroDivisionError("division by zero\nwith a second line")

    monkeypatch.setattr("orchestration.cli.app", fail)
    monkeypatch.setattr("sys.argv", ["helpdesk", "status"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert capsys.readouterr().err == (
        "helpdesk: unexpected ZeroDivisionError: division by zero; --debug shows where it comes from\n"
    )


def test_what_another_user_may_not_read_says_who_may(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), "warehouse/helpdesk.duckdb")

    monkeypatch.setattr("orchestration.cli.app", fail)
    monkeypatch.setattr("sys.argv", ["helpdesk", "scorecard"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        "helpdesk: warehouse/helpdesk.duckdb: Permission denied;"
        " run it as the user who refreshes this warehouse\n"
    )


def test_a_full_disk_is_told_as_what_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail() -> None:
        try:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        except OSError as error:
            raise RuntimeError("a step failed") from error

    monkeypatch.setattr("orchestration.cli.app", fail)
    monkeypatch.setattr("sys.argv", ["helpdesk", "refresh"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told_of = capsys.readouterr().err
    assert told_of == "helpdesk: no room left on the disk (a step failed); free some and run it again\n"


def test_help_tells_of_every_command_without_loading_what_they_need() -> None:
    outcome = run_helpdesk("--help")
    assert (outcome.status, outcome.errors) == (0, "")
    for command in ("refresh", "backfill", "status", "rollback", "forget", "scorecard", "export", "simulate"):
        assert command in outcome.output
    heavy = "dagster", "great_expectations", "dbt", "duckdb", "pyarrow"
    code = "import sys, orchestration.cli; print(sorted(set(sys.argv[1:]) & set(sys.modules)))"
    loaded = subprocess.run(
        [sys.executable, "-c", code, *heavy], capture_output=True, text=True, check=True, timeout=60
    )
    assert loaded.stdout == "[]\n"
