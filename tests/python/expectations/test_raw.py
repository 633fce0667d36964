from datetime import UTC, datetime, timedelta, timezone

import pytest

from orchestration.errors import UsageError
from orchestration.expectations.results import CheckResult
from orchestration.expectations.run import check_raw, raw_check_names
from orchestration.landing.streams import load_streams
from tests.python.expectations.databases import AS_OF, EVENT, INCIDENT, REGISTRY, TICKET, RawFile


def checked(file: RawFile, **options) -> list[CheckResult]:
    return check_raw(file.path, streams=REGISTRY, **({"as_of": AS_OF} | options))


def troubles(results: list[CheckResult]) -> dict[tuple[str, str, str], str]:
    return {
        (each.asset, each.check, each.status): each.observed for each in results if each.status != "passed"
    }


def test_good_data_pass_every_check_in_the_declared_order(tmp_path):
    file = RawFile(tmp_path).add("raw_generic.tickets", TICKET).add("raw_generic.ticket_events", EVENT)
    results = checked(file.add("raw_servicenow.incidents", INCIDENT))
    assert troubles(results) == {}
    assert [(each.asset, each.check, each.severity) for each in results] == raw_check_names(REGISTRY)


def test_an_absent_stream_passes_and_says_so(tmp_path):
    results = checked(RawFile(tmp_path))
    assert {each.status for each in results} == {"passed"}
    assert {each.observed for each in results if each.check != "columns_exist"} == {
        "stream absent",
        "no unusual gap",
        "none has vanished",
        "none of 0 tickets of another status lacks any",
        "every stream that usually comes has come",
    }


def test_every_bad_row_is_told_by_the_file_and_line_it_came_from(tmp_path):
    file = RawFile(tmp_path)
    file.add("raw_generic.tickets", TICKET, TICKET | {"ticket_id": "2", "created_at": "1970-01-01T00:00:00Z"})
    file.add(
        "raw_generic.ticket_events", EVENT, EVENT | {"event_id": None}, EVENT | {"event_id": "3", "field": ""}
    )
    file.add("raw_servicenow.incidents", INCIDENT, INCIDENT | {"number": "?"}, INCIDENT | {"opened_at": "?"})
    file.add("raw_servicenow.incidents", INCIDENT, load_id="refused")
    third = "1 of 3 rows break it (33.33 %), for example"
    quarter = "1 of 4 rows break it (25.00 %), for example"
    assert troubles(checked(file)) == {
        ("raw_generic.tickets", "event_time_is_after_1990", "failed"): "1 of 2 rows break it (50.00 %), "
        "for example raw_generic.tickets.csv line 2 says 1970-01-01T00:00:00Z",
        (
            "raw_generic.ticket_events",
            "key_is_present",
            "failed",
        ): f"{third} raw_generic.ticket_events.csv line 2",
        (
            "raw_generic.ticket_events",
            "required_values_are_present",
            "failed",
        ): f"{third} raw_generic.ticket_events.csv line 3",
        (
            "raw_servicenow.incidents",
            "key_is_present",
            "failed",
        ): f"{quarter} raw_servicenow.incidents.csv line 2",
        (
            "raw_servicenow.incidents",
            "required_values_are_present",
            "failed",
        ): f"{quarter} raw_servicenow.incidents.csv line 3",
        (
            "raw_servicenow.incidents",
            "load_is_known",
            "failed",
        ): f"{quarter} raw_servicenow.incidents.csv line 1",
    }


def test_a_missing_column_fails_and_checks_that_need_it_could_not_run(tmp_path):
    file = RawFile(tmp_path).add("raw_generic.tickets", TICKET)
    found = troubles(checked(file.run("alter table raw_generic.tickets drop column created_at")))
    assert found["raw_generic.tickets", "columns_exist", "failed"] == "missing columns: created_at"
    assert "created_at" in found["raw_generic.tickets", "data_are_fresh", "error"]
    assert ("raw_generic.tickets", "key_is_present", "failed") not in found


def test_a_missing_table_is_an_error_of_each_of_its_checks(tmp_path):
    found = troubles(checked(RawFile(tmp_path).run("drop table raw_generic.tickets")))
    assert found.pop(("raw_generic.ticket_events", "ticket_id_is_known", "error")).endswith(
        "tickets does not exist!"
    )
    names = [name for asset, name, _ in raw_check_names(REGISTRY) if asset == "raw_generic.tickets"]
    told = "the check could not run: there is no table raw_generic.tickets"
    assert found == {("raw_generic.tickets", name, "error"): told for name in names}


def test_warnings_about_time_volume_redelivery_and_references(tmp_path):
    file = RawFile(tmp_path)
    earlier = [
        {**TICKET, "ticket_id": str(number), "created_at": "2024-03-01T00:00:00Z"} for number in range(10)
    ]
    for days in (2, 3, 4):
        file.add("raw_generic.tickets", *earlier, loaded_at=AS_OF - timedelta(days=days))
    file.add("raw_generic.tickets", TICKET | {"ticket_id": "new", "created_at": "2124-03-01T00:00:00Z"})
    file.add("raw_generic.ticket_events", EVENT, EVENT | {"event_id": "2", "ticket_id": "nobody's"})
    assert troubles(checked(file)) == {
        (
            "raw_generic.tickets",
            "event_time_is_not_in_the_future",
            "failed",
        ): "1 of 31 rows break it (3.23 %), "
        "for example raw_generic.tickets.csv line 1 says 2124-03-01T00:00:00Z",
        ("raw_generic.tickets", "data_are_fresh", "failed"): "main: newest 2024-03-01 00:00:00 UTC, "
        "9.5 days before as-of",
        ("raw_generic.tickets", "volume_is_usual", "failed"): "main: 1 rows, usually 10",
        (
            "raw_generic.tickets",
            "redelivery_is_rare",
            "failed",
        ): "20 of 31 rows repeat an earlier one (64.5 %)",
        (
            "raw_generic.tickets",
            "full_exports_are_whole",
            "failed",
        ): "10 tickets of the export before are missing, for example raw_generic.tickets.csv line 1; "
        "raw_generic.tickets.csv line 10; raw_generic.tickets.csv line 2",
        ("raw_generic.ticket_events", "ticket_id_is_known", "failed"): "1 of 2 rows break it (50.00 %), "
        "for example raw_generic.ticket_events.csv line 2",
    }


def test_the_first_nights_after_years_of_history_are_not_a_drop_for_ever(tmp_path):
    file = RawFile(tmp_path)
    history = [TICKET | {"ticket_id": str(number)} for number in range(30)]
    file.add("raw_generic.tickets", *history, loaded_at=AS_OF - timedelta(days=4))
    for days in (3, 2, 1):
        file.add(
            "raw_generic.tickets",
            TICKET | {"ticket_id": f"night {days}"},
            loaded_at=AS_OF - timedelta(days=days),
        )
    results = {(each.asset, each.check): each for each in checked(file)}
    assert results["raw_generic.tickets", "volume_is_usual"].observed == "main: 1 rows, usually 1"
    assert results["raw_generic.tickets", "volume_is_usual"].status == "passed"


@pytest.mark.parametrize("nights", [1, 2])
def test_what_is_usual_is_not_known_on_the_first_nights(tmp_path, nights):
    file = RawFile(tmp_path)
    history = [TICKET | {"ticket_id": str(number)} for number in range(30)]
    for day in range(nights + 1):
        tickets = history if day == nights else [TICKET | {"ticket_id": f"night {day}"}]
        file.add("raw_generic.tickets", *tickets, loaded_at=AS_OF - timedelta(days=day))
    results = {(each.asset, each.check): each for each in checked(file)}
    result = results["raw_generic.tickets", "volume_is_usual"]
    assert (result.status, result.observed) == (
        "passed",
        "main: 1 rows, too few earlier days to compare with",
    )


@pytest.mark.parametrize(
    ("table", "record", "age"),
    [
        ("raw_generic.tickets", TICKET | {"created_at": "2024-03-10T12:00:00+05:00"}, "0.2"),
        ("raw_generic.tickets", TICKET | {"created_at": "2024-03-10T12:00:00.250-0100"}, "0.0"),
        ("raw_generic.tickets", TICKET | {"created_at": "2024-03-09"}, "1.5"),
        ("raw_generic.tickets", TICKET | {"created_at": " 2024-03-10t12:00:00z\t"}, "0.0"),
        ("raw_servicenow.incidents", INCIDENT | {"sys_updated_at": "05/03/2024 12:00"}, "5.0"),
        ("raw_servicenow.incidents", INCIDENT | {"sys_updated_at": "2024-03-10T13:00:00+02"}, "0.0"),
    ],
)
def test_freshness_reads_offsets_dates_and_the_formats_of_the_registry(tmp_path, table, record, age):
    results = checked(RawFile(tmp_path).add(table, record), freshness_days=4.9)
    (found,) = [each for each in results if each.check == "data_are_fresh" and each.asset == table]
    assert found.observed.endswith(f" UTC, {age} days before as-of")
    assert found.status == ("failed" if age == "5.0" else "passed")


def test_as_of_with_an_offset_is_the_same_instant(tmp_path):
    file = RawFile(tmp_path).add("raw_generic.tickets", TICKET)
    east = datetime(2024, 3, 10, 14, tzinfo=timezone(timedelta(hours=2)))
    assert (
        checked(file, as_of=east)
        == checked(file, as_of=AS_OF)
        == checked(file, as_of=AS_OF.replace(tzinfo=UTC))
    )


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(UsageError, match=r"absent\.duckdb: there is no such database file"):
        check_raw(tmp_path / "absent.duckdb", as_of=AS_OF)


def test_every_stream_of_the_project_has_checks_with_unique_names():
    names = raw_check_names()
    assert {asset for asset, _, _ in names} == {
        "meta.streams",
        *(stream.table for of_system in load_streams().values() for stream in of_system.values()),
    }
    assert len(names) == len({(asset, name) for asset, name, _ in names})
    assert all(name.isidentifier() for _, name, _ in names)
