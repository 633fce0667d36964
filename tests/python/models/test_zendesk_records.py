"""Records of Zendesk's own API: its business minutes come out of our models, and what differs has its reason.

Schedule and metrics are those that Airbyte's connector recorded from a sandbox account (airbytehq/airbyte,
source-zendesk-support/integration_tests/expected_records.jsonl). The audits of the tickets were not recorded:
they are written here from the instants that the metrics tell.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from tests.python.models.zendesk_lives import AGENT, NOUMEA, REQUESTER, Life, Records


def after(created_at: str, passed: int) -> str:
    """The instant so many minutes later."""
    return f"{datetime.fromisoformat(created_at) + timedelta(minutes=passed):%Y-%m-%dT%H:%M:%SZ}"


def recorded_lives() -> Iterator[Life]:
    """Tickets 159, 160 and 161 of the sandbox."""
    first = Life(159, "2023-10-20T10:57:49Z")
    first.change("2023-10-20T11:29:29Z", status="open", assignee_id=str(AGENT))
    first.reply(after(first.created_at, 252_154))
    first.reply("2024-08-19T16:12:42Z")
    yield first.tells(
        {"reply": (252_154, 60_000), "requester_wait": (32, 0)},
        "2023-10-20T11:29:29Z",
        updated_at="2024-08-19T16:11:59Z",
        latest_comment_added_at="2024-08-19T16:12:42Z",
        replies=2,
        assignee_stations=1,
    )
    # It was solved and reopened within a minute: its wait has no gap.
    second = Life(160, "2024-04-12T13:39:06Z", "open", assignee_id=str(AGENT))
    second.change(after(second.created_at, 7_292), status="solved")
    second.change(after(second.created_at, 7_292).replace(":06Z", ":36Z"), status="open")
    second.reply(after(second.created_at, 97_667))
    second.reply("2024-08-19T16:15:47Z")
    second.change("2024-08-19T16:15:47Z", status="pending")
    second.change("2024-08-19T16:19:27Z", status="open")
    second.reply("2024-09-20T13:53:23Z", REQUESTER)
    yield second.tells(
        {
            "reply": (97_667, 23_040),
            "first_resolution": (7_292, 1_440),
            "agent_wait": (4, 0),
            "requester_wait": (185_916, 43_680),
        },
        "2024-08-19T16:19:27Z",
        latest_comment_added_at="2024-09-20T13:53:23Z",
        reopens=1,
        replies=2,
        assignee_stations=1,
    )
    yield Life(161, "2024-05-28T19:44:02Z").tells({}, "2024-05-28T19:44:02Z")


def test_recorded_tickets_have_zendesk_s_own_minutes(records: Records) -> None:
    found = records.compare(*recorded_lives())
    equal = {
        (160, "first_reply"): (97_667, 23_040),
        (160, "first_resolution"): (7_292, 1_440),
        (160, "agent_wait"): (4, 0),
        (159, "first_reply"): (252_154, 60_000),
    }
    for (ticket, figure), told in equal.items():
        rows = [found[ticket, figure, clock] for clock in ("calendar", "business")]
        assert [row["verdict"] for row in rows] == ["equal", "equal"]
        assert tuple(row["warehouse_minutes"] for row in rows) == told
    # Both wait on; Zendesk tells the wait up to the last change of the status.
    running = {(160, "requester_wait"): (185_916, 43_680), (159, "requester_wait"): (32, 0)}
    for (ticket, figure), told in running.items():
        rows = [found[ticket, figure, clock] for clock in ("calendar", "business")]
        assert [(row["verdict"], row["reason_code"]) for row in rows] == [("explained", "running")] * 2
        assert tuple(row["vendor_minutes"] for row in rows) == told
    replayed = records.run.rows(
        "select vendor_minutes, replayed_minutes from publication.core.fct_vendor_times"
        " where vendor_minutes is not null"
    )
    assert len(replayed) == 18
    assert all(row["vendor_minutes"] == row["replayed_minutes"] for row in replayed)


def test_recorded_tickets_leave_nothing_unexplained(records: Records) -> None:
    found = records.compare(*recorded_lives())
    assert {row["verdict"] for row in found.values()} == {"equal", "explained"}
    untouched = {row["reason_code"] for key, row in found.items() if key[0] == 161}
    assert untouched == {None, "vendor_not_told_yet"}
    assert found[160, "reopens", "none"]["verdict"] == found[160, "replies", "none"]["verdict"] == "equal"


def test_business_minutes_of_the_wrong_zone_are_unexplained(records: Records) -> None:
    found = records.compare(*recorded_lives(), schedules=(NOUMEA | {"time_zone": "UTC"},))
    told = {figure for (ticket, figure, clock), row in found.items() if row["verdict"] == "unexplained"}
    assert "first_reply" in told
    assert {row["clock"] for row in found.values() if row["verdict"] == "unexplained"} == {"business"}


def test_without_opening_hours_only_business_time_differs(records: Records) -> None:
    found = records.compare(*recorded_lives(), schedules=())
    differing = {key for key, row in found.items() if row["reason_code"] == "no_opening_hours"}
    assert {(160, "first_reply", "business"), (160, "requester_wait", "business")} <= differing
    assert {row["verdict"] for row in found.values()} == {"equal", "explained"}
    # A calendar time that is not understood explains no business time.
    lives = list(recorded_lives())
    assert lives[1].metrics is not None
    lives[1].metrics["reply_time_in_minutes"] = {"calendar": 90_000, "business": 20_000}
    found = records.compare(*lives, schedules=())
    assert found[160, "first_reply", "calendar"]["verdict"] == "unexplained"
    assert found[160, "first_reply", "business"]["verdict"] == "unexplained"
