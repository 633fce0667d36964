"""The streams beside the tickets keep to the contract, and every id leads somewhere."""

import re
from collections import Counter

import pytest
import yaml

from orchestration.simulate.chance import Chance
from orchestration.warehouse import PROJECT_ROOT
from tests.python.simulate.generic_columns import BESIDE, VALUES

ENDS = "2017-02-18T23:59:59Z"
REFERENCES = {
    "agent_id": ("agents", "agent_id"),
    "reviewer_id": ("agents", "agent_id"),
    "author_id": ("agents", "agent_id"),
    "customer_id": ("customers", "customer_id"),
    "ticket_id": ("tickets", "ticket_id"),
    "group_id": ("groups", "group_id"),
    "team": ("groups", "group_id"),
    "call_id": ("calls", "call_id"),
    "article_id": ("articles", "article_id"),
}


REGISTRIES = sorted((PROJECT_ROOT / "models" / "staging" / "generic").glob("_generic*__sources.yml"))
DECLARED = {
    table["name"]: {
        column["name"]: column["config"]["meta"] if "config" in column else {} for column in table["columns"]
    }
    for path in REGISTRIES
    for source in yaml.safe_load(path.read_text(encoding="utf-8"))["sources"]
    for table in source["tables"]
    if table["name"] in BESIDE
}


def values(extract, stream, column):
    return {record[column] for record in extract.records(stream)} - {None}


@pytest.mark.parametrize("stream", BESIDE)
def test_all_columns_are_there_and_required_ones_are_filled(extract, stream):
    columns = [column.removesuffix("*") for column in BESIDE[stream]]
    required = [column.removesuffix("*") for column in BESIDE[stream] if column.endswith("*")]
    assert extract.records(stream)
    for record in extract.records(stream):
        assert list(record) == columns
        assert all(record[column] is not None for column in required), record
    for column in columns:
        assert values(extract, stream, column), f"{column} is never filled"


@pytest.mark.parametrize("stream", DECLARED)
def test_landing_would_take_every_record(extract, stream):
    declared = DECLARED[stream]
    assert {column.removesuffix("*") for column in BESIDE[stream]} == set(declared)
    assert {column for column in declared if declared[column].get("required")} == {
        column.removesuffix("*") for column in BESIDE[stream] if column.endswith("*")
    }
    for column, meta in declared.items():
        if "values" in meta:
            assert values(extract, stream, column) <= set(meta["values"])
        if "minimum" in meta:
            assert min(map(float, values(extract, stream, column))) >= meta["minimum"]


@pytest.mark.parametrize(("stream", "column"), VALUES)
def test_words_are_those_of_the_contract_and_all_of_them_occur(extract, stream, column):
    assert values(extract, stream, column) == set(VALUES[stream, column].split())


@pytest.mark.parametrize("stream", BESIDE)
def test_every_reference_leads_to_a_record(extract, stream):
    columns = {column.removesuffix("*") for column in BESIDE[stream]}
    for column in columns & set(REFERENCES):
        assert values(extract, stream, column) <= values(extract, *REFERENCES[column]), column


@pytest.mark.parametrize("stream", sorted(set(BESIDE) - {"costs", "exchange_rates", "shifts"}))
def test_instants_are_iso_and_nothing_happens_after_the_end_of_the_log(extract, stream):
    for record in extract.records(stream):
        for column, value in record.items():
            if column.endswith("_at") and value is not None:
                assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", value)
                assert value <= ENDS, (column, record)


@pytest.mark.parametrize("stream", ["agent_states", "engagement_events", "knowledge_events", "time_entries"])
def test_a_few_records_come_twice_and_are_equal_then(extract, stream):
    records = [tuple(record.items()) for record in extract.records(stream)]
    again = len(records) - len(set(records))
    assert 0.003 < again / len(records) < 0.02
    key = "event_id" if stream.endswith("events") else "entry_id"
    if stream != "agent_states":
        assert len(set(records)) == len(values(extract, stream, key))


def test_a_few_records_come_in_the_file_of_a_later_month(extract):
    late = Counter()
    for path in (extract.root / "engagement_events").iterdir():
        for record in extract.of_file(path):
            late[record["occurred_at"][:7] < path.name[-16:-9]] += 1
            assert record["occurred_at"][:7] <= path.name[-16:-9]
    assert 0.003 < late[True] / late.total() < 0.03


def test_what_is_drawn_apart_leaves_the_other_draws_as_they_are():
    chance, untouched = Chance("1/generic"), Chance("1/generic")
    chance.apart("calls").random()
    assert chance.random() == untouched.random()
    assert chance.apart("calls").random() == untouched.apart("calls").random()
    assert chance.apart("calls").random() != chance.apart("costs").random()
