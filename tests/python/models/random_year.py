"""A year of random data with every stream, through all models."""

import csv
import gzip
import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Any

from orchestration.landing.streams import load_streams
from orchestration.simulate.simulate import simulate
from tests.python.models.compiled import ModelRun
from tests.reference.worlds import INSTANTS, World, random_world

TICKETS = 120
DAYS = 340


def simulated_records(folder: Path) -> Iterator[dict[str, Any]]:
    """The records of a simulated stream.

    Args:
        folder: The stream's folder.
    """
    for path in sorted(folder.iterdir()):
        if path.suffix == ".gz":
            yield from map(json.loads, gzip.decompress(path.read_bytes()).decode().splitlines())
        else:
            with path.open(encoding="utf-8", newline="") as file:
                yield from (
                    {name: text or None for name, text in row.items()} for row in csv.DictReader(file)
                )


def _in_own_time(row: dict[str, Any], random: Random) -> dict[str, Any]:
    """Now and then without its offset: then it is the account's, and one hour a year comes twice."""
    if random.randrange(6):
        return row
    return {**row, **{name: row[name].removesuffix("Z") for name in INSTANTS if row.get(name)}}


def _load_wild(run: ModelRun, world: World, random: Random) -> None:
    tables = {"tickets": world.tickets, "ticket_events": world.events, "messages": world.messages}
    for table, rows in tables.items():
        run.load(f"raw_generic.{table}", [_in_own_time(row, random) for row in rows], account="wild")
    run.load("raw_generic.schedules", list(world.schedules), account="wild")
    run.load("raw_generic.holidays", list(world.holidays), account="wild")


def build_random_year(models: list[tuple[str, str]], seed: int, folder: Path) -> ModelRun:
    """Build two helpdesks of one year: a lifelike one with every stream, and one whose tickets do anything.

    Args:
        models: The compiled models.
        seed: The same one gives the same year.
        folder: An empty folder, for the extracts.
    """
    random = Random(seed)
    world = random_world(random, TICKETS, DAYS)
    out = folder / "extracts"
    last_day = world.as_of.date() - timedelta(days=1)
    simulate(out, tickets=TICKETS, days=DAYS, seed=seed, ends_on=last_day, report=lambda line: None)
    run = ModelRun(models, load_streams())
    streams = sorted((out / "generic").iterdir())
    for stream in streams:
        run.load(f"raw_generic.{stream.name}", list(simulated_records(stream)), account="lifelike")
    _load_wild(run, world, random)
    run.connection.execute(
        "insert into meta.streams"
        " select 'generic', 'lifelike', unnest(?), 1 union all"
        " select 'generic', 'wild', unnest(['tickets', 'ticket_events', 'messages', 'schedules']), 1",
        [[stream.name for stream in streams]],
    )
    zone = world.schedules[0]["time_zone"] if world.schedules else "Asia/Kathmandu"
    run.build(
        as_of=f"{world.as_of:%Y-%m-%d %H:%M:%S}",
        time_zone=zone,
        accounts=(("generic", "lifelike", "UTC"), ("generic", "wild", zone)),
    )
    return run
