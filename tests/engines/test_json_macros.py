"""The macros of macros/json.sql as Spark runs them, on the cases that DuckDB's test has."""

import json
from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyspark.sql import SparkSession

from tests.engines.rendered import SparkExpressions
from tests.python.models.rendered import render
from tests.python.models.test_json_macros import (
    EXPRESSIONS,
    INTEGERS,
    NO_LISTS,
    NO_VALUES,
    VALUES,
    Elements,
    document,
    misread,
    misread_elements,
)


@pytest.fixture(scope="module")
def json_macros(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> SparkExpressions:
    return SparkExpressions(render(EXPRESSIONS, tmp_path_factory.mktemp("rendered"), target="spark"), spark)


@pytest.fixture(scope="module")
def elements_of(json_macros: SparkExpressions) -> Callable[[list[str | None]], list[Elements]]:
    def elements(documents: list[str | None]) -> list[Elements]:
        cases = pa.table({"number": range(len(documents)), "document": pa.array(documents, pa.string())})
        json_macros.spark.createDataFrame(cases).createOrReplaceTempView("documents")
        rows = json_macros.spark.sql(
            f"select number, {json_macros.sql['json_elements']} from documents"
        ).collect()
        found: list[Elements] = [[] for _ in documents]
        for row in sorted(rows, key=lambda row: (row.number, row.element_number)):
            found[row.number].append((row.element_number, row.element))
        return found

    return elements


@settings(max_examples=8, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=100))
def test_text_is_the_value_as_written(json_macros: SparkExpressions, values: list[Any]) -> None:
    documents = [document(value) for value in values]
    assert misread(values, json_macros.values("json_text", {"document": documents})) == []


def test_ids_keep_every_digit(json_macros: SparkExpressions) -> None:
    ids = [2**53 + 1, 2**63, 12345678901234567890123456789]
    found = json_macros.values("json_text", {"document": [document(number) for number in ids]})
    assert found == [str(number) for number in ids]


def test_what_is_not_there_has_no_text(json_macros: SparkExpressions) -> None:
    assert json_macros.values("json_text", {"document": NO_VALUES}) == [None] * len(NO_VALUES)


def test_numbers_are_whole_or_nothing(json_macros: SparkExpressions) -> None:
    documents = [f'{{"source": {{"to": {text}}}}}' for text, _ in INTEGERS]
    found = json_macros.values("json_integer", {"document": documents})
    assert found == [number for _, number in INTEGERS]


@settings(max_examples=8, deadline=None)
@given(lists=st.lists(st.lists(VALUES, max_size=5), min_size=1, max_size=50))
def test_every_element_is_a_row_in_its_place(
    elements_of: Callable[[list[str | None]], list[Elements]], lists: list[list[Any]]
) -> None:
    assert misread_elements(lists, elements_of([json.dumps(values) for values in lists])) == []


def test_what_is_no_list_has_no_elements(
    elements_of: Callable[[list[str | None]], list[Elements]],
) -> None:
    assert elements_of(NO_LISTS) == [[]] * len(NO_LISTS)


def test_seconds_since_1970_are_utc(json_macros: SparkExpressions) -> None:
    found = json_macros.values("unix_seconds_to_utc", {"document": ["0", "1704200000", "soon", None]})
    instants = [None if instant is None else str(instant) for instant in found]
    assert instants == ["1970-01-01 00:00:00", "2024-01-02 12:53:20", None, None]
