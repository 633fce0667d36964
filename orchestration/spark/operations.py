"""Macros of the dbt project that are run on the cluster around the models."""

import json
import re
from pathlib import Path

from dagster_dbt import DbtCliResource

from orchestration.errors import HelpdeskError
from orchestration.settings import Spark
from orchestration.spark.connection import lost_connection

TARGET = ("--target", "spark")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_FRAME = re.compile(r"^Encountered an error.*?:|^Runtime Error|^Compilation Error", re.MULTILINE)


def run_operation(
    dbt: DbtCliResource, spark: Spark, macro: str, arguments: dict[str, object], folder: Path
) -> None:
    """Run one macro on the cluster.

    Args:
        dbt: The dbt command, with the environment of the target.
        spark: The settings of the cluster.
        macro: Name of the macro.
        arguments: Its arguments.
        folder: Where dbt leaves its log.

    Raises:
        HelpdeskError: It did not go through; one line with what the cluster said.
    """
    command = ["run-operation", macro, "--args", json.dumps(arguments), *TARGET]
    invocation = dbt.cli(command, raise_on_error=False, target_path=folder / macro)
    invocation.wait()
    if not invocation.is_successful():
        said = lost_connection(spark) or f"spark: {macro}: {readable(str(invocation.get_error() or ''))}"
        raise HelpdeskError(f"{said}; see {folder / macro / 'dbt.log'}")


def readable(said: str) -> str:
    """What dbt said of an error, in one line without its own frame.

    Args:
        said: dbt's words.
    """
    _, _, words = said.partition("Errors parsed from dbt logs:")
    plain = _FRAME.sub("", _COLOUR.sub("", words or said))
    return " ".join(plain.split("> in macro")[0].split()) or "dbt ended without a word"
