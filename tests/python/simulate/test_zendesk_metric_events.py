"""Metric events of simulated Zendesk tickets agree with the audits and with the SLA policies."""

from collections import Counter, defaultdict
from datetime import datetime
from itertools import pairwise

import pytest

from orchestration.simulate.opening_hours import OpeningHours
from orchestration.simulate.zendesk_sla import Policy, Target
from orchestration.simulate.zendesk_stopwatch import Stopwatch
from tests.python.simulate.test_zendesk_history import DONE, ENDS, agent_replies
from tests.python.simulate.zendesk_extract import changes, comments

RUNS_IN = {
    "requester_wait_time": ("new", "open", "hold"),
    "agent_work_time": ("new", "open"),
    "resolution_time": ("new", "open", "pending", "hold"),
}
LIFE = ("activate", "pause", "fulfill")
ALWAYS = "4567312249871"


def seconds(text):
    return int(datetime.fromisoformat(text).timestamp())


def life(events):
    return [(event["time"], event["type"]) for event in events if event["type"] in LIFE]


def expected_life(spells, runs_in):
    """What a clock must log that runs in some statuses, pauses in others and ends with a solve."""
    expected, state = [], "over"
    for at, status in spells:
        if status in runs_in:
            wanted, told = "running", "activate"
        elif status in DONE:
            wanted, told = "over", "fulfill"
        else:
            wanted, told = "paused", "pause"
        if wanted != state and not (wanted == "paused" and state == "over"):
            expected.append((at, told))
            state = wanted
    return expected


def test_waits_run_pause_and_end_as_the_status_does(zendesk):
    kinds = Counter()
    for number in zendesk.whole_tickets:
        spells = changes(zendesk.audits[number], "status")
        for metric, runs_in in RUNS_IN.items():
            told = life(zendesk.metric_events.get((number, metric), []))
            assert told == expected_life(spells, runs_in), (number, metric)
            kinds.update((metric, kind) for _, kind in told)
    assert all(kinds[metric, kind] for metric in list(RUNS_IN)[:2] for kind in LIFE)


def test_a_new_instance_begins_only_after_the_end_of_the_one_before(zendesk):
    for events in zendesk.metric_events.values():
        by_instance = defaultdict(list)
        for event in events:
            if event["type"] != "measure":
                by_instance[event["instance_id"]].append(event)
        assert sorted(by_instance) == list(range(1, len(by_instance) + 1))
        for own in by_instance.values():
            assert own[0]["type"] == "activate"
            ends = [event for event in own if event["type"] == "fulfill"]
            assert len(ends) <= 1
        for one, other in pairwise(sorted(by_instance)):
            end = next(event for event in by_instance[one] if event["type"] == "fulfill")
            assert end["time"] <= by_instance[other][0]["time"]


def test_the_first_reply_is_the_first_public_word_of_an_agent_or_the_solve(zendesk):
    by_reply = by_solve = 0
    for number, ticket in zendesk.whole_tickets.items():
        events = [e for e in zendesk.metric_events.get((number, "reply_time"), []) if e["instance_id"] == 1]
        if not events or events[0]["time"] != ticket["created_at"]:
            continue
        audits = zendesk.audits[number]
        reply = min((audit["created_at"] for audit in agent_replies(zendesk, audits)), default="never")
        solve = min((at for at, status in changes(audits, "status") if status in DONE), default="never")
        end = min(reply, solve)
        assert [at for at, kind in life(events) if kind == "fulfill"] == ([] if end == "never" else [end])
        by_reply += end == reply != "never"
        by_solve += end == solve != reply
    assert by_reply > 1_000
    assert by_solve > 50


def test_later_replies_are_waited_for_from_a_public_word_of_the_customer(zendesk):
    seen = 0
    for number in zendesk.whole_tickets:
        asked = {
            audit["created_at"]
            for audit, event in comments(zendesk.audits[number])
            if event["public"] and audit["author_id"] == zendesk.tickets[number]["requester_id"]
        }
        for event in zendesk.metric_events.get((number, "reply_time"), []):
            if event["type"] == "activate" and event["instance_id"] > 1:
                assert event["time"] in asked
                seen += 1
    assert seen > 500


def test_minutes_are_told_whenever_a_clock_stops_and_are_those_in_which_it_ran(zendesk):
    told = 0
    for events in zendesk.metric_events.values():
        for stop, after in pairwise(events):
            if stop["type"] in ("pause", "fulfill"):
                assert (after["type"], after["time"]) == ("update_status", stop["time"])
                assert after["status"]["calendar"] == _calendar_minutes(events, stop)
                assert 0 <= after["status"]["business"] <= after["status"]["calendar"]
                told += 1
    assert told == sum(
        event["type"] == "update_status" for e in zendesk.metric_events.values() for event in e
    )


def _calendar_minutes(events, until):
    """Minutes in which the instance of an event ran up to that event."""
    total, since = 0, None
    for event in events:
        if event["instance_id"] != until["instance_id"] or event["id"] > until["id"]:
            continue
        if event["type"] == "activate":
            since = seconds(event["time"]) // 60
        elif event["type"] in ("pause", "fulfill") and since is not None:
            total += seconds(event["time"]) // 60 - since
            since = None
    return total


def test_round_the_clock_business_minutes_are_calendar_minutes(zendesk):
    checked = 0
    for number, audits in zendesk.audits.items():
        assigned = [
            event["new_schedule_id"]
            for audit in audits
            for event in audit["events"]
            if event["type"] == "ScheduleAssignment"
        ]
        if assigned != [ALWAYS] or audits[0]["events"][-1]["type"] != "ScheduleAssignment":
            continue
        for metric in (*RUNS_IN, "reply_time"):
            for event in zendesk.metric_events.get((number, metric), []):
                if event["type"] == "update_status":
                    assert event["status"]["business"] == event["status"]["calendar"]
                    checked += 1
    assert checked > 100


def test_calendar_targets_are_breached_exactly_when_the_clock_ran_longer(zendesk):
    kinds = Counter()
    for events in zendesk.metric_events.values():
        for instance in {event["instance_id"] for event in events} - {0}:
            own = [event for event in events if event["instance_id"] == instance]
            targets = [event["sla"] for event in own if event["type"] == "apply_sla"]
            if len(targets) != 1 or targets[0]["business_hours"]:
                continue
            ran, since, due = 0, None, None
            for event in [*own, {"type": "end", "time": ENDS}]:
                at = seconds(event["time"])
                if event["type"] == "activate":
                    since = at
                elif event["type"] in ("pause", "fulfill", "end") and since is not None:
                    left = targets[0]["target_in_seconds"] - ran
                    if due is None and left < at - since:
                        due = since + left
                    ran += at - since
                    since = None
            breaches = [seconds(event["time"]) for event in own if event["type"] == "breach"]
            assert breaches == ([] if due is None else [due])
            kinds[due is None] += 1
    assert min(kinds[True], kinds[False]) > 30


def test_targets_are_those_of_the_policy_as_it_was_and_of_the_priority_then(zendesk):
    versions = sorted(zendesk.distinct("sla_policies"), key=lambda policy: policy["updated_at"])
    assert len(versions) == 3
    names = {"resolution_time": "total_resolution_time"}
    seen = set()
    for (number, metric), events in zendesk.metric_events.items():
        priorities = changes(zendesk.audits[number], "priority")
        for event in events:
            if event["type"] != "apply_sla":
                continue
            priority = [value for at, value in priorities if at <= event["time"]][-1]
            policy = [
                version
                for version in versions
                if version["id"] == event["sla"]["policy"]["id"] and version["updated_at"] <= event["time"]
            ][-1]
            reply = "first_reply_time" if event["instance_id"] == 1 else "next_reply_time"
            name = reply if metric == "reply_time" else names.get(metric, metric)
            promised = [
                one
                for one in policy["policy_metrics"]
                if (one["metric"], one["priority"]) == (name, priority)
            ]
            assert [one["target"] for one in promised] == [event["sla"]["target"]]
            assert promised[0]["business_hours"] is event["sla"]["business_hours"]
            is_important = "important" in zendesk.tickets[number]["tags"]
            assert bool(policy["filter"]["all"]) == is_important
            seen.add((policy["id"], policy["updated_at"], name))
    assert {name for *_, name in seen} == {
        *("first_reply_time", "next_reply_time", "requester_wait_time", "agent_work_time"),
        "total_resolution_time",
    }
    assert {(policy["id"], policy["updated_at"]) for policy in versions} == {entry[:2] for entry in seen}


def test_another_priority_is_another_target_and_only_a_longer_one_takes_a_breach_back(zendesk):
    retargeted = 0
    for events in zendesk.metric_events.values():
        for instance in {event["instance_id"] for event in events} - {0}:
            own = [event for event in events if event["instance_id"] == instance]
            targets = [event for event in own if event["type"] == "apply_sla"]
            retargeted += len(targets) > 1
            for event in own:
                if event["type"] == "breach" and event["deleted"]:
                    later = [target for target in targets if target["time"] >= event["time"]]
                    assert later[-1]["sla"]["target"] > targets[0]["sla"]["target"]
    assert retargeted > 20


ZERO = 1_471_000_020  # a full minute
POLICY = Policy(1, "One", None, ZERO, ZERO)


def stopwatch(*targets, is_business=False):
    """A running stopwatch that was given one target after the other, ten minutes apart."""
    log = []
    watch = Stopwatch(1, "reply_time", log)
    watch.activate(ZERO)
    for number, minutes in enumerate(targets):
        watch.pass_until(ZERO + 600 * number, HOURS)
        watch.aim(Target(minutes, is_business, POLICY), ZERO + 600 * number)
    return watch, log


# Open for the first five minutes, and from minute 15.
HOURS = OpeningHours([(ZERO, ZERO + 300), (ZERO + 900, ZERO + 90_000)])


@pytest.mark.parametrize(
    ("targets", "is_business", "seconds_until_reply", "breaches"),
    [
        ([30], False, 1_800, []),  # in the last second
        ([30], False, 1_801, [(1_800, False)]),
        ([30], True, 2_400, []),  # 300 open seconds, ten minutes closed, 1,500 open ones
        ([30], True, 2_401, [(2_400, False)]),
        ([5], True, 901, [(900, False)]),  # all used up when it closes: missed when it opens again
        ([5, 60], False, 900, [(300, True)]),  # taken back: there is time again
        ([5, 60], False, 3_601, [(300, True), (3_600, False)]),
        ([5, 8], False, 900, [(300, False)]),  # the longer target is missed as well
        ([60, 5], False, 900, [(600, False)]),  # missed at once by the shorter target
    ],
)
def test_a_target_is_missed_to_the_second(targets, is_business, seconds_until_reply, breaches):
    watch, log = stopwatch(*targets, is_business=is_business)
    watch.fulfill(ZERO + seconds_until_reply, HOURS)
    found = [(at - ZERO, event["deleted"]) for at, event in log if event["type"] == "breach"]
    assert found == breaches


def test_without_a_target_nothing_is_missed_and_a_pause_stops_both_clocks():
    watch, log = stopwatch()
    watch.pause(ZERO + 400, HOURS)
    watch.activate(ZERO + 4_000)
    watch.fulfill(ZERO + 4_060, HOURS)
    told = [event["status"] for _, event in log if event["type"] == "update_status"]
    assert told == [{"calendar": 6, "business": 5}, {"calendar": 7, "business": 6}]
