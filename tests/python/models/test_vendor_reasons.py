"""A reason for a difference from Zendesk's metrics holds only where it makes the difference go away."""

from typing import Any

import pytest

from tests.python.models.zendesk_lives import AGENT, NOUMEA, Life, Records, Told

ALWAYS: dict[str, Any] = {
    "id": 9,
    "name": "Always",
    "time_zone": "UTC",
    "created_at": "2023-03-25T10:23:34Z",
    "updated_at": "2023-03-25T10:23:34Z",
    "intervals": [{"start_time": 0, "end_time": 10080}],
}


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
    flip = {"type": "CommentPrivacyChange", "comment_id": hidden, "public": False}
    life.audit("2024-05-08T09:00:00Z", AGENT, flip)
    note = {"type": "Comment", "public": False, "author_id": AGENT}
    life.audit("2024-05-07T00:40:00Z", AGENT, note)
    latest = {"latest_comment_added_at": "2024-05-07T02:00:00Z"}
    found = records.compare(life.tells({"reply": (80, 80)}, "2024-05-06T23:00:00Z", replies=2, **latest))
    assert found[1, "first_reply", "calendar"]["reason_code"] == "made_private"
    assert found[1, "first_reply", "business"]["reason_code"] == "made_private"
    assert found[1, "replies", "none"]["reason_code"] == "made_private"
    # A note was never a reply.
    found = records.compare(life.tells({"reply": (100, 100)}, "2024-05-06T23:00:00Z", replies=3, **latest))
    assert found[1, "first_reply", "calendar"]["verdict"] == "unexplained"
    assert found[1, "replies", "none"]["verdict"] == "unexplained"


def test_single_times_are_under_the_schedule_at_their_end_and_waits_in_turn(records: Records) -> None:
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
    end = "2024-05-06T16:00:00Z"
    life.change(end, status="solved")
    told: Told = {"first_resolution": (60, 0), "full_resolution": (360, 0), "requester_wait": (180, 0)}
    found = records.compare(life.tells(told, end, reopens=1))
    assert found[1, "requester_wait", "calendar"]["verdict"] == "equal"
    assert found[1, "full_resolution", "calendar"]["verdict"] == "equal"
    found = records.compare(life.tells(told | {"requester_wait": (360, 0)}, end, reopens=1))
    assert found[1, "requester_wait", "calendar"]["reason_code"] == "solved_gap"
    found = records.compare(life.tells(told | {"requester_wait": (300, 0)}, end, reopens=1))
    assert found[1, "requester_wait", "calendar"]["verdict"] == "unexplained"


def test_an_agent_s_description_is_no_reply_here(records: Records) -> None:
    life = Life(1, "2024-05-06T23:00:00Z", "open", submitter_id=AGENT)
    life.reply("2024-05-07T01:00:00Z")
    latest = {"latest_comment_added_at": "2024-05-07T01:00:00Z"}
    found = records.compare(life.tells({"reply": (120, 120)}, "2024-05-06T23:00:00Z", **latest))
    assert found[1, "first_reply", "business"]["verdict"] == "equal"
    found = records.compare(life.tells({"reply": (0, 0)}, "2024-05-06T23:00:00Z", **latest))
    assert found[1, "first_reply", "calendar"]["reason_code"] == "agent_created_ticket"
    assert found[1, "first_reply", "business"]["reason_code"] == "agent_created_ticket"


def test_a_rule_s_comment_is_no_reply_here(records: Records) -> None:
    life = Life(1, "2024-05-06T23:00:00Z", "open")
    rule = {"channel": "rule", "source": {"rel": "trigger"}}
    comment = {"type": "Comment", "public": True, "author_id": AGENT, "via": rule}
    life.audit("2024-05-06T23:10:00Z", AGENT, comment)
    latest = {"latest_comment_added_at": "2024-05-06T23:10:00Z"}
    found = records.compare(life.tells({"reply": (10, 10)}, "2024-05-06T23:00:00Z", **latest))
    assert found[1, "first_reply", "calendar"]["reason_code"] == "not_counting_reply"
    found = records.compare(life.tells({"reply": (20, 20)}, "2024-05-06T23:00:00Z", **latest))
    assert found[1, "first_reply", "calendar"]["verdict"] == "unexplained"


@pytest.mark.parametrize(("told", "reason"), [(1, None), (2, "unexplained"), (3, "same_session")])
def test_replies_of_a_chat_session_are_one_here(records: Records, told: int, reason: str | None) -> None:
    life = Life(1, "2024-05-06T10:00:00Z", "open", via={"channel": "chat"})
    for second in (10, 20, 30):
        said = {"type": "Comment", "public": True, "author_id": AGENT, "via": {"channel": "chat"}}
        life.audit(f"2024-05-06T10:01:{second}Z", AGENT, said)
    latest = {"latest_comment_added_at": "2024-05-06T10:01:30Z"}
    found = records.compare(life.tells({"reply": (1, 0)}, "2024-05-06T10:00:00Z", replies=told, **latest))
    row = found[1, "replies", "none"]
    assert row["warehouse_count"] == 1
    assert (row["reason_code"] or (row["verdict"] if told == 2 else None)) == reason


def test_a_ticket_without_audits_has_no_times_to_compare(records: Records) -> None:
    life = Life(1, "2024-05-06T10:00:00Z", "solved")
    life.audits.clear()
    found = records.compare(life.tells({"first_resolution": (60, 0)}, "2024-05-06T11:00:00Z"))
    assert found[1, "first_resolution", "calendar"]["reason_code"] == "history_incomplete"


@pytest.mark.parametrize(("told", "verdict"), [(29, "equal"), (30, "equal"), (31, "unexplained")])
def test_times_within_a_minute_are_equal(records: Records, told: int, verdict: str) -> None:
    life = Life(1, "2024-05-06T10:00:59Z", "open")
    life.change("2024-05-06T10:30:00Z", status="solved")
    found = records.compare(life.tells({"full_resolution": (told, 0)}, "2024-05-06T10:30:00Z"))
    assert found[1, "full_resolution", "calendar"]["warehouse_seconds"] == 29 * 60 + 1
    assert found[1, "full_resolution", "calendar"]["verdict"] == verdict


def test_a_row_from_before_a_reopen_is_older_than_the_history(records: Records) -> None:
    life = Life(1, "2024-05-06T23:00:00Z", "open")
    life.change("2024-05-07T01:00:00Z", status="solved")
    life.change("2024-05-07T03:00:00Z", status="open")
    life.change("2024-05-07T05:00:00Z", status="pending")
    told: Told = dict.fromkeys(("first_resolution", "full_resolution", "requester_wait"), (120, 120))
    found = records.compare(life.tells(told, "2024-05-07T01:00:00Z"))
    for clock in ("calendar", "business"):
        assert found[1, "first_resolution", clock]["verdict"] == "equal"
        assert found[1, "full_resolution", clock]["reason_code"] == "older_than_history"
        assert found[1, "requester_wait", clock]["reason_code"] == "older_than_history"
    # A change of the status that is in no audit: the wait is told up to it all the same.
    told = {"first_resolution": (120, 120), "requester_wait": (180, 180)}
    found = records.compare(life.tells(told, "2024-05-07T04:00:00Z", reopens=1))
    assert found[1, "requester_wait", "calendar"]["reason_code"] == "older_than_history"
