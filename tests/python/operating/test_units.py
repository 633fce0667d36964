"""The systemd units start commands that exist, with options that exist, as a user without rights."""

import shlex
from collections.abc import Iterator
from configparser import ConfigParser
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from orchestration.cli import app
from orchestration.warehouse import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "deploy" / "systemd"
SERVICES = ["helpdesk.service", "helpdesk-refresh.service", "helpdesk-watch.service"]
TIMERS = ["helpdesk-refresh.timer", "helpdesk-watch.timer"]
COMMAND = FOLDER / "helpdesk"
STATE = "/var/lib/helpdesk-warehouse"


def unit(name: str) -> ConfigParser:
    """A unit file; keys that come several times are joined by lines."""
    parser = ConfigParser(interpolation=None, strict=False, dict_type=_Joined, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(FOLDER / name)
    return parser


class _Joined(dict):
    def __setitem__(self, key: object, value: object) -> None:
        if isinstance(value, list) and isinstance(self.get(key), list):
            value = self[key] + value
        super().__setitem__(key, value)


def environment(name: str) -> dict[str, str]:
    lines = unit(name)["Service"]["Environment"].splitlines()
    return dict(line.split("=", 1) for line in lines)


def known_environment() -> Iterator[str]:
    """Every variable that an option is read from."""
    for command in get_command(app).commands.values():  # type: ignore[attr-defined]
        for parameter in command.params:
            if parameter.envvar:
                yield str(parameter.envvar)


def test_there_are_these_and_no_others() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted([*SERVICES, *TIMERS, COMMAND.name])


@pytest.mark.parametrize("name", SERVICES)
def test_the_command_and_its_options_exist(name: str) -> None:
    program, *arguments = shlex.split(unit(name)["Service"]["ExecStart"])
    assert program == "/opt/helpdesk-warehouse/.venv/bin/helpdesk"
    group = get_command(app)
    with typer.Context(group) as context:
        command, *options = arguments
        # Parsed, not run: an unknown command or option raises.
        found = group.get_command(context, command)  # type: ignore[attr-defined]
        assert found is not None
        found.make_context(command, options)


@pytest.mark.parametrize("name", SERVICES)
def test_what_the_environment_says_is_read(name: str) -> None:
    said = environment(name)
    assert said == {
        "HELPDESK_EXTRACTS": f"{STATE}/extracts",
        "HELPDESK_WAREHOUSE": f"{STATE}/warehouse",
    }
    assert set(said) <= set(known_environment())


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_may_do_little_and_holds_no_secret(name: str) -> None:
    service = unit(name)["Service"]
    wanted = {
        "User": "helpdesk",
        "UMask": "0027",
        "NoNewPrivileges": "yes",
        "ProtectSystem": "strict",
        "ProtectHome": "yes",
        "PrivateTmp": "yes",
        "CapabilityBoundingSet": "",
        "StateDirectory": Path(STATE).name,
    }
    assert {key: service.get(key) for key in wanted} == wanted
    assert service["EnvironmentFile"].splitlines()[-1] == "-/etc/helpdesk-warehouse/secrets"
    assert "PASSWORD" not in (FOLDER / name).read_text()


@pytest.mark.parametrize("name", SERVICES)
def test_all_are_hardened_alike(name: str) -> None:
    own = {"ExecStart", "Type", "KillMode", "TimeoutStopSec", "TimeoutStartSec", "Restart", "RestartSec"}
    own |= {"MemoryMax", "OOMPolicy", "SuccessExitStatus"}

    def shared(unit_name: str) -> dict[str, str]:
        return {key: value for key, value in unit(unit_name)["Service"].items() if key not in own}

    assert shared(name) == shared(SERVICES[0])


def test_a_command_by_hand_runs_as_the_services_do() -> None:
    lines = COMMAND.read_text().replace("\\\n", " ").splitlines()
    program, *arguments = shlex.split(
        next(line for line in lines if line.startswith("exec ")).removeprefix("exec ")
    )
    assert (program, arguments[-2:]) == ("systemd-run", ["/opt/helpdesk-warehouse/.venv/bin/helpdesk", "$@"])
    service = unit(SERVICES[0])["Service"]
    for option, key in (("uid", "User"), ("gid", "Group"), ("working-directory", "WorkingDirectory")):
        assert f"--{option}={service[key]}" in arguments
    assert f"--property=UMask={service['UMask']}" in arguments
    # In this order, as the later one wins.
    files = [word for word in arguments if "EnvironmentFile" in word]
    assert files == [f"--property=EnvironmentFile={path}" for path in service["EnvironmentFile"].splitlines()]
    said = [word.removeprefix("--setenv=") for word in arguments if word.startswith("--setenv=")]
    assert said == service["Environment"].splitlines()
    assert COMMAND.stat().st_mode & 0o111 == 0o111


def test_the_daemon_is_started_again_and_outlives_a_killed_refresh() -> None:
    service = unit("helpdesk.service")["Service"]
    assert (service["Restart"], service["KillMode"], service["OOMPolicy"]) == (
        "on-failure",
        "mixed",
        "continue",
    )
    assert "--host" not in service["ExecStart"], "on loopback, which is the default"


def test_a_refresh_that_finds_another_at_work_is_no_failure() -> None:
    assert unit("helpdesk-refresh.service")["Service"]["SuccessExitStatus"] == "3"


@pytest.mark.parametrize("name", TIMERS)
def test_a_timer_starts_the_service_of_its_name_and_makes_up_for_a_night_without_power(name: str) -> None:
    timer = unit(name)
    assert name.replace(".timer", ".service") in SERVICES
    assert timer["Timer"]["Persistent"] == "true"
    assert timer["Timer"]["OnCalendar"]
    assert timer["Install"]["WantedBy"] == "timers.target"
