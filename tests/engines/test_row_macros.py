"""The macros of macros/rows.sql as Spark reads them: keys, and what was known last."""

import hashlib

from tests.engines.rendered import SparkExpressions


def test_keys_are_those_of_duckdb_s_rule(macros: SparkExpressions) -> None:
    firsts, seconds = ["a", "ä|", None, ""], ["1", "∅", None, None]
    parts = list(zip(firsts, seconds, strict=True))
    expected = [
        hashlib.md5("|".join("∅" if part is None else part for part in both).encode()).hexdigest()
        for both in parts
    ]
    assert macros.values("surrogate_key", {"first_part": firsts, "second_part": seconds}) == expected


def test_digests_of_pseudonyms_are_those_of_duckdb(macros: SparkExpressions) -> None:
    texts = ["a", "ä|∅", None, ""]
    expected = [text if text is None else hashlib.sha256(text.encode()).hexdigest() for text in texts]
    assert macros.values("sha256_hex", {"first_part": texts, "second_part": texts}) == expected


def test_what_was_known_last_is_looked_up_within_its_part(macros: SparkExpressions) -> None:
    columns = {
        "part": ["x", "x", "y", "x", "y", "x"],
        "known": [None, "first", None, None, "other", "second"],
    }
    assert macros.values("last_known", columns) == [None, "first", None, "first", "other", "second"]
    assert macros.values("last_known_before", columns) == [None, None, None, "first", None, "first"]


def test_parts_of_a_list_are_rows(macros: SparkExpressions) -> None:
    assert macros.values("each_part", {"listed": ["1,4,24", "48", ""]}) == ["1", "4", "24", "48", ""]
