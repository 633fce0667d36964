"""A real Spark cluster on this machine: a master, workers and the Thrift server, on loopback only."""

import json
import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.request import urlopen

from pyhive import hive
from thrift.transport.TTransport import TTransportException

from tests.engines.local import LOOPBACK, configure_spark, spark_home
from tests.engines.servers import Server, ServerError, Servers

_LONGEST_START_SECONDS = 120
_LONGEST_ANSWER_SECONDS = 5
_MASTER = "org.apache.spark.deploy.master.Master"
_WORKER = "org.apache.spark.deploy.worker.Worker"
_THRIFT_SERVER = "org.apache.spark.sql.hive.thriftserver.HiveThriftServer2"


@dataclass(frozen=True)
class Cluster:
    """A running cluster.

    Attributes:
        host: Where its Thrift server answers.
        port: Where its Thrift server answers.
        servers: Its processes: ``master``, ``worker1`` …, ``thrift``.
        environment: The variables in which dbt's target ``spark`` is this cluster.
    """

    host: str
    port: int
    servers: Mapping[str, Server]
    environment: Mapping[str, str]


@contextmanager
def running_cluster(folder: Path, *, workers: int = 2, memory_gigabytes: int = 2) -> Iterator[Cluster]:
    """Start a cluster, and stop all of it at the end, after an exception and after SIGINT or SIGTERM alike.

    Args:
        folder: Where it keeps its logs, tables and metastore; made when missing.
        workers: How many workers, with one core each.
        memory_gigabytes: Heap of each executor, in GiB; the Thrift server has half as much again.

    Yields:
        The cluster, when all workers are registered and the Thrift server answers.

    Raises:
        ServerError: No Java, a server that ended at its start, or more than two minutes until all answer.
    """
    if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
        raise ServerError("Spark needs Java 17 or newer: install it, or name its folder in JAVA_HOME")
    folder = folder.resolve()
    master_port, thrift_port, master_page, *worker_pages = _free_ports(3 + workers)
    master = f"spark://{LOOPBACK}:{master_port}"
    environment = configure_spark(
        folder,
        {
            "spark.master": master,
            "spark.executor.memory": f"{memory_gigabytes}g",
            "spark.driver.memory": f"{memory_gigabytes * 1536}m",
            "spark.master.rest.enabled": "false",
            "spark.hadoop.hive.server2.thrift.bind.host": LOOPBACK,
            "spark.hadoop.hive.server2.thrift.port": str(thrift_port),
        },
    )
    programs = spark_home() / "bin"
    servers = Servers(folder, _LONGEST_START_SECONDS)
    with servers.stopped_at_the_end():
        here = ["--host", LOOPBACK]
        at = [*here, "--port", str(master_port), "--webui-port", str(master_page)]
        servers.start("master", [f"{programs}/spark-class", _MASTER, *at], environment)
        servers.wait("master", lambda: _registered_workers(master_page) == 0)
        for number, page in enumerate(worker_pages, start=1):
            at = [*here, "--webui-port", str(page), "--work-dir", f"{folder}/work{number}"]
            resources = ["--cores", "1", "--memory", f"{memory_gigabytes}g"]
            command = [f"{programs}/spark-class", _WORKER, *at, *resources, master]
            servers.start(f"worker{number}", command, environment)
        command = [f"{programs}/spark-submit", "--class", _THRIFT_SERVER, "spark-internal"]
        servers.start("thrift", command, environment)
        servers.wait("worker1", lambda: _registered_workers(master_page) == workers)
        servers.wait("thrift", lambda: _answers(thrift_port))
        found = {
            "HELPDESK_SPARK_METHOD": "thrift",
            "HELPDESK_SPARK_HOST": LOOPBACK,
            "HELPDESK_SPARK_PORT": str(thrift_port),
        }
        yield Cluster(LOOPBACK, thrift_port, servers.by_name, found)


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens at; all are held until the last one is found, so that they differ."""
    with ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind((LOOPBACK, 0))
        return [each.getsockname()[1] for each in sockets]


def _registered_workers(page: int) -> int | None:
    """How many workers the master knows; None while it does not answer."""
    try:
        with urlopen(f"http://{LOOPBACK}:{page}/json/", timeout=_LONGEST_ANSWER_SECONDS) as answer:
            return int(json.load(answer)["aliveworkers"])
    except OSError:
        return None


def _answers(port: int) -> bool:
    """Whether the Thrift server answers a query."""
    try:
        # Asked first, because the client prints a line for each refusal.
        socket.create_connection((LOOPBACK, port), _LONGEST_ANSWER_SECONDS).close()
        connection = hive.connect(host=LOOPBACK, port=port)
    except (TTransportException, EOFError, OSError):
        return False
    try:
        cursor = connection.cursor()
        cursor.execute("select 1")
        return bool(cursor.fetchall() == [(1,)])
    finally:
        connection.close()
