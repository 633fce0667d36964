"""Exposures: each says exactly what its readers' queries read."""

import re
from collections.abc import Iterator

import pytest
import yaml

from orchestration.defs.models import MANIFEST
from orchestration.warehouse import PROJECT_ROOT

_TABLE = re.compile(r"\b(?:core|marts)\.\w+")
# Where the queries of each are; what reads all of a schema is below.
_QUERIES = {
    "report_page": ("report/queries/*.sql", "report/*.py"),
    "scorecard": ("reading/*.py",),
    "alerts": ("alerts/*.py",),
}


def published(*schemas: str) -> dict[str, str]:
    return {
        f"{node['schema']}.{node['name']}": key
        for key, node in MANIFEST["nodes"].items()
        if node["resource_type"] == "model" and node["schema"] in schemas
    }


def said_by(exposure: str) -> set[str]:
    node = MANIFEST["exposures"][f"exposure.helpdesk_warehouse.{exposure}"]
    return set(node["depends_on"]["nodes"])


def tables_in(*patterns: str) -> Iterator[str]:
    files = [file for pattern in patterns for file in (PROJECT_ROOT / "orchestration").glob(pattern)]
    assert files, patterns
    for file in files:
        yield from _TABLE.findall(file.read_text(encoding="utf-8"))


@pytest.mark.parametrize("exposure", _QUERIES)
def test_an_exposure_is_what_its_queries_read(exposure: str):
    models = published("core", "marts")

    assert said_by(exposure) == {models[table] for table in tables_in(*_QUERIES[exposure]) if table in models}


def test_supersets_dashboard_is_what_its_datasets_read():
    models = published("core", "marts")
    folder = PROJECT_ROOT / "deploy" / "superset" / "assets" / "datasets"
    read = set()
    for file in folder.glob("*.yaml"):
        dataset = yaml.safe_load(file.read_text(encoding="utf-8"))
        whole = [f"{dataset['schema']}.{dataset['table_name']}"]
        read |= set(_TABLE.findall(dataset["sql"]) if dataset["sql"] else whole)

    assert said_by("superset_dashboard") <= set(models.values())
    assert said_by("superset_dashboard") == {models[table] for table in read} or not folder.exists()


def test_the_page_reads_only_what_is_published():
    known = set(published("core", "marts"))
    read = set(tables_in("report/queries/*.sql"))

    assert len(read) > 8
    assert read <= known


def test_who_gets_everything_is_told_of_everything():
    everything = set(published("core", "marts").values())

    assert said_by("published_file") == said_by("postgresql_copy") == everything


def test_every_exposure_has_an_owner_and_says_how_ripe_it_is():
    for node in MANIFEST["exposures"].values():
        assert node["owner"]["name"] and node["maturity"] and node["description"], node["name"]
