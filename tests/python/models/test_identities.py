"""Every identity holds over a year of random data."""

import os
from typing import Any

import pytest

from tests.python.models.compiled import ModelRun, ordered_models
from tests.python.models.random_year import build_random_year
from tests.reference.identities import FALSEHOODS, IDENTITIES

# A year in which a ticket is deleted at its creation and comes back. Others: HELPDESK_TEST_SEED=<number>.
SEED = int(os.environ.get("HELPDESK_TEST_SEED", "835642834"))


@pytest.fixture(scope="module")
def random_year(manifest: dict[str, Any], tmp_path_factory: pytest.TempPathFactory) -> ModelRun:
    return build_random_year(ordered_models(manifest), SEED, tmp_path_factory.mktemp("random-year"))


def _singular_tests(manifest: dict[str, Any]) -> dict[str, str]:
    """SQL by name of every data test of tests/dbt/singular that refuses publication."""
    return {
        node["name"]: node["compiled_code"]
        for node in manifest["nodes"].values()
        if node["resource_type"] == "test"
        and node["original_file_path"].startswith("tests/dbt/singular")
        and node["config"]["severity"].lower() == "error"
    }


def test_every_identity_has_its_tests(manifest: dict[str, Any]) -> None:
    proving = {name for names in IDENTITIES.values() for name in names}
    assert proving <= _singular_tests(manifest).keys()


def test_no_identity_is_broken_by_a_random_year(manifest: dict[str, Any], random_year: ModelRun) -> None:
    broken = {
        name: rows[:3] for name, sql in _singular_tests(manifest).items() if (rows := random_year.rows(sql))
    }
    assert broken == {}, f"HELPDESK_TEST_SEED={SEED}"


def test_the_random_year_has_what_the_identities_tell_of(random_year: ModelRun) -> None:
    """An identity over no rows would hold of anything."""
    counts = random_year.rows(
        "select min(n) as least, count(*) as kpis from"
        " (select kpi_id, count(value) as n from publication.marts.kpi_values group by kpi_id)"
    )
    assert counts[0]["kpis"] > 110, f"HELPDESK_TEST_SEED={SEED}"


@pytest.mark.parametrize(("name", "table", "change"), FALSEHOODS)
def test_an_identity_sees_a_falsehood(
    manifest: dict[str, Any], random_year: ModelRun, name: str, table: str, change: str
) -> None:
    random_year.connection.execute("begin")
    try:
        random_year.connection.execute(f"update publication.{table} set {change}")
        assert random_year.rows(_singular_tests(manifest)[name]), f"HELPDESK_TEST_SEED={SEED}"
    finally:
        random_year.connection.execute("rollback")
