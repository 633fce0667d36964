"""Where Spark keeps its files and what it is told before it starts; Spark in dbt's own process."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

LOOPBACK = "127.0.0.1"

# Every JVM says only what went wrong; the loggers named below warn of what is usual.
_LOGGING = """\
rootLogger.level = warn
rootLogger.appenderRef.stderr.ref = stderr
appender.stderr.type = Console
appender.stderr.name = stderr
appender.stderr.target = SYSTEM_ERR
appender.stderr.layout.type = PatternLayout
appender.stderr.layout.pattern = %d{HH:mm:ss} %p %c{1}: %m%n%ex
logger.scheduler.name = org.apache.spark.scheduler.DAGScheduler
logger.scheduler.level = error
logger.hive.name = org.apache.hadoop.hive
logger.hive.level = error
logger.hadoop.name = org.apache.hadoop.util.NativeCodeLoader
logger.hadoop.level = error
"""


def spark_home() -> Path:
    """The installed Spark: the folder of the pyspark package.

    Raises:
        FileNotFoundError: pyspark is not installed.
    """
    package = find_spec("pyspark")
    if package is None or package.origin is None:
        raise FileNotFoundError("pyspark is not installed; install the project with its extra: .[spark]")
    return Path(package.origin).parent


def configure_spark(folder: Path, settings: Mapping[str, str]) -> dict[str, str]:
    """Write Spark's configuration so that all it writes stays in one folder and all it opens on loopback.

    Args:
        folder: Where Spark keeps its metastore, its tables and its temporary files; made when missing.
        settings: What is to be said in spark-defaults.conf besides.

    Returns:
        The environment for whatever starts Spark, without the Spark settings of this one.
    """
    folder = folder.resolve()
    configuration, temporary = folder / "conf", folder / "tmp"
    for needed in (configuration, temporary):
        needed.mkdir(parents=True, exist_ok=True)
    metastore = f"jdbc:derby:;databaseName={folder / 'metastore'};create=true"
    common = {
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.sql.catalogImplementation": "hive",
        "spark.hadoop.javax.jdo.option.ConnectionURL": metastore,
        "spark.hadoop.hive.exec.scratchdir": str(temporary / "hive"),
        "spark.local.dir": str(temporary),
        "spark.sql.shuffle.partitions": "4",
        "spark.sql.session.timeZone": "UTC",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.host": LOOPBACK,
    }
    lines = [f"{key} {value}" for key, value in {**common, **settings}.items()]
    (configuration / "spark-defaults.conf").write_text("\n".join(lines) + "\n")
    (configuration / "log4j2.properties").write_text(_LOGGING)
    java_options = (f"-Djava.io.tmpdir={temporary}", f"-Dderby.system.home={folder}", "-XX:-UsePerfData")
    inherited = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SPARK_", "PYSPARK_", "HADOOP_"))
    }
    return inherited | {
        "SPARK_HOME": str(spark_home()),
        "SPARK_CONF_DIR": str(configuration),
        "SPARK_LOCAL_IP": LOOPBACK,
        "JAVA_TOOL_OPTIONS": " ".join(f'"{option}"' for option in java_options),
    }


def local_spark(folder: Path, *, cores: int = 2, memory_gigabytes: int = 4) -> dict[str, str]:
    """Configure Spark in dbt's own process.

    Args:
        folder: Where Spark keeps its metastore, its tables and its temporary files; made when missing.
        cores: Tasks that run at once.
        memory_gigabytes: Heap of the one JVM, in GiB.

    Returns:
        The environment in which dbt's target ``spark`` is this Spark.
    """
    settings = {"spark.master": f"local[{cores}]", "spark.driver.memory": f"{memory_gigabytes}g"}
    return configure_spark(folder, settings) | {"HELPDESK_SPARK_METHOD": "session"}
