"""Records that a connector lost without a word: each kind of loss is noticed, and ordinary nights are not."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.expectations.results import CheckResult
from orchestration.expectations.run import check_raw
from orchestration.landing.streams import load_streams
from tests.python.expectations.databases import AS_OF, EVENT, TICKET, RawFile, insert_row

_ZENDESK = ("tickets", "ticket_audits", "ticket_comments", "ticket_metrics")
STREAMS = {
    "generic": {name: load_streams()["generic"][name] for name in ("tickets", "ticket_events")},
    "zendesk": {name: load_streams()["zendesk"][name] for name in _ZENDESK},
}
# A Sunday.
TODAY = AS_OF.date()


@pytest.fixture
def file(tmp_path: Path) -> RawFile:
    return RawFile(tmp_path, STREAMS)


def found(file: RawFile, check: str, asset: str = "raw_generic.tickets") -> CheckResult:
    results = check_raw(file.path, as_of=AS_OF, streams=STREAMS)
    (result,) = [each for each in results if (each.asset, each.check) == (asset, check)]
    assert (result.severity, result.status == "error") == ("warning", False), result.observed
    return result


def nights(ago: int) -> datetime:
    return datetime.combine(TODAY - timedelta(days=ago), time(2))


def tickets(numbers: range | list[int], **changes: str) -> list[dict]:
    return [TICKET | {"ticket_id": f"T-{number}"} | changes for number in numbers]


def delivered(file: RawFile, stream: str, days: list[date], row_count: int = 10) -> None:
    """Note in meta.loads that a stream came on these days."""
    with duckdb.connect(file.path) as connection:
        for day in days:
            row = {"load_id": f"{stream} {day}", "status": "landed", "source_system": "generic"}
            row |= {"source_account": "main", "stream": stream, "rows_landed": row_count, "loaded_at": day}
            insert_row(connection, "meta.loads", row)


def last_days(count: int, *, but: int = 0, every: int = 1) -> list[date]:
    return [TODAY - timedelta(days=ago) for ago in range(but, count, every)]


def test_a_stream_that_came_daily_and_has_not_is_told(file: RawFile) -> None:
    delivered(file, "tickets", last_days(20))
    delivered(file, "messages", last_days(20, but=2))
    delivered(file, "messages", last_days(1), row_count=0)
    result = found(file, "no_stream_fell_silent", "meta.streams")
    assert result.status == "failed"
    assert result.observed == "generic@main/messages: nothing since 2024-03-08, on 2 days of deliveries"


@pytest.mark.parametrize(
    "days",
    [last_days(20), last_days(20, but=3, every=7), last_days(4, but=1), last_days(80, but=31)],
    ids=["it came", "it comes weekly", "nobody knows its habit", "it has ended for good"],
)
def test_a_stream_that_is_not_due_is_not_missed(file: RawFile, days: list[date]) -> None:
    delivered(file, "tickets", last_days(80))
    delivered(file, "messages", days)
    assert found(file, "no_stream_fell_silent", "meta.streams").status == "passed"


def test_a_stream_that_comes_every_sunday_is_missed_on_a_sunday(file: RawFile) -> None:
    delivered(file, "tickets", last_days(40))
    delivered(file, "surveys", last_days(40, but=7, every=7))
    assert "generic@main/surveys" in found(file, "no_stream_fell_silent", "meta.streams").observed


def test_a_night_without_any_delivery_is_no_stream_s_silence(file: RawFile) -> None:
    delivered(file, "tickets", last_days(20, but=1))
    delivered(file, "messages", last_days(20, but=1))
    assert found(file, "no_stream_fell_silent", "meta.streams").status == "passed"


@pytest.mark.parametrize(("count", "status"), [(4, "passed"), (1, "failed")])
def test_a_sunday_is_compared_with_sundays(file: RawFile, count: int, status: str) -> None:
    for ago in range(1, 29):
        file.add("raw_generic.tickets", *tickets(range(4 if ago % 7 == 0 else 40)), loaded_at=nights(ago))
    file.add("raw_generic.tickets", *tickets(range(count)), loaded_at=nights(0))
    result = found(file, "volume_is_usual")
    assert (result.status, result.observed) == (status, f"main: {count} rows, usually 4 on that weekday")


def test_tickets_that_the_full_export_before_had_are_told(file: RawFile) -> None:
    for ago in (3, 2, 1):
        file.add("raw_generic.tickets", *tickets(range(1, 41)), loaded_at=nights(ago))
    file.add("raw_generic.tickets", *tickets(range(1, 39)), loaded_at=nights(0))
    result = found(file, "full_exports_are_whole")
    assert result.status == "failed"
    assert result.observed == (
        "2 tickets of the export before are missing, for example"
        " raw_generic.tickets.csv line 39; raw_generic.tickets.csv line 40"
    )
    assert len(result.rows) == 2


def test_what_was_over_may_vanish_and_changes_alone_are_no_full_export(file: RawFile) -> None:
    over = [*tickets([41], status="Closed"), *tickets([42], is_deleted="true")]
    for ago in (3, 2, 1):
        file.add("raw_generic.tickets", *tickets(range(1, 41)), *over, loaded_at=nights(ago))
    file.add("raw_generic.tickets", *tickets(range(1, 41)), loaded_at=nights(0))
    assert found(file, "full_exports_are_whole").status == "passed"
    file.run("delete from raw_generic.tickets where _line > 5 and cast(_loaded_at as date) = '2024-03-09'")
    file.run("delete from raw_generic.tickets where _line <= 5 and cast(_loaded_at as date) = '2024-03-10'")
    assert found(file, "full_exports_are_whole").status == "passed"


@pytest.mark.parametrize(
    ("new", "status"),
    [
        ([*range(201, 221), *range(261, 301)], "failed"),
        (list(range(201, 301)), "passed"),
        (list(range(201, 301, 20)), "failed"),
        ([*range(201, 211), *range(215, 301)], "passed"),
    ],
    ids=["a block is missing", "none is missing", "most are missing", "a few are"],
)
def test_gaps_in_the_numbers_of_tickets_are_told(file: RawFile, new: list[int], status: str) -> None:
    file.add("raw_generic.tickets", *tickets(range(100, 201)), loaded_at=nights(1))
    file.add("raw_generic.tickets", *tickets([150, *new]), loaded_at=nights(0))
    result = found(file, "ids_are_consecutive")
    assert result.status == status
    if new[1] - new[0] == 1 and status == "failed":
        assert result.observed == "main: 40 of 100 new numbers are missing, from 221 on (usually 0.0 %)"


def test_numbers_that_always_had_gaps_may_have_them(file: RawFile) -> None:
    file.add("raw_generic.tickets", *tickets(range(100, 400, 2)), loaded_at=nights(1))
    file.add("raw_generic.tickets", *tickets(range(400, 600, 2)), loaded_at=nights(0))
    assert found(file, "ids_are_consecutive").status == "passed"


@pytest.mark.parametrize(
    ("table", "number", "changes", "change"),
    [
        ("raw_generic.tickets", "ticket_id", "raw_generic.ticket_events", EVENT),
        ("raw_zendesk.tickets", "id", "raw_zendesk.ticket_audits", {"id": "1", "ticket_id": "1"}),
    ],
)
def test_a_ticket_of_another_status_without_any_change_is_told(
    file: RawFile, table: str, number: str, changes: str, change: dict
) -> None:
    ticket = {number: "1", "created_at": "2024-03-01T00:00:00Z", "status": "open"}
    file.add(table, ticket, loaded_at=nights(2)).add(changes, change, loaded_at=nights(3))
    file.add(table, ticket | {"status": "solved"}, loaded_at=nights(0))
    result = found(file, "changed_tickets_bring_their_events", table)
    assert result.status == "failed"
    assert result.observed == f"1 of 1 tickets of another status lack some, for example {table}.csv line 1"
    assert len(result.rows) == 1
    file.add(changes, change, loaded_at=nights(1))
    assert found(file, "changed_tickets_bring_their_events", table).status == "passed"


def test_an_account_without_events_cannot_lose_any(file: RawFile) -> None:
    file.add("raw_generic.tickets", TICKET, loaded_at=nights(2))
    file.add("raw_generic.tickets", TICKET | {"status": "solved"}, loaded_at=nights(0))
    assert found(file, "changed_tickets_bring_their_events").status == "passed"


@pytest.mark.parametrize(("is_public", "status"), [("true", "passed"), ("False", "failed")])
def test_replies_that_zendesk_counts_and_nobody_delivered_are_told(
    file: RawFile, is_public: str, status: str
) -> None:
    metrics = {"id": "9", "ticket_id": "1", "reply_time_in_minutes": "{}"}
    file.add("raw_zendesk.ticket_metrics", metrics | {"replies": "5"}, loaded_at=nights(1))
    file.add("raw_zendesk.ticket_metrics", metrics | {"replies": "2"}, loaded_at=nights(0))
    comments = [
        {"id": "1", "ticket_id": "1", "public": "true"},
        {"id": "2", "ticket_id": "1", "public": is_public},
    ]
    file.add("raw_zendesk.ticket_comments", *comments, comments[0])
    result = found(file, "replies_are_delivered", "raw_zendesk.ticket_metrics")
    assert result.status == status
    assert len(result.rows) == (status == "failed")
