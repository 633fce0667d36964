"""Macros of the dbt project that are run on the cluster around the models."""

import json
import re
from pathlib import Path

from dagster_dbt import DbtCliResource

from orchestration.defs.dbt_process import words_of
from orchestration.errors import HelpdeskError
from orchestration.settings import Spark
from orchestration.spark.connection import lost_connection

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
    command = ["run-operation", macro, "--args", json.dumps(arguments), "--target", "spark"]
    invocation = dbt.cli(command, raise_on_error=False, target_path=folder / macro)
    invocation.wait()
    if not invocation.is_successful():
        said = lost_connection(spark) or f"spark: {macro}: {_without_frame(words_of(invocation))}"
        raise HelpdeskError(f"{said}; see {folder / macro / 'dbt.log'}")


def _without_frame(said: str) -> str:
    """What dbt said of an error, in one line without what it puts around it."""
    return " ".join(_FRAME.sub("", said).split("> in macro")[0].split()) or "dbt ended without a word"
