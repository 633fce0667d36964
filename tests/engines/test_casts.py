"""What lands can be cast later, on both engines to the same value: landing lets in what DuckDB can cast."""

import duckdb
import pytest

from tests.engines.rendered import SparkExpressions

TEXTS = {
    "boolean": ["true", "TRUE", "t", "T", "1", "yes", "y", "Y", "false", "f", "0", "no", "n", "N", "False"],
    "bigint": [
        "7",
        "007",
        "+7",
        "-7",
        "7.0",
        "7.",
        " 7",
        "7 ",
        "9223372036854775807",
        "-9223372036854775808",
    ],
    "decimal(18, 4)": [
        "1",
        "1.5",
        "-1.23456",
        ".5",
        "5.",
        "1e3",
        "1.5E-2",
        "+2",
        " 3.25 ",
        "99999999999999.9999",
    ],
    "date": ["2024-02-29", "2024-2-9", "2024-02-29T10:00:00", "2024-02-29 23:59"],
}


@pytest.mark.parametrize("data_type", TEXTS)
def test_a_text_that_lands_is_the_same_value_on_both_engines(
    macros: SparkExpressions, data_type: str
) -> None:
    texts = TEXTS[data_type]
    with duckdb.connect() as connection:
        casts = [
            connection.execute(f"select try_cast(nullif(trim(?), '') as {data_type})", [text]).fetchone()
            for text in texts
        ]
    expected = [(text, cast[0] if cast else None) for text, cast in zip(texts, casts, strict=True)]
    expression = f"cast(nullif(trim(text_value), '') as {data_type})"
    spark = SparkExpressions({"cast": expression}, macros.spark)
    found = list(zip(texts, spark.values("cast", {"text_value": texts}), strict=True))
    landed = [(text, value) for text, value in expected if value is not None]
    assert len(landed) > len(texts) / 2
    assert [pair for pair in found if dict(expected)[pair[0]] is not None] == landed
