"""Audits of simulated Zendesk tickets lead to the tickets; Zendesk's own metrics follow from the audits."""

from collections import Counter
from datetime import datetime
from itertools import pairwise

import pytest

from orchestration.simulate.opening_hours import OpeningHours
from orchestration.simulate.zendesk_clock import minutes_between
from tests.python.simulate.zendesk_extract import changes, comments

DONE = {"solved", "closed"}
FIELDS = ("status", "custom_status_id", "priority", "type", "assignee_id", "group_id", "tags")
ENDS = "2017-02-18T23:59:59Z"


def minute(text):
    """An instant cut to the minute, as Zendesk subtracts them."""
    return int(datetime.fromisoformat(text).timestamp()) // 60


def agent_replies(zendesk, audits):
    """Public comments of agents that answer: not the description, not a merge."""
    return [
        audit
        for audit, event in comments(audits[1:])
        if event["public"]
        and audit["via"]["channel"] != "rule"
        and audit["via"]["source"]["rel"] != "merge"
        and zendesk.role_at(audit["author_id"], audit["created_at"]) in ("agent", "admin")
    ]


def as_recorded(name, value):
    return int(value) if value is not None and name.endswith("_id") else value


def test_audits_lead_to_the_ticket_as_it_stands(zendesk):
    whole = zendesk.whole_tickets
    assert len(whole) > 1_800
    for number, ticket in whole.items():
        for name in FIELDS:
            history = changes(zendesk.audits[number], name)
            assert as_recorded(name, history[-1][1] if history else None) == (ticket[name] or None), name
        scores = changes(zendesk.audits[number], "satisfaction_score")
        assert ticket["satisfaction_rating"]["score"] == (scores[-1][1] if scores else "unoffered")


def test_every_change_starts_from_what_was_before_and_changes_something(zendesk):
    for audits in zendesk.audits.values():
        state = {"tags": []}
        for audit in audits:
            seen = set()
            for event in audit["events"]:
                if event["type"] == "Change":
                    assert event["previous_value"] == state.get(event["field_name"])
                    assert event["previous_value"] != event["value"]
                if "field_name" in event:
                    assert event["field_name"] not in seen
                    seen.add(event["field_name"])
                    state[event["field_name"]] = event["value"]


def test_the_first_audit_creates_the_ticket_and_describes_it(zendesk):
    for number, audits in zendesk.audits.items():
        first, ticket = audits[0], zendesk.tickets[number]
        assert first["created_at"] == ticket["created_at"]
        assert first["via"] == ticket["via"]
        assert first["author_id"] == ticket["submitter_id"]
        assert len(comments([first])) == 1
        kinds = {"Create", "Comment", "VoiceComment", "ScheduleAssignment"}
        assert {event["type"] for event in first["events"]} <= kinds
        assert not [e for audit in audits[1:] for e in audit["events"] if e["type"] == "Create"]


def test_ids_rise_with_time_and_nothing_comes_after_the_log(zendesk):
    for audits in zendesk.audits.values():
        assert all(one["created_at"] <= other["created_at"] <= ENDS for one, other in pairwise(audits))
        ids = [number for audit in audits for number in (audit["id"], *(e["id"] for e in audit["events"]))]
        assert ids == sorted(set(ids))


def test_the_custom_status_is_always_of_the_status_category(zendesk):
    categories = {str(one["id"]): one["status_category"] for one in zendesk.records("custom_statuses")}
    moved_alone = 0
    for audits in zendesk.audits.values():
        status = custom = None
        for audit in audits:
            now = {e["field_name"]: e["value"] for e in audit["events"] if "field_name" in e}
            moved_alone += "custom_status_id" in now and "status" not in now
            status, custom = now.get("status", status), now.get("custom_status_id", custom)
            if status != "deleted":
                assert categories[custom] == ("solved" if status == "closed" else status)
    assert moved_alone > 20


def test_every_comment_is_in_both_streams_with_the_same_id(zendesk):
    by_id = {}
    for comment in zendesk.records("ticket_comments"):
        by_id.setdefault(comment["id"], []).append(comment)
    for number, audits in zendesk.audits.items():
        for audit, event in comments(audits):
            for comment in by_id[event["id"]]:
                assert (comment["ticket_id"], comment["audit_id"]) == (number, audit["id"])
                assert comment["author_id"] == event["author_id"]
                assert comment["created_at"] == audit["created_at"]
    without_audits = {comment["ticket_id"] for comment in zendesk.records("ticket_comments")} - set(
        zendesk.audits
    )
    assert without_audits, "no archived ticket has comments"


def test_metrics_follow_from_the_audits(zendesk):
    checked = 0
    for metrics in zendesk.records("ticket_metrics"):
        audits = zendesk.audits[metrics["ticket_id"]]
        statuses = [entry for entry in changes(audits, "status") if entry[1] != "deleted"]
        created = minute(audits[0]["created_at"])
        solves = [
            at for (_, old), (at, new) in pairwise([("", ""), *statuses]) if new in DONE and old not in DONE
        ]
        reopens = [1 for (_, old), (_, new) in pairwise(statuses) if old in DONE and new not in DONE]
        replies = agent_replies(zendesk, audits)
        assert metrics["replies"] == len({audit["id"] for audit in replies})
        assert metrics["reopens"] == len(reopens)
        first_reply = minute(replies[0]["created_at"]) - created if replies else None
        assert metrics["reply_time_in_minutes"]["calendar"] == first_reply
        first_solve = minute(solves[0]) - created if solves else None
        assert metrics["first_resolution_time_in_minutes"]["calendar"] == first_solve
        is_done = statuses[-1][1] in DONE
        last_solve = minute(solves[-1]) - created if is_done else None
        assert metrics["full_resolution_time_in_minutes"]["calendar"] == last_solve
        assert metrics["solved_at"] == (solves[-1] if is_done else None)
        stays = [value for _, value in changes(audits, "assignee_id") if value]
        assert metrics["assignee_stations"] == len(stays)
        checked += 1
    assert checked > 1_800


def test_waits_count_what_is_over_and_are_null_before_that(zendesk):
    statuses_of = {
        "requester_wait": ("new", "open", "hold"),
        "agent_wait": ("pending",),
        "on_hold": ("hold",),
    }
    found = Counter()
    for metrics in zendesk.records("ticket_metrics"):
        spells = changes(zendesk.audits[metrics["ticket_id"]], "status")
        for name, statuses in statuses_of.items():
            over = [minute(end) - minute(at) for (at, s), (end, _) in pairwise(spells) if s in statuses]
            expected = sum(over) if over or name == "on_hold" else None
            told = metrics[f"{name}_time_in_minutes"]
            assert told["calendar"] == expected, name
            assert (told["business"] is None) == (expected is None)
            assert (told["business"] or 0) <= (expected or 0)
            found[name, expected is None] += 1
    assert found["requester_wait", True]
    assert found["agent_wait", True]
    assert found["agent_wait", False]


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("10:57:49", "11:29:29", (32, 0)),  # seconds are cut off first: real ticket 159
        ("16:15:47", "16:19:27", (4, 0)),  # real ticket 160: 3 min 40 s
        ("11:59:59", "12:00:00", (1, 0)),
        ("11:50:30", "12:10:10", (20, 10)),
        ("12:59:30", "13:05:00", (6, 1)),
    ],
)
def test_zendesks_minutes(start, end, minutes):
    def seconds(clock):
        return int(datetime.fromisoformat(f"2024-08-19T{clock}+00:00").timestamp())

    open_at_noon = OpeningHours([(seconds("12:00:00"), seconds("13:00:00"))])
    assert tuple(minutes_between(open_at_noon, seconds(start), seconds(end))) == minutes


def test_people_write_as_what_they_are_at_that_time(zendesk):
    tickets = zendesk.tickets
    left = 0
    for number, audits in zendesk.audits.items():
        for audit, event in comments(audits):
            author = event["author_id"]
            if isinstance(author, str) or audit["via"]["channel"] == "side_conversation" or author == -1:
                continue
            role = zendesk.role_at(author, audit["created_at"])
            is_agent = 361_000_000_000 < author < 362_000_000_000
            assert role in (("agent", "admin") if is_agent else ("end-user", None))
            assert role is not None or author == tickets[number]["requester_id"]
            left += is_agent and zendesk.role_at(author, ENDS) == "end-user"
    assert left > 10, "nobody who wrote has left"
