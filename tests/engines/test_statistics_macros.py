"""The macros of macros/statistics.sql as Spark reads them."""

import pytest

from tests.engines.rendered import SparkExpressions

SHARES = {"numerator": [8.0, 5.0, 0.0, 3.0], "denominator": [10.0, 5.0, 4.0, 2.0]}


def test_wilson_s_bounds_are_duckdb_s(macros: SparkExpressions) -> None:
    low, high = (macros.values(f"wilson_{side}", SHARES) for side in ("low", "high"))
    assert low == pytest.approx([0.4901624715, 0.5655175352, 0.0, 0.3423802275])
    assert high == pytest.approx([0.9433178485, 1.0, 0.4898908364, 1.0])


def test_texts_are_joined_in_order_without_those_missing(macros: SparkExpressions) -> None:
    words = {"word": ["tickets", None, "costs"]}
    assert macros.values("joined_texts", words) == ["costs tickets"] * 3
    assert macros.values("joined_nothing", words) == [None] * 3


def test_percentiles_are_continuous_and_in_the_order_asked_for(macros: SparkExpressions) -> None:
    seconds = {"seconds": [1.0, 2.0, 3.0, 4.0, 100.0]}
    assert macros.values("second_percentile", seconds) == pytest.approx([61.6] * 5)
