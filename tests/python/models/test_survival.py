"""Kaplan–Meier quantiles equal those of the plain-Python reference's fractions, for random waits."""

from fractions import Fraction
from random import Random

import duckdb
import pyarrow as pa
import pytest

from tests.reference.censoring import Case, kaplan_meier_quantile

# Half and a tenth are reached exactly in many of the small groups: a hair beside them would show.
GROUP_SIZES = (1, 2, 3, 4, 5, 8, 10, 16, 20, 40, 200)


def _random_group(random: Random) -> list[Case]:
    size = random.choice(GROUP_SIZES)
    longest = random.choice((3, 10, 1000, 10**6))
    running_rate = random.choice((0, 0.1, 0.5, 0.9))
    return [
        Case(
            None if random.random() < running_rate else random.randint(0, longest), random.randint(0, longest)
        )
        for _ in range(size)
    ]


@pytest.fixture(scope="module")
def kpi_survival(compiled_models: list[tuple[str, str]]) -> str:
    """The compiled model, reading two tables of the test."""
    statements = {relation.replace('"', "").rpartition(".")[2]: sql for relation, sql in compiled_models}
    relations = {relation.replace('"', "").rpartition(".")[2]: relation for relation, _ in compiled_models}
    sql = statements["kpi_survival"]
    for name in ("kpi_series_observations", "bridge_date_period"):
        assert relations[name] in sql
        sql = sql.replace(relations[name], f"given_{name}")
    return sql


@pytest.mark.parametrize("seed", range(3))
def test_quantiles_are_those_of_exact_fractions(kpi_survival: str, seed: int) -> None:
    random = Random(seed)
    groups = [_random_group(random) for _ in range(400)]
    connection = duckdb.connect()
    connection.execute(
        "create table given_bridge_date_period as"
        " select date '2024-05-06' as date_day, 'day' as period_grain, date '2024-05-06' as period_start"
    )
    cases = [(number, case) for number, group in enumerate(groups) for case in group]
    columns = {
        "series_number": [number for number, _ in cases],
        "numerator": [float(case.age_seconds if case.seconds is None else case.seconds) for _, case in cases],
        "is_censored": [case.seconds is None for _, case in cases],
    }
    connection.register("cases", pa.table(columns))
    connection.execute(
        "create table given_kpi_series_observations as"
        " select 'survival' as measure, date '2024-05-06' as observed_on, * from cases"
    )
    found = {
        group: (median, p90)
        for group, median, p90 in connection.execute(
            f"select series_number, km_median, km_p90 from ({kpi_survival})"
        ).fetchall()
    }
    assert found == {
        number: (kaplan_meier_quantile(group, Fraction(1, 2)), kaplan_meier_quantile(group, Fraction(9, 10)))
        for number, group in enumerate(groups)
    }
