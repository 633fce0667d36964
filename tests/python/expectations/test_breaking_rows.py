"""Rows that break a check are found whatever kind of check it is, and messages name only their keys."""

import json

import duckdb
import pytest

from orchestration.expectations.breaking_rows import breaking_rows_query, with_examples, with_rows
from orchestration.expectations.declarations import Check
from orchestration.expectations.published import publication_checks
from orchestration.expectations.raw import raw_checks
from orchestration.expectations.results import CheckResult
from orchestration.expectations.run import check_publication, check_raw
from tests.python.expectations.databases import AS_OF, REGISTRY, TICKET, PublicationFile, RawFile

FACTS = {"as_of": "make_timestamp(0)", "local_as_of": "make_timestamp(0)", "freshness_days": "3"}
# These are about a table as a whole: no row of it is the one that breaks them.
ABOUT_TABLES = {
    "columns_exist",
    "volume_is_usual",
    "data_are_fresh",
    "redelivery_is_rare",
    "is_not_empty",
    "ids_are_consecutive",
    "no_stream_fell_silent",
    "no_e_mail_address_is_published",
    "no_phone_number_is_published",
    "nobody_is_named_in_what_is_published",
}


def rows_of(results: list[CheckResult], asset: str, check: str) -> list[dict]:
    (result,) = [each for each in results if (each.asset, each.check) == (asset, check)]
    assert result.status == "failed"
    return [json.loads(row) for row in result.rows]


def test_every_check_about_rows_can_say_which() -> None:
    checks: list[Check] = [*raw_checks(REGISTRY), *publication_checks()]
    without = {check.name for check in checks if not breaking_rows_query(check, FACTS)}
    assert without <= ABOUT_TABLES


@pytest.mark.parametrize(
    ("table", "changes", "check"),
    [
        ("core.fct_tickets", {"ticket_key": None, "ticket_id": "2"}, "ticket_key_is_present"),
        ("core.fct_tickets", {"status": "gone: {x}", "ticket_id": "2", "ticket_key": "b"}, "status_is_known"),
        ("core.fct_ticket_spells", {"seconds": -1}, "seconds_is_not_negative"),
        ("core.fct_ticket_spells", {"ticket_key": "z"}, "ticket_is_known"),
    ],
)
def test_the_row_that_breaks_a_published_table_is_found(tmp_path, table, changes, check) -> None:
    file = PublicationFile(tmp_path).add(table, **changes)
    (row,) = rows_of(check_publication(file.path, as_of=AS_OF), table, check)
    assert changes.items() <= row.items()


def test_all_rows_of_a_repeated_key_are_found(tmp_path) -> None:
    file = PublicationFile(tmp_path).add("core.fct_tickets", ticket_id="2").add("marts.kpi_values")
    results = check_publication(file.path, as_of=AS_OF)
    assert {row["ticket_id"] for row in rows_of(results, "core.fct_tickets", "ticket_key_is_unique")} == {
        "1",
        "2",
    }
    assert len(rows_of(results, "marts.kpi_values", "key_is_unique")) == 2


def test_a_few_of_many_raw_rows_are_found_with_file_and_line(tmp_path) -> None:
    bad = TICKET | {"ticket_id": None}
    file = RawFile(tmp_path).add("raw_generic.tickets", TICKET, *[bad] * 50)
    rows = rows_of(
        check_raw(file.path, as_of=AS_OF, streams=REGISTRY), "raw_generic.tickets", "key_is_present"
    )
    assert len(rows) == 20
    assert {row["_file"] for row in rows} == {"raw_generic.tickets.csv"}
    assert all(row["ticket_id"] is None and row["_line"] > 1 for row in rows)


def test_what_passes_or_cannot_be_asked_again_has_no_rows() -> None:
    failed = CheckResult("rule", "core.a", "error", "failed", "1 rows", "")
    passed = CheckResult("other", "core.a", "error", "passed", "0 rows", "")
    queries = {("core.a", "rule"): "select * from core.gone", ("core.a", "other"): "select 1"}
    with duckdb.connect() as connection:
        assert with_rows(connection, [failed, passed], queries) == [failed, passed]


def test_messages_name_our_keys_and_nothing_else_of_a_row() -> None:
    rows = tuple(json.dumps({"ticket_key": key, "name": "Ann"}) for key in "aabcd")
    with_keys = CheckResult("rule", "core.a", "error", "failed", "5 rows", "", rows)
    without = CheckResult("rule", "core.b", "error", "failed", "1 rows", "", ('{"name": "Ann"}',))
    told = [each.observed for each in with_examples([with_keys, without])]
    assert told == ["5 rows, for example ticket_key a; ticket_key b; ticket_key c", "1 rows"]
    assert "Ann" not in repr(with_keys)
