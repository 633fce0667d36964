"""Every benchmark, one after another; nothing is asserted, it is for people to read."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bench.backlog import bench_backlog
from bench.build import bench_build
from bench.engines import bench_engines
from bench.extracts import simulated_extracts
from bench.facts import bench_facts
from bench.landing import bench_landing
from bench.nightly import bench_nightly
from bench.publication import bench_publication
from orchestration.warehouse import Warehouse

_MOST_TICKETS_WITH_MARTS = 100_000


def main(
    tickets: Annotated[int, typer.Option(help="How many tickets the core build is measured with.")] = 100_000,
    records: Annotated[int, typer.Option(help="How many records landing is measured with.")] = 1_000_000,
    fact_tickets: Annotated[
        list[int] | None, typer.Option(help="How many tickets the facts are measured with.")
    ] = None,
    nightly_tickets: Annotated[
        list[int] | None, typer.Option(help="How many tickets a nightly load is measured on.")
    ] = None,
    engine_tickets: Annotated[
        list[int] | None, typer.Option(help="How many tickets both engines are measured with.")
    ] = None,
) -> None:
    """Measure landing, facts, build, backlog, publication, a nightly load and both engines: some hours."""
    bench_landing(records)
    bench_facts(tuple(fact_tickets or (10_000, 100_000, 1_000_000)))
    extracts = simulated_extracts(tickets)
    with TemporaryDirectory(prefix="helpdesk-bench-") as folder:
        warehouse = Warehouse(Path(folder))
        bench_build(extracts, warehouse)
        bench_backlog(warehouse)
        bench_publication(warehouse)
    for count in nightly_tickets or (10_000, 100_000):
        bench_nightly(count)
    for count in engine_tickets or (100_000, 1_000_000):
        # On one machine Spark needs hours for the KPIs of a million tickets: that is what a cluster is for.
        bench_engines(count, has_marts=count <= _MOST_TICKETS_WITH_MARTS)


if __name__ == "__main__":
    typer.run(main)
