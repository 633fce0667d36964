"""The code location: one job over one graph, with every check where it can stop something."""

import json
from collections.abc import Iterable
from graphlib import TopologicalSorter

import pytest
from dagster import AssetKey, AssetSelection, Definitions
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from orchestration.definitions import defs
from orchestration.defs.models import MANIFEST
from orchestration.expectations.run import publication_check_names, raw_check_names
from orchestration.landing.streams import load_streams

STREAMS = [(system, name) for system, streams in load_streams().items() for name in streams]


@pytest.fixture(scope="module")
def location() -> Definitions:
    return defs()


@pytest.fixture(scope="module")
def graph(location: Definitions) -> AssetGraph:
    return location.resolve_asset_graph()


def upstream(graph: AssetGraph, *path: str) -> set[tuple[str, ...]]:
    """Everything an asset is made of, at any distance."""
    found: set[AssetKey] = set()
    waiting = {AssetKey(path)}
    while waiting:
        found |= waiting
        waiting = {parent for key in waiting for parent in graph.get(key).parent_keys} - found
    return {tuple(key.path) for key in found}


def manifest_nodes(kind: str) -> Iterable[dict]:
    return (node for node in MANIFEST["nodes"].values() if node["resource_type"] == kind)


def test_there_is_one_job_and_it_refreshes_all_but_the_folders_of_files(
    location: Definitions, graph: AssetGraph
) -> None:
    jobs = [job.name for job in location.resolve_all_job_defs() if not job.name.startswith("__")]
    assert jobs == ["nightly_refresh"]
    folders = {key for key in graph.get_all_asset_keys() if key.path[0] == "extracts"}
    job = location.resolve_job_def("nightly_refresh")
    assert job.asset_layer.executable_asset_keys == graph.get_all_asset_keys() - folders
    assert folders == {AssetKey(["extracts", *stream]) for stream in STREAMS}


def test_raw_assets_are_dbts_sources(graph: AssetGraph) -> None:
    sources = {
        tuple(source.get("config", {}).get("meta", {}).get("dagster", {}).get("asset_key", ()))
        or (source["source_name"], source["name"])
        for source in MANIFEST["sources"].values()
    }
    raw = {tuple(key.path) for key in AssetSelection.groups("raw").resolve(graph)}
    assert raw == sources
    assert set(STREAMS) <= raw


def test_every_model_and_seed_is_an_asset(graph: AssetGraph) -> None:
    assets = {tuple(key.path) for key in graph.get_all_asset_keys()}
    models = {(node["schema"], node["name"]) for node in manifest_nodes("model")}
    assert models <= assets
    assert {node["name"] for node in manifest_nodes("seed")} <= {path[-1] for path in assets}


@pytest.mark.parametrize(
    "stream", [("generic", "tickets"), ("generic", "messages"), ("servicenow", "incidents")]
)
def test_lineage_runs_from_the_files_to_what_is_published(graph: AssetGraph, stream: tuple[str, str]) -> None:
    values = upstream(graph, "marts", "kpi_values")
    assert {("extracts", *stream), stream, ("core", "fct_tickets"), ("intermediate", "int_tickets")} <= values
    assert any(path[0] == "staging" and path[1].startswith(f"stg_{stream[0]}__") for path in values)
    assert values | {("published", "helpdesk")} <= upstream(graph, "published", "helpdesk")


def test_what_is_published_is_made_of_every_model_of_core_and_marts(graph: AssetGraph) -> None:
    parents = {tuple(key.path) for key in graph.get(AssetKey(["published", "helpdesk"])).parent_keys}
    assert parents == {
        (node["schema"], node["name"])
        for node in manifest_nodes("model")
        if node["schema"] in ("core", "marts")
    }


def test_the_graph_has_no_circle(graph: AssetGraph) -> None:
    order = TopologicalSorter({key: graph.get(key).parent_keys for key in graph.get_all_asset_keys()})
    assert set(order.static_order()) == set(graph.get_all_asset_keys())


def test_every_check_is_on_an_asset_that_the_job_makes(location: Definitions, graph: AssetGraph) -> None:
    """A check on a key that no asset has is a phantom: it is shown and never runs."""
    job = location.resolve_job_def("nightly_refresh")
    made = job.asset_layer.executable_asset_keys
    checks = graph.asset_check_keys
    assert [check for check in checks if check.asset_key not in made] == []
    assert set(job.asset_layer.asset_graph.asset_check_keys) == checks


def test_every_great_expectations_check_is_a_check_of_the_graph(graph: AssetGraph) -> None:
    checks = {(tuple(check.asset_key.path), check.name) for check in graph.asset_check_keys}
    raw = {
        ((schema.removeprefix("raw_"), name), check)
        for table, check, _ in raw_check_names()
        for schema, name in [table.split(".")]
    }
    published = {(tuple(table.split(".")), check) for table, check, _ in publication_check_names()}
    assert len(raw) > 50
    assert len(published) > 20
    assert raw | published <= checks


def test_every_data_test_of_dbt_is_a_check_of_the_graph(graph: AssetGraph) -> None:
    """A test that belongs to no one model (a singular test over several) would be left out in silence."""
    names = {check.name for check in graph.asset_check_keys}
    tests = {node["name"] for node in manifest_nodes("test")}
    assert len(tests) > 40
    assert tests - names == set()


def test_raw_checks_of_severity_error_hold_back_what_is_built_on_them(graph: AssetGraph) -> None:
    blocking = {
        (tuple(key.asset_key.path), key.name)
        for key in graph.asset_check_keys
        if graph.get_check_spec(key).blocking
    }
    for table, check, severity in raw_check_names():
        schema, name = table.split(".")
        key = ((schema.removeprefix("raw_"), name), check)
        assert (key in blocking) == (severity == "error"), key
    for stream in STREAMS:
        assert (stream, "columns_exist") in blocking


def test_a_blocking_check_stands_before_the_publication(graph: AssetGraph) -> None:
    names = {(tuple(table.split(".")), check) for table, check, _ in publication_check_names()}
    blocking = [
        key
        for key in graph.asset_check_keys
        if (tuple(key.asset_key.path), key.name) in names and graph.get_check_spec(key).blocking
    ]
    published = graph.get(AssetKey(["published", "helpdesk"])).parent_keys
    assert blocking
    assert {key.asset_key for key in blocking} <= published


def test_dbt_is_one_step(location: Definitions) -> None:
    """A blocking check between two models would cut the build into pieces, each a process of its own."""
    steps = location.resolve_job_def("nightly_refresh").graph.node_dict
    assert [name for name in steps if name.startswith("build_models")] == ["build_models"]
    assert json.dumps(sorted(steps)).count("check_") == 2
