"""The macros of macros/json.sql against Python's own reading of JSON."""

import json
from collections.abc import Callable
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.models.rendered import RenderedMacros, render

EXPRESSIONS = {
    "json_text": "{{ json_text('document', '$.source.to') }}",
    "json_integer": "{{ json_integer('document', '$.source.to') }}",
    "unix_seconds_to_utc": "{{ unix_seconds_to_utc('document') }}",
    "json_elements": "{{ json_elements('document') }}",
}

_SCALARS = st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(st.characters(codec="utf-8"))
VALUES = st.recursive(
    _SCALARS.filter(lambda value: value != "\x00"),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3)
    ),
    max_leaves=6,
)
# What is no list has no elements, and what is not there has no text.
NO_LISTS = [None, "{}", '{"a": [1]}', '"text"', "5", "null", "[]"]
NO_VALUES = [
    None,
    "{}",
    '{"source": null}',
    '{"source": {}}',
    '{"source": []}',
    '{"source": {"to": null}}',
    "[1]",
]
INTEGERS = [
    ("5", 5),
    ('"7"', 7),
    ("-3", -3),
    ("2.9", 2),
    ("0", 0),
    ("null", None),
    ('"soon"', None),
    ('""', None),
    ("true", None),
    ("1e30", None),
    ("[1]", None),
]
Elements = list[tuple[int, str | None]]


def document(value: object) -> str:
    return json.dumps({"id": 1, "source": {"from": {}, "to": value}})


def text_of(value: Any, found: str | None) -> object:
    """What the text of a value must be; of a nested one, what is found, if it says the same."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (list, dict)):
        return found if found is not None and json.loads(found) == value else f"not {found!r} but {value!r}"
    return value if value is None or isinstance(value, str) else str(value)


def misread(values: list[Any], found: list[str | None]) -> list[tuple[Any, str | None]]:
    """Values whose text is not what it must be."""
    return [(value, text) for value, text in zip(values, found, strict=True) if text != text_of(value, text)]


def misread_elements(lists: list[list[Any]], found: list[Elements]) -> list[tuple[Any, Elements]]:
    """Lists whose elements are not each there, numbered from 1."""
    return [
        (values, elements)
        for values, elements in zip(lists, found, strict=True)
        if [number for number, _ in elements] != list(range(1, len(values) + 1))
        or misread(values, [text for _, text in elements])
    ]


@pytest.fixture(scope="module")
def macros(tmp_path_factory: pytest.TempPathFactory) -> RenderedMacros:
    sql = render(EXPRESSIONS, tmp_path_factory.mktemp("rendered"))
    return RenderedMacros(sql, duckdb.connect())


@pytest.fixture(scope="module")
def elements_of(macros: RenderedMacros) -> Callable[[list[str | None]], list[Elements]]:
    def elements(documents: list[str | None]) -> list[Elements]:
        rows = macros.connection.execute(
            f"select number, element_number, element from (select number, {macros.sql['json_elements']}"
            " from (select unnest(?) as document, unnest(range(?)) as number)) order by all",
            [documents, len(documents)],
        ).fetchall()
        return [[row[1:] for row in rows if row[0] == number] for number in range(len(documents))]

    return elements


@settings(max_examples=40, deadline=None)
@given(values=st.lists(VALUES, min_size=1, max_size=20))
def test_text_is_the_value_as_written(macros: RenderedMacros, values: list[Any]) -> None:
    documents = [document(value) for value in values]
    assert misread(values, macros.values("json_text", {"document": documents})) == []


def test_ids_keep_every_digit(macros: RenderedMacros) -> None:
    ids = [2**53 + 1, 2**63, 12345678901234567890123456789]
    found = macros.values("json_text", {"document": [document(number) for number in ids]})
    assert found == [str(number) for number in ids]


def test_what_is_not_there_has_no_text(macros: RenderedMacros) -> None:
    assert macros.values("json_text", {"document": NO_VALUES}) == [None] * len(NO_VALUES)


def test_numbers_are_whole_or_nothing(macros: RenderedMacros) -> None:
    documents = [f'{{"source": {{"to": {text}}}}}' for text, _ in INTEGERS]
    assert macros.values("json_integer", {"document": documents}) == [number for _, number in INTEGERS]


@settings(max_examples=40, deadline=None)
@given(lists=st.lists(st.lists(VALUES, max_size=5), min_size=1, max_size=10))
def test_every_element_is_a_row_in_its_place(
    elements_of: Callable[[list[str | None]], list[Elements]], lists: list[list[Any]]
) -> None:
    assert misread_elements(lists, elements_of([json.dumps(values) for values in lists])) == []


def test_what_is_no_list_has_no_elements(
    elements_of: Callable[[list[str | None]], list[Elements]],
) -> None:
    assert elements_of(NO_LISTS) == [[]] * len(NO_LISTS)


def test_seconds_since_1970_are_utc(macros: RenderedMacros) -> None:
    found = macros.values("unix_seconds_to_utc", {"document": ["0", "1704200000", "soon", None]})
    assert [str(instant) for instant in found] == [
        "1970-01-01 00:00:00",
        "2024-01-02 12:53:20",
        "None",
        "None",
    ]
