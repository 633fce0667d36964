"""dbt as this project runs it: offline, and with everything it says kept in the private part."""

import os
import re
import shutil
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from dagster_dbt import DbtCliInvocation, DbtCliResource
from packaging.version import Version, parse

from orchestration.dbt import dbt_project
from orchestration.warehouse import PARSED_PROJECT_VARIABLE, Warehouse

_PARTIAL_PARSE = "partial_parse.msgpack"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class OfflineDbt(DbtCliResource):
    """The dbt command, whose version is read from what is installed: ``dbt --version`` asks a server."""

    @cached_property
    def _cli_version(self) -> Version:
        return parse(version("dbt-core"))

    def _initialize_dbt_core_adapter(self, args: Sequence[str]) -> None:  # type: ignore[override]
        """None, as with dbt Fusion: it reads dbt's macros once more, for row counts that nobody asks for."""


def dbt_folder(warehouse: Warehouse) -> Path:
    """Where dbt leaves its log, its results and the queries it ran; those of the last build."""
    return warehouse.private_dir / "dbt"


def fresh_dbt_folder(warehouse: Warehouse) -> Path:
    """Empty dbt's folder, but for what spares dbt to read the whole project anew.

    Args:
        warehouse: The warehouse, held by this refresh.

    Returns:
        The folder.
    """
    folder = dbt_folder(warehouse)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.name != _PARTIAL_PARSE:
            path.unlink()
    return folder


def hand_over_project() -> None:
    """Tell the next dbt where the project lies as it was read already."""
    os.environ[PARSED_PROJECT_VARIABLE] = str(dbt_project().manifest_path.with_name(_PARTIAL_PARSE))


def close_to_others(folder: Path) -> None:
    """Close what Dagster copied from the project, with the project's permissions, into dbt's folder."""
    copied = folder / _PARTIAL_PARSE
    if copied.exists():
        copied.chmod(0o600)


def forget_publication(warehouse: Warehouse) -> None:
    """Remove the file in which what is published gets built: blocks that tables freed keep their text."""
    file = warehouse.publication_file
    for path in (file, file.with_name(f"{file.name}.wal")):
        path.unlink(missing_ok=True)


def keep_queries(folder: Path, queries: Iterable[tuple[str, str]]) -> None:
    """Put the queries that failed beside dbt's log, where they are found by the name of their node.

    Args:
        folder: dbt's folder.
        queries: Name and compiled SQL of each node.
    """
    failed = folder / "failed"
    for name, query in queries:
        failed.mkdir(exist_ok=True)
        (failed / f"{name}.sql").write_text(f"{query.strip()}\n", encoding="utf-8")


def words_of(invocation: DbtCliInvocation) -> str:
    """What dbt itself said of the error it ended with; empty when it said nothing.

    Args:
        invocation: dbt, which has ended.
    """
    _, _, said = str(invocation.get_error() or "").partition("Errors parsed from dbt logs:")
    return _COLOUR.sub("", said)


def own_words(invocation: DbtCliInvocation) -> str:
    """What dbt said last when it ended without results, in one line; empty when it said nothing.

    Args:
        invocation: dbt, which has ended.
    """
    return " ".join(words_of(invocation).split())
