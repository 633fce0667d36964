"""The container is built of what is in the repository, nothing secret or large, and runs without rights."""

import json
import shlex
from pathlib import Path

import pytest
import yaml

from orchestration.project_files import PROJECT_FILES
from orchestration.warehouse import PROJECT_ROOT

FOLDER = PROJECT_ROOT / "deploy" / "container"
MOST_BYTES = 10_000_000


def instructions() -> list[tuple[str, str]]:
    """Each instruction of the Containerfile and its arguments, in order."""
    text = (FOLDER / "Containerfile").read_text().replace("\\\n", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split()[0], line.split(maxsplit=1)[1]) for line in lines]


def said(name: str) -> list[str]:
    return [arguments for instruction, arguments in instructions() if instruction == name]


def copied() -> list[str]:
    return [source for arguments in said("COPY") for source in shlex.split(arguments)[:-1]]


def let_in() -> list[str]:
    """The paths that .dockerignore lets into a build; it keeps out all others."""
    lines = [line for line in (PROJECT_ROOT / ".dockerignore").read_text().splitlines() if line[:1] != "#"]
    assert lines[0] == "*"
    return [line[1:] for line in lines if line.startswith("!")]


def files_of(path: str) -> list[Path]:
    """The files below a path that .dockerignore does not keep out again."""
    top = PROJECT_ROOT / path
    files = top.rglob("*") if top.is_dir() else [top]
    return [file for file in files if file.is_file() and not _is_kept_out(file.relative_to(PROJECT_ROOT))]


def _is_kept_out(path: Path) -> bool:
    return path.suffix == ".pyc" or any(part == "__pycache__" or part[0] == "." for part in path.parts)


@pytest.mark.parametrize("path", copied())
def test_what_is_copied_is_there_and_let_in(path: str) -> None:
    assert files_of(path)
    assert path in let_in()


def test_nothing_else_is_let_in_and_it_is_small() -> None:
    assert sorted(let_in()) == sorted(copied())
    files = [file for path in let_in() for file in files_of(path)]
    assert sum(file.stat().st_size for file in files) < MOST_BYTES
    code = {".css", ".csv", ".j2", ".js", ".json", ".md", ".py", ".sql", ".svg", ".yml"}
    others = {file.name for file in files if file.suffix not in code}
    licences = {"LICENSE", "LICENSE-d3", "LICENSE-zrender", "NOTICE"}
    assert others == licences | {
        *("meta.toml", "pages.toml", "pyproject.toml", "units.toml"),
        *("requirements.lock", "requirements-postgres.lock"),
    }
    ignored = (PROJECT_ROOT / ".dockerignore").read_text().splitlines()
    assert {"**/__pycache__", "**/*.pyc", "**/.*"} <= set(ignored)


def test_all_that_dbt_and_the_fingerprint_of_the_code_read_is_copied() -> None:
    assert set(PROJECT_FILES) | {"orchestration", "requirements.lock"} <= set(copied())


def test_it_names_no_host_and_no_secret() -> None:
    texts = [(FOLDER / name).read_text() for name in ("Containerfile", "compose.yaml")]
    (base,) = [arguments for arguments in said("ARG") if arguments.startswith("BASE=")]
    assert "." not in base.removeprefix("BASE=").split(":")[0] and "/" not in base
    for text in texts:
        assert "://" not in text
        assert "PASSWORD: " not in text and 'PASSWORD="' not in text


def test_it_runs_as_a_user_without_rights() -> None:
    names = [name for name, _ in instructions()]
    assert said("USER") == ["10001:10001"]
    assert "RUN" not in names[names.index("USER") :]


def test_it_listens_on_loopback_unless_compose_asks_and_compose_opens_loopback_alone() -> None:
    assert "HELPDESK_HOST" not in " ".join(said("ENV"))
    (service,) = compose()["services"].values()
    assert service["environment"]["HELPDESK_HOST"] == "0.0.0.0"
    assert service["ports"] == ["127.0.0.1:3000:3000"]


def test_it_is_well_while_dagsters_daemon_lives_however_it_is_started() -> None:
    (check,) = said("HEALTHCHECK")
    (service,) = compose()["services"].values()
    assert ["CMD", *json.loads(check.split("CMD", 1)[1])] == service["healthcheck"]["test"]
    assert service["healthcheck"]["test"] == ["CMD", "dagster-daemon", "liveness-check"]
    # Podman's own format of images has no health check.
    assert "podman build --format docker" in (FOLDER / "Containerfile").read_text()


def test_compose_hardens_it() -> None:
    (service,) = compose()["services"].values()
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    # The first process ends children that lost their parents, and is told to end in good order.
    assert service["init"] is True
    # podman-restart.service starts nothing else after a reboot.
    assert service["restart"] == "always"
    assert service["tmpfs"] == ["/tmp"]
    assert any(volume.endswith("/data/extracts:ro") for volume in service["volumes"])
    assert "warehouse:/data/warehouse" in service["volumes"]
    dockerfile = Path(FOLDER / service["build"]["context"] / service["build"]["dockerfile"])
    assert dockerfile.resolve() == FOLDER / "Containerfile"


def compose() -> dict:
    return yaml.safe_load((FOLDER / "compose.yaml").read_text())
