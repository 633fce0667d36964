"""What can be wrong with what is installed, and with the machine."""

import resource
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from orchestration.doctor.installation import clock, commands, engine, extras, memory, packages, room, zones
from orchestration.project_files import MANIFEST, PROJECT_FILES
from tests.python.doctor.conftest import MakeCase, findings, told, write

HASH = f"--hash=sha256:{'0' * 64}"


def test_this_installation_is_as_it_should_be(make: MakeCase) -> None:
    for check in (
        "python",
        "packages",
        "commands",
        "engine",
        "zones",
        "memory",
        "words",
        "clock",
        "telemetry",
    ):
        # The clock is held against the files of the project, which a checkout makes anew.
        case = make(now=datetime.now(UTC))
        verdicts = {found.verdict for found in findings(f"installation.{check}", case)}
        assert verdicts == {"ok"}, check


def test_an_old_python(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 4))
    assert "Python 3.10.4 is too old" in told("installation.python", make(), "wrong")


def test_a_python_outside_of_a_virtual_environment(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)
    assert "not of a virtual environment" in told("installation.python", make(), "note")


def test_packages_that_are_missing_or_others(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lock = f"duckdb==0.1 {HASH}\nno-such-package==2 {HASH}\nwin-only==1 ; sys_platform == 'win32' {HASH}\n"
    monkeypatch.setattr(packages, "LOCK", write(tmp_path, "requirements.lock", lock))
    said = told("installation.packages", make(), "wrong")
    assert "1 of 2 locked packages are not installed: no-such-package 2 | make setup" in said
    assert f"duckdb is {duckdb.__version__}, locked 0.1 | make setup" in said
    monkeypatch.setattr(packages, "LOCK", tmp_path / "none")
    assert "nobody can tell which versions" in told("installation.packages", make(), "note")


@pytest.mark.parametrize(
    ("content", "mode", "said"),
    [
        (None, 0o755, "this command is missing"),
        ("#!/bin/true\n", 0o644, "this command may not be executed"),
        ("#!/elsewhere/bin/python\nimport dbt\n", 0o755, "starts /elsewhere/bin/python, another Python"),
    ],
)
def test_commands(
    make: MakeCase,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    content: str | None,
    mode: int,
    said: str,
) -> None:
    python = write(tmp_path, "bin/python", "")
    monkeypatch.setattr(sys, "executable", str(python))
    for name in commands.NAMES:
        write(tmp_path, f"bin/{name}", f"#!{python}\n").chmod(0o755)
    assert told("installation.commands", make(), "wrong") == ""
    script = tmp_path / "bin" / "helpdesk-dbt"
    script.unlink()
    if content is not None:
        script.write_text(content)
        script.chmod(mode)
    assert told("installation.commands", make(), "wrong").startswith(f"{script}: {said}")


def test_the_dbt_project(make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in PROJECT_FILES:
        write(tmp_path, name if "." in name else f"{name}/file", "")
    say = lambda verdict: told("installation.dbt_project", make(), verdict, project=tmp_path)  # noqa: E731
    assert "will be parsed by the next refresh" in say("ok")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert "this user may not | let its owner run: make -C" in say("wrong")
    write(tmp_path, str(MANIFEST), "{}")
    assert "is parsed, and unchanged since" in say("ok")
    shutil.rmtree(tmp_path / "macros")
    assert "macros of the dbt project is not there" in say("wrong")


def test_extensions_that_are_not_built_in(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "NEEDED", ("json", "spatial"))
    assert "lacks its extensions spatial" in told("installation.engine", make(), "wrong")


def test_no_time_zones(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zones, "available_timezones", set)
    assert "Python knows no time zones" in told("installation.zones", make(), "wrong")


@pytest.mark.parametrize(
    ("limit", "verdict", "said"),
    [
        ("2GB", "ok", "of which DuckDB may take 2GB"),
        ("much", "wrong", "HELPDESK_MEMORY_LIMIT=much: DuckDB cannot read it"),
        ("900000GB", "wrong", "is more than the"),
    ],
)
def test_the_memory_limit(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, limit: str, verdict: str, said: str
) -> None:
    monkeypatch.setenv("HELPDESK_MEMORY_LIMIT", limit)
    assert said in told("installation.memory", make(), verdict)


def test_the_memory_of_a_container(make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(memory, "CGROUP", write(tmp_path, "memory.max", "500000000\n"))
    assert "only 500 MB of memory" in told("installation.memory", make(), "note")


def test_few_open_files(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resource, "getrlimit", lambda _: (64, 64))
    assert "may have 64 files open" in told("installation.open_files", make(), "note")


def test_names_and_output_that_are_not_utf8(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(encoding="ISO-8859-1"))
    assert "output is iso-8859-1" in told("installation.words", make(), "note")
    monkeypatch.setattr(sys, "getfilesystemencoding", lambda: "ascii")
    assert "names of files are read as ascii" in told("installation.words", make(), "wrong")


def test_a_clock_that_went_back(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "newest_change", lambda: datetime(2026, 11, 24, tzinfo=UTC).timestamp())
    assert "the clock says 2026-11-22 12:00 UTC" in told("installation.clock", make(), "wrong")


@pytest.mark.parametrize(("free", "verdict"), [(10**6, "wrong"), (10**7, "note"), (10**9, "ok")])
def test_room_for_a_first_build(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, free: int, verdict: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    monkeypatch.setattr(room, "plain_bytes", lambda _: 2e6)
    assert "a refresh may need 26 MB" in told("installation.room", make(), verdict)


def test_room_for_the_next_build_is_that_of_its_files(make: MakeCase) -> None:
    case = make()
    write(case.warehouse.root, "private/build.duckdb", b"0" * 1000)
    write(case.warehouse.root, "helpdesk.duckdb", b"0" * 100)
    assert room.needed_bytes(case.warehouse, 10**9) == 1200


def test_room_for_a_history_on_another_disk(make: MakeCase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DAGSTER_HOME", "/another disk")
    monkeypatch.setattr(
        room,
        "there",
        lambda place: SimpleNamespace(stat=lambda: SimpleNamespace(st_dev="another" in str(place))),
    )
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=10**6))
    assert "a refresh may need 20 MB" in told("installation.room", make(), "wrong")


def test_telemetry_of_an_own_dagster_yaml_and_of_dbt(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DAGSTER_HOME", str(tmp_path))
    home = write(tmp_path, "dagster.yaml", "concurrency: {}\n")
    assert "Dagster sends usage data | write into it: telemetry: {enabled: false}" in told(
        "installation.telemetry", make(), "note"
    )
    home.write_text("telemetry: {enabled: false}\n")
    assert told("installation.telemetry", make(), "note") == ""
    write(tmp_path, "dbt_project.yml", "name: x\n")
    assert "dbt sends usage data" in told("installation.telemetry", make(), "note", project=tmp_path)


def test_what_spark_needs_here(make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = write(tmp_path, "helpdesk.toml", "[spark]\nlake = 'lake'\nmethod = 'session'\n")
    monkeypatch.setattr("orchestration.spark.connection._is_installed", lambda _: False)
    assert "pyspark is not installed here" in told("installation.extras", make(config=config), "wrong")
    monkeypatch.setattr("orchestration.spark.connection._is_installed", lambda _: True)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "none"))
    assert "there is no" in told("installation.extras", make(config=config), "wrong")
    java = write(tmp_path, "java/bin/java", "#!/bin/sh\necho 'openjdk version \"11.0.2\"' >&2\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    assert "Java 11" in told("installation.extras", make(config=config), "wrong")
    java.write_text("#!/bin/sh\necho 'openjdk version \"21.0.2\"' >&2\n")
    assert "Java 21 for Spark" in told("installation.extras", make(config=config), "ok")


def test_what_a_copy_in_postgresql_needs_here(
    make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = write(tmp_path, "helpdesk.toml", "[postgres]\nto = 'postgresql://db.example.org/bi'\n")
    monkeypatch.setattr("orchestration.postgres.command.find_spec", lambda _: None)
    assert "make setup-postgres" in told("installation.extras", make(config=config), "wrong")
    monkeypatch.setattr("orchestration.postgres.command.find_spec", lambda _: object())
    assert told("installation.extras", make(config=config), "wrong") == ""


def test_a_cluster_is_not_asked(make: MakeCase, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    config = write(tmp_path, "helpdesk.toml", "[spark]\nlake = 'lake'\nport = 1\n")
    monkeypatch.setattr("orchestration.spark.connection._is_installed", lambda _: True)
    assert "whether it answers is not tried" in told("installation.extras", make(config=config), "ok")
    assert extras.OLDEST_JAVA == 17
