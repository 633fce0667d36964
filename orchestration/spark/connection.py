"""How dbt reaches the cluster, and whether it is there at all."""

import os
import shutil
import socket
from importlib.util import find_spec
from pathlib import Path

from orchestration.errors import HelpdeskError, UsageError
from orchestration.settings import Spark

_QUIET = "--conf spark.ui.showConsoleProgress=false"
_ANSWERS_WITHIN_SECONDS = 5.0
_NEEDED = {"thrift": ("dbt.adapters.spark", "pyhive"), "session": ("dbt.adapters.spark", "pyspark")}


def environment(spark: Spark) -> dict[str, str]:
    """The variables that the target ``spark`` of profiles.yml reads.

    Args:
        spark: The settings of the cluster.
    """
    # Spark's progress bars would run into the lines that dbt says and Dagster reads.
    said = os.environ.get("PYSPARK_SUBMIT_ARGS", "pyspark-shell")
    quiet = said if _QUIET in said else f"{_QUIET} {said}"
    return {
        "PYSPARK_SUBMIT_ARGS": quiet,
        "HELPDESK_SPARK_METHOD": spark.method,
        "HELPDESK_SPARK_HOST": spark.host,
        "HELPDESK_SPARK_PORT": str(spark.port),
        "HELPDESK_SPARK_USER": spark.user,
        "HELPDESK_SPARK_SCHEMA": spark.schema_prefix,
        "HELPDESK_SPARK_QUERY_TIMEOUT": str(spark.longest_query_seconds),
    }


def check_connection(spark: Spark) -> None:
    """Look whether the cluster can be built on, before anything is done for it.

    Args:
        spark: The settings of the cluster.

    Raises:
        UsageError: The packages or Java are missing here.
        HelpdeskError: Nothing answers at the address.
    """
    check_installed(spark)
    if spark.method == "thrift":
        _check_address(spark)


def check_installed(spark: Spark) -> None:
    """Look whether what this machine needs for the cluster is installed; asks no other machine.

    Args:
        spark: The settings of the cluster.

    Raises:
        UsageError: The packages or Java are missing here.
    """
    missing = [package for package in _NEEDED[spark.method] if not _is_installed(package)]
    if missing:
        raise UsageError(
            f"spark: {', '.join(missing)} is not installed here: install helpdesk-warehouse[spark]"
        )
    if spark.method == "session":
        java_command()


def lost_connection(spark: Spark) -> str | None:
    """What to say of a cluster that answered at the start of a run and does so no more; None when it answers.

    Args:
        spark: The settings of the cluster.
    """
    try:
        check_connection(spark)
    except HelpdeskError:
        return f"spark: {spark.host}:{spark.port} stopped answering; what was published still stands"
    return None


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False


def java_command() -> Path:
    """The Java that Spark will start.

    Raises:
        UsageError: There is none.
    """
    home = os.environ.get("JAVA_HOME")
    java = Path(home, "bin", "java") if home else shutil.which("java")
    if java is None or not Path(java).exists():
        place = f"{java} (JAVA_HOME)" if home else "java"
        raise UsageError(f"spark: there is no {place}: the method session needs Java 17 or newer here")
    return Path(java)


def _check_address(spark: Spark) -> None:
    try:
        with socket.create_connection((spark.host, spark.port), timeout=_ANSWERS_WITHIN_SECONDS):
            pass
    except OSError as error:
        raise HelpdeskError(
            f"spark: nothing answers at {spark.host}:{spark.port} ({error.strerror or error}): start the"
            " Thrift server, or set host and port of [spark] in helpdesk.toml"
        ) from error
