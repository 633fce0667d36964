"""Power lost at any moment of a publication: what was published stays whole, and is kept when replaced."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.publishing.publish import prepare_warehouse, publish, read_publication
from orchestration.publishing.rollback import roll_back
from orchestration.publishing.versions import kept_versions
from orchestration.warehouse import Warehouse

from .conftest import build, record
from .power import recorded, states


def publish_next(warehouse: Warehouse, generation: int) -> None:
    """The publication of run-<generation>, a day after the one before; two are kept."""
    build(warehouse, generation)
    _publish_built(warehouse, generation)


def _publish_built(warehouse: Warehouse, generation: int) -> None:
    of_run = record(f"run-{generation}")
    publish(warehouse, replace(of_run, published_at=of_run.published_at + timedelta(days=generation)), keep=2)


def whole(file: Path) -> int:
    """The one generation of which every table of a publication is."""
    with duckdb.connect(str(file), read_only=True) as connection:
        told = connection.execute("""
            select
                run_id, (select max(generation) from marts.kpi_values),
                min(generation), max(generation), count(*)
            from meta.publication cross join core.fct_tickets
            group by run_id
        """).fetchall()
    generation = told[0][1]
    assert told == [(f"run-{generation}", generation, generation, generation, 3000)]
    return int(generation)


def found_after_power_loss(warehouse: Warehouse, change: Callable[[], object]) -> list[Warehouse]:
    """Warehouses as they may be found when power is lost while they are changed."""
    before = shutil.copytree(warehouse.private_dir, warehouse.root.with_name("private"))
    with recorded(warehouse.root) as recording:
        change()
    found = []
    for number, state in enumerate(states(recording)):
        root = warehouse.root.with_name(f"found-{number}")
        root.mkdir()
        for name, content in state.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(content)
        (root / "private").symlink_to(before)
        found.append(Warehouse(root))
    return found


def kept_generations(warehouse: Warehouse) -> set[int]:
    return {whole(version.file) for version in kept_versions(warehouse, read_publication(warehouse))}


@pytest.fixture
def twice(warehouse: Warehouse) -> Warehouse:
    """A warehouse that has published run-1 and run-2, and has built run-3."""
    publish_next(warehouse, 1)
    publish_next(warehouse, 2)
    build(warehouse, 3)
    return warehouse


def test_a_first_publication_is_whole_or_is_not_there(warehouse):
    for found in found_after_power_loss(warehouse, lambda: _publish_built(warehouse, 1)):
        assert not found.published_file.exists() or whole(found.published_file) == 1


def test_whatever_is_lost_one_publication_stands_whole_and_the_one_before_it_is_kept(twice):
    generations = set()
    for found in found_after_power_loss(twice, lambda: _publish_built(twice, 3)):
        generation = whole(found.published_file)
        generations.add(generation)
        assert generation - 1 in kept_generations(found)
    assert generations == {2, 3}


def test_the_next_publication_goes_on_from_whatever_is_found(twice, monkeypatch):
    # The disk of the test machine may take its time.
    monkeypatch.setattr("os.fsync", lambda _: None)
    for found in found_after_power_loss(twice, lambda: _publish_built(twice, 3))[::3]:
        prepare_warehouse(found)
        publish_next(found, 4)
        assert whole(found.published_file) == 4
        assert len(kept_generations(found)) == 1
        names = {path.name for path in found.root.iterdir()}
        assert names == {"helpdesk.duckdb", "private", "report", "versions"}


def test_the_second_publication_keeps_the_first_on_the_disk(warehouse):
    publish_next(warehouse, 1)
    build(warehouse, 2)
    for found in found_after_power_loss(warehouse, lambda: _publish_built(warehouse, 2)):
        assert whole(found.published_file) == 1 or kept_generations(found) == {1}


def test_a_file_system_without_second_names_keeps_whole_versions_too(twice, monkeypatch):
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    for found in found_after_power_loss(twice, lambda: _publish_built(twice, 3)):
        assert whole(found.published_file) - 1 in kept_generations(found)


def test_a_rollback_is_whole_or_has_not_been(twice):
    generations = set()
    for found in found_after_power_loss(twice, lambda: roll_back(twice, None)):
        generation = whole(found.published_file)
        generations.add(generation)
        assert kept_generations(found) == {1, 2} - {generation}
    assert generations == {1, 2}
