"""A full rebuild that differs from what is published is told table by table, and not published."""

import duckdb
import pytest

from orchestration.errors import RefusedError
from orchestration.publishing.compare import differing_tables, refuse_other_tables
from orchestration.publishing.publish import publish

from .conftest import build, record


@pytest.fixture
def rebuilt(warehouse):
    """A warehouse whose publication was built again after it was published."""
    publish(warehouse, record("run-1"))
    build(warehouse, generation=1)
    return warehouse


def change(warehouse, statement):
    with duckdb.connect(str(warehouse.publication_file)) as connection:
        connection.execute(statement)


def test_equal_tables_are_not_told(rebuilt):
    assert differing_tables(rebuilt.publication_file, rebuilt.published_file) == {}
    refuse_other_tables(rebuilt)


def test_rows_in_another_order_are_equal(rebuilt):
    change(rebuilt, "create or replace table core.fct_tickets as from core.fct_tickets order by 1 desc")

    assert differing_tables(rebuilt.publication_file, rebuilt.published_file) == {}


def test_a_changed_value_is_a_row_on_both_sides(rebuilt):
    change(rebuilt, "update core.fct_tickets set generation = 2 where ticket_key = 7")

    with pytest.raises(RefusedError, match=r"differs .* in core\.fct_tickets \(2 rows\); the earlier"):
        refuse_other_tables(rebuilt)


def test_a_row_that_is_there_twice_is_told(rebuilt):
    change(rebuilt, "insert into core.fct_tickets from core.fct_tickets where ticket_key = 7")

    assert differing_tables(rebuilt.publication_file, rebuilt.published_file) == {"core.fct_tickets": 1}


def test_an_empty_table_that_only_one_has_is_told(rebuilt):
    change(rebuilt, "create table marts.new_mart (a int)")

    assert differing_tables(rebuilt.publication_file, rebuilt.published_file) == {"marts.new_mart": 1}
