"""Records of Zendesk's own API: its business minutes come out of our models, and what differs has its reason.

Schedule and metrics are those that Airbyte's connector recorded from a sandbox account (airbytehq/airbyte,
source-zendesk-support/integration_tests/expected_records.jsonl). Audits of the tickets were not recorded: they
are written here from the instants the metrics tell.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from typing import Any

import pytest

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun

NOUMEA = {
    "id": 4567312249615,
    "name": "Test Schedule",
    "time_zone": "New Caledonia",
    "created_at": "2022-03-25T10:23:34Z",
    "updated_at": "2024-07-05T10:55:43Z",
    "intervals": [
        {"start_time": start, "end_time": end}
        for start, end in ((1980, 2460), (3420, 3900), (4860, 5340), (6300, 6780), (7830, 8310))
    ],
}
ALWAYS = {
    "id": 9,
    "name": "Always",
    "time_zone": "UTC",
    "created_at": "2023-03-25T10:23:34Z",
    "updated_at": "2023-03-25T10:23:34Z",
    "intervals": [{"start_time": 0, "end_time": 10080}],
}
AGENT, REQUESTER = 10, 20
USERS = [
    {"id": number, "role": role, "created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}
    for number, role in ((AGENT, "agent"), (REQUESTER, "end-user"))
]
TIMES = ("reply", "first_resolution", "full_resolution", "agent_wait", "requester_wait", "on_hold")
Told = dict[str, tuple[int | None, int | None]]
_ids = count(1_000)


def minutes(told: Told) -> dict[str, dict[str, int | None]]:
    """Times as the API writes them, from (calendar, business) minutes; what is not given is null."""
    pairs = {name: told.get(name, (0, 0) if name == "on_hold" else (None, None)) for name in TIMES}
    return {
        f"{name}_time_in_minutes": {"calendar": calendar, "business": business}
        for name, (calendar, business) in pairs.items()
    }


class Life:
    """The records of one ticket, as its story is told."""

    def __init__(self, ticket_id: int, created_at: str, status: str = "new", **fields: Any) -> None:
        self.created_at = created_at
        self.ticket: dict[str, Any] = {
            "id": ticket_id,
            "created_at": created_at,
            "status": status,
            "via": {"channel": "web"},
            "requester_id": REQUESTER,
            "submitter_id": REQUESTER,
            "tags": [],
        } | fields
        self.audits: list[dict[str, Any]] = []
        self.metrics: dict[str, Any] | None = None
        self._state = {"status": status, "assignee_id": fields.get("assignee_id"), "schedule": None}
        created = [
            {"type": "Create", "field_name": name, "value": value}
            for name, value in self._state.items()
            if value is not None
        ]
        author = self.ticket["submitter_id"]
        self.audit(created_at, author, {"type": "Comment", "public": True, "author_id": author}, *created)

    def audit(self, at: str, author: int, *events: dict[str, Any], rel: str | None = None, **to: Any) -> int:
        """Tell an audit; returns the id of its first event."""
        ids = [next(_ids) for _ in range(len(events) + 1)]
        self.audits.append(
            {
                "id": ids[0],
                "ticket_id": self.ticket["id"],
                "created_at": at,
                "author_id": author,
                "via": {"channel": "web", "source": {"rel": rel, "to": to}},
                "events": [{"id": event_id} | event for event_id, event in zip(ids[1:], events, strict=True)],
            }
        )
        self.ticket["updated_at"] = at
        return ids[1]

    def change(self, at: str, rel: str | None = None, to: int | None = None, **values: Any) -> None:
        """An agent sets fields."""
        events = []
        for name, value in values.items():
            events.append({"type": "Change", "field_name": name, "value": value} | self._before(name, value))
        self.audit(at, AGENT, *events, rel=rel, ticket_id=to)

    def reply(self, at: str, author: int = AGENT) -> int:
        """Somebody writes publicly."""
        return self.audit(at, author, {"type": "Comment", "public": True, "author_id": author})

    def assign_schedule(self, at: str, schedule: int | None, before: int | None = None) -> None:
        """A rule changes the schedule."""
        moved = {"previous_schedule_id": before, "new_schedule_id": schedule}
        self.audit(at, -1, {"type": "ScheduleAssignment"} | moved)

    def tells(self, told: Told, status_updated_at: str, **fields: Any) -> "Life":
        """What Zendesk's metrics tell."""
        self.metrics = {
            "id": self.ticket["id"] + 1,
            "ticket_id": self.ticket["id"],
            "created_at": self.created_at,
            "updated_at": status_updated_at,
            "status_updated_at": status_updated_at,
            "reopens": 0,
            "replies": 0,
            "assignee_stations": 0,
            "group_stations": 0,
        }
        self.metrics |= minutes(told) | fields
        return self

    def _before(self, name: str, value: Any) -> dict[str, Any]:
        before = self._state.get(name)
        self._state[name] = value
        if name in self.ticket:
            self.ticket[name] = value
        return {"previous_value": before}


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


class Records:
    """Lives run through the models; how each figure compares."""

    def __init__(self, models: list[tuple[str, str]]) -> None:
        wanted = [
            model
            for model in models
            if '"kpi_observations"' not in model[0]
            and ('"marts"' not in model[0] or "vendor_time_reconciliation" in model[0])
        ]
        self.run = ModelRun(wanted, load_streams())

    def compare(
        self, *lives: Life, schedules: tuple[dict[str, Any], ...] = (NOUMEA,), as_of: str = "2024-09-21 00:00:00"
    ) -> dict[tuple[int, str, str], dict[str, Any]]:
        """Rows of the reconciliation by ticket, figure and clock."""
        self.run.load("raw_zendesk.users", USERS)
        self.run.load("raw_zendesk.schedules", list(schedules))
        self.run.load("raw_zendesk.tickets", [life.ticket for life in lives])
        self.run.load("raw_zendesk.ticket_audits", [audit for life in lives for audit in life.audits])
        self.run.load("raw_zendesk.ticket_metrics", [life.metrics for life in lives if life.metrics])
        self.run.build(as_of=as_of, accounts=(("zendesk", "main", "UTC"),))
        rows = self.run.rows(
            "select * from publication.marts.vendor_time_reconciliation"
            " inner join (select ticket_key, ticket_id from publication.core.fct_tickets) using (ticket_key)"
        )
        return {(int(row["ticket_id"]), row["figure"], row["clock"]): row for row in rows}


@pytest.fixture(scope="module")
def records(compiled_models: list[tuple[str, str]]) -> Records:
    return Records(compiled_models)


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
        "select vendor_minutes, replayed_minutes from publication.core.fct_vendor_times where vendor_minutes is not null"
    )
    assert len(replayed) == 18
    assert all(row["vendor_minutes"] == row["replayed_minutes"] for row in replayed)


def test_recorded_tickets_leave_nothing_unexplained(records: Records) -> None:
    found = records.compare(*recorded_lives())
    assert {row["verdict"] for row in found.values()} == {"equal", "explained"}
    assert {row["reason_code"] for key, row in found.items() if key[0] == 161} == {None, "vendor_not_told_yet"}
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


def test_a_row_from_before_the_solve_is_older_than_the_history(records: Records) -> None:
    life = Life(1, "2024-05-06T09:00:00Z", "open")
    life.change("2024-05-06T10:00:00Z", status="pending")
    life.change("2024-05-07T10:00:00Z", status="solved")
    life.reply("2024-05-07T10:00:00Z")
    life.tells({"requester_wait": (60, 0)}, "2024-05-06T10:00:00Z")
    found = records.compare(life)
    for figure in ("first_reply", "first_resolution", "full_resolution"):
        assert found[1, figure, "calendar"]["reason_code"] == "older_than_history"
    assert found[1, "replies", "none"]["reason_code"] == "older_than_history"
    assert found[1, "agent_wait", "calendar"]["reason_code"] == "vendor_not_told_yet"
    assert found[1, "requester_wait", "calendar"]["verdict"] == "equal"
    # The same row, written after the solve, would have to tell it.
    assert life.metrics is not None
    life.metrics |= {"updated_at": "2024-05-07T10:00:00Z", "status_updated_at": "2024-05-07T10:00:00Z"}
    found = records.compare(life)
    for figure in ("first_reply", "first_resolution", "full_resolution", "agent_wait"):
        assert found[1, figure, "calendar"]["verdict"] == "unexplained"


def test_zendesk_takes_a_merge_for_a_solve(records: Records) -> None:
    life = Life(1, "2024-05-06T09:00:00Z", "open")
    merge = {"type": "Comment", "public": False, "author_id": AGENT}
    closed = {"type": "Change", "field_name": "status", "value": "closed", "previous_value": "open"}
    life.audit("2024-05-06T11:30:00Z", AGENT, merge, closed, rel="merge", ticket_id=2)
    solved: Told = {"first_resolution": (150, 0), "full_resolution": (150, 0), "requester_wait": (150, 0)}
    found = records.compare(life.tells(solved, "2024-05-06T11:30:00Z"))
    for figure in ("first_resolution", "full_resolution"):
        assert found[1, figure, "calendar"]["reason_code"] == "merged"
        assert found[1, figure, "calendar"]["warehouse_minutes"] is None
    assert found[1, "requester_wait", "calendar"]["verdict"] == "equal"
    found = records.compare(life.tells(solved | {"full_resolution": (155, 0)}, "2024-05-06T11:30:00Z"))
    assert found[1, "full_resolution", "calendar"]["verdict"] == "unexplained"


def test_a_reply_that_was_made_private_stays_zendesk_s_first_reply(records: Records) -> None:
    life = Life(1, "2024-05-06T23:00:00Z", "open")
    hidden = life.reply("2024-05-07T00:20:00Z")
    life.reply("2024-05-07T02:00:00Z")
    life.audit("2024-05-08T09:00:00Z", AGENT, {"type": "CommentPrivacyChange", "comment_id": hidden, "public": False})
    note = {"type": "Comment", "public": False, "author_id": AGENT}
    life.audit("2024-05-07T00:40:00Z", AGENT, note)
    fields = {"latest_comment_added_at": "2024-05-07T02:00:00Z", "replies": 2}
    life.tells({"reply": (80, 80)}, "2024-05-06T23:00:00Z", **fields)
    found = records.compare(life)
    assert found[1, "first_reply", "calendar"]["reason_code"] == "made_private"
    assert found[1, "first_reply", "business"]["reason_code"] == "made_private"
    assert found[1, "replies", "none"]["reason_code"] == "made_private"
    # A note was never a reply.
    found = records.compare(life.tells({"reply": (100, 100)}, "2024-05-06T23:00:00Z", **fields | {"replies": 3}))
    assert found[1, "first_reply", "calendar"]["verdict"] == "unexplained"
    assert found[1, "replies", "none"]["verdict"] == "unexplained"


def test_single_times_are_under_the_schedule_at_their_end_and_waits_under_each_in_turn(records: Records) -> None:
    # In Noumea, where it is 11 hours later, it is open from 22:00 to 06:00.
    life = Life(1, "2024-05-06T10:00:00Z", "open")
    life.assign_schedule("2024-05-06T11:00:30Z", int(ALWAYS["id"]))
    life.change("2024-05-06T12:00:00Z", status="solved")
    told: Told = {
        "first_resolution": (120, 120),
        "full_resolution": (120, 120),
        "requester_wait": (120, 60),
    }
    found = records.compare(life.tells(told, "2024-05-06T12:00:00Z"), schedules=(NOUMEA, ALWAYS))
    for figure in ("first_resolution", "full_resolution"):
        assert found[1, figure, "calendar"]["verdict"] == "equal"
        assert found[1, figure, "business"]["reason_code"] == "schedule_mode"
    assert found[1, "requester_wait", "business"]["verdict"] == "equal"


def test_minutes_are_cut_at_each_change_of_the_status(records: Records) -> None:
    life = Life(1, "2024-05-06T10:00:59Z", "open")
    for hour in range(11, 17):
        life.change(f"2024-05-06T{hour}:00:00Z", status="pending")
        life.change(f"2024-05-06T{hour}:30:50Z", status="open")
    life.change("2024-05-06T17:00:00Z", status="solved")
    told: Told = {
        "first_resolution": (420, 0),
        "full_resolution": (420, 0),
        "agent_wait": (180, 0),
        "requester_wait": (240, 0),
    }
    found = records.compare(life.tells(told, "2024-05-06T17:00:00Z"))
    assert found[1, "requester_wait", "calendar"]["warehouse_seconds"] == 240 * 60 - 59 - 6 * 50
    assert found[1, "requester_wait", "calendar"]["reason_code"] == "cut_minutes"
    assert found[1, "agent_wait", "calendar"]["warehouse_seconds"] == 180 * 60 + 6 * 50
    assert found[1, "agent_wait", "calendar"]["reason_code"] == "cut_minutes"


def test_an_agent_who_takes_a_ticket_up_again_is_another_station(records: Records) -> None:
    life = Life(1, "2024-05-06T10:00:00Z", "open", assignee_id=str(AGENT))
    life.change("2024-05-06T11:00:00Z", assignee_id=None)
    life.change("2024-05-06T12:00:00Z", assignee_id=str(AGENT))
    fields = {"assignee_updated_at": "2024-05-06T12:00:00Z"}
    found = records.compare(life.tells({}, "2024-05-06T10:00:00Z", assignee_stations=2, **fields))
    assert found[1, "assignee_stations", "none"]["reason_code"] == "taken_up_again"
    found = records.compare(life.tells({}, "2024-05-06T10:00:00Z", assignee_stations=3, **fields))
    assert found[1, "assignee_stations", "none"]["verdict"] == "unexplained"


def test_a_row_from_before_the_deletion_is_explained_by_it(records: Records) -> None:
    life = Life(1, "2024-05-06T10:00:00Z", "new")
    life.change("2024-05-06T11:00:00Z", status="open")
    life.change("2024-05-06T15:00:00Z", status="deleted")
    found = records.compare(life.tells({"requester_wait": (60, 0)}, "2024-05-06T11:00:00Z"))
    assert found[1, "requester_wait", "calendar"]["warehouse_minutes"] == 300
    assert found[1, "requester_wait", "calendar"]["reason_code"] == "deleted"


def test_time_it_lay_solved_is_told_apart(records: Records) -> None:
    life = Life(1, "2024-05-06T10:00:00Z", "open")
    life.change("2024-05-06T11:00:00Z", status="solved")
    life.change("2024-05-06T14:00:00Z", status="open")
    life.change("2024-05-06T16:00:00Z", status="solved")
    told: Told = {"first_resolution": (60, 0), "full_resolution": (360, 0), "requester_wait": (180, 0)}
    found = records.compare(life.tells(told, "2024-05-06T16:00:00Z", reopens=1))
    assert found[1, "requester_wait", "calendar"]["verdict"] == "equal"
    assert found[1, "full_resolution", "calendar"]["verdict"] == "equal"
    found = records.compare(life.tells(told | {"requester_wait": (360, 0)}, "2024-05-06T16:00:00Z", reopens=1))
    assert found[1, "requester_wait", "calendar"]["reason_code"] == "solved_gap"
    found = records.compare(life.tells(told | {"requester_wait": (300, 0)}, "2024-05-06T16:00:00Z", reopens=1))
    assert found[1, "requester_wait", "calendar"]["verdict"] == "unexplained"
