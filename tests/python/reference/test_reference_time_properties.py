"""Rules that hold for whatever schedules, schedule changes and messages are made up."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.python.models.time_zones import to_local, transitions
from tests.reference.business_hours import business_seconds
from tests.reference.business_times import business_times, spell_business_seconds
from tests.reference.lifecycle import ticket_facts, ticket_spells
from tests.reference.records import SOLVED, instant
from tests.reference.replies import reply_facts
from tests.reference.schedules import OpeningHours
from tests.reference.strategies import worlds
from tests.reference.waits import reply_waits
from tests.reference.worlds import random_world

MODES = ("business_seconds", "business_seconds_at_event", "business_seconds_at_creation")

untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@untimed
@given(worlds(max_tickets=1), st.lists(st.integers(0, 400 * 3600 * 10), min_size=3, max_size=3).map(sorted))
def test_open_seconds_of_parts_add_up(world, tenths):
    first, middle, last = (world.as_of + timedelta(hours=-300, milliseconds=100 * each) for each in tenths)
    for schedule in (*world.opening_hours().schedules.values(), None):
        parts = business_seconds(schedule, first, middle), business_seconds(schedule, middle, last)
        whole = business_seconds(schedule, first, last)
        assert sum(parts) == whole <= business_seconds(None, first, last)
        assert min(parts) >= 0


def is_open(world, schedule_id, moment) -> bool:
    """Asked of the clock on the wall: right wherever clocks do not change."""
    for row in world.schedules:
        local = to_local(moment, row["time_zone"])
        day, clock = local.date().isoformat(), f"{local:%H:%M}"
        before = (local - timedelta(days=1)).date()
        is_overnight = row["closes"] <= row["opens"]
        starts_today = clock >= row["opens"] and (is_overnight or clock < row["closes"])
        started_before = is_overnight and clock < row["closes"]
        is_closed = any(
            each["schedule_id"] == schedule_id and each["starts_on"] <= day <= each["ends_on"]
            for each in world.holidays
        )
        if row["schedule_id"] != schedule_id or is_closed:
            continue
        for starts_on, applies in ((local.date(), starts_today), (before, started_before)):
            is_valid = row.get("valid_from", "") <= starts_on.isoformat() <= row.get("valid_to", "9999")
            if applies and is_valid and starts_on.isoweekday() == row["weekday"]:
                return True
    return False


def replaces_a_row(world) -> bool:
    keys = [
        (row["schedule_id"], row.get("valid_from"), row["weekday"], row["opens"]) for row in world.schedules
    ]
    return len(keys) > len(set(keys))


def quiet_days(world) -> list[datetime]:
    """Days of the world that are days off from any change of clocks of its schedules."""
    zones = {row["time_zone"] for row in world.schedules}
    changes = [at for zone in zones for at in transitions(zone)]
    days = [world.as_of + timedelta(days=number) for number in range(-3, 3)]
    return [day for day in days if not any(abs(at - day) < timedelta(days=3) for at in changes)]


def test_open_minutes_are_those_at_which_the_wall_clock_says_so():
    seen = Counter()
    for seed in range(40):
        world = random_world(Random(f"wall clock {seed}"), 0)
        for schedule_id, schedule in world.opening_hours().schedules.items():
            for day in [] if replaces_a_row(world) else quiet_days(world):
                minutes = [day + timedelta(minutes=number) for number in range(0, 1440, 7)]
                found = [business_seconds(schedule, each, each + timedelta(minutes=1)) for each in minutes]
                assert found == [60 * is_open(world, schedule_id, each) for each in minutes]
                seen.update(found)
    assert set(seen) == {0, 60}
    assert min(seen.values()) > 5000


@untimed
@given(worlds())
def test_business_times_add_up_and_are_never_longer_than_the_calendar(world):
    hours = world.opening_hours()
    for ticket, events, messages in world.histories():
        facts = ticket_facts(ticket, events, world.as_of)
        replies = reply_facts(ticket, events, messages, world.as_of)
        if facts is None:
            continue
        times = business_times(ticket, events, replies.first_replied_at, hours, world.as_of)
        calendar = {**vars(facts), **vars(replies)}
        for name, seconds in times.items():
            told = calendar[name.partition("_business_")[0] + "_seconds"]
            assert (seconds is None) == (told is None)
            assert seconds is None or 0 <= seconds <= told
        for mode in MODES:
            _assert_sums({name: times[f"{name}_{mode}"] for name in _names(times, mode)})


def _names(times, mode) -> list[str]:
    return [name.removesuffix(f"_{mode}") for name in times if name.endswith(f"_{mode}")]


def _assert_sums(times):
    if times["new"] is None:
        return
    unsolved = times["requester_wait"] + times["agent_wait"]
    assert times["agent_work"] == times["new"] + times["open"]
    assert unsolved == times["agent_work"] + times["hold"] + times["pending"]
    if times["full_resolution"] is not None:
        assert times["full_resolution"] == unsolved + times["solved_gap"] + times["deleted_gap"]
        both = times["resolution_ex_pending_and_hold"]
        assert times["resolution_ex_pending"] - both == times["hold"]
        assert times["resolution_ex_hold"] - both == times["pending"]


@untimed
@given(worlds())
def test_without_schedules_both_clocks_are_one_and_under_one_the_modes_are(world):
    only = OpeningHours({"any": next(iter(world.opening_hours().schedules.values()))}, "any")
    for ticket, events, messages in world.histories():
        facts, replies = (
            ticket_facts(ticket, events, world.as_of),
            reply_facts(ticket, events, messages, world.as_of),
        )
        if facts is None:
            continue
        replied_at = replies.first_replied_at
        for name, seconds in business_times(ticket, events, replied_at, OpeningHours(), world.as_of).items():
            assert seconds == {**vars(facts), **vars(replies)}[name.partition("_business_")[0] + "_seconds"]
        times = business_times(ticket, events, replied_at, only, world.as_of)
        for name in _names(times, MODES[0]):
            assert len({times[f"{name}_{mode}"] for mode in MODES}) == 1


@untimed
@given(worlds())
def test_spells_up_to_the_last_solve_take_the_business_seconds_of_the_statuses(world):
    hours = world.opening_hours()
    for ticket, events, _ in world.histories():
        facts = ticket_facts(ticket, events, world.as_of)
        if facts is None or facts.new_seconds is None or facts.merged_into_id:
            continue
        spells = ticket_spells(ticket, events, world.as_of)
        seconds = spell_business_seconds(ticket, events, hours, world.as_of)
        spent = sum(
            each
            for spell, each in zip(spells, seconds, strict=True)
            if spell.status not in SOLVED and (facts.solved_at is None or spell.started_at < facts.solved_at)
        )
        times = business_times(ticket, events, None, hours, world.as_of)
        assert spent == times["requester_wait_business_seconds"] + times["agent_wait_business_seconds"]


@untimed
@given(worlds())
def test_waits_follow_each_other_and_none_outlasts_its_reply(world):
    for ticket, events, messages in world.histories():
        facts = reply_facts(ticket, events, messages, world.as_of)
        found = reply_waits(ticket, events, messages, world.opening_hours(), world.as_of)
        for before, after in pairwise(found):
            assert before.ended_at is not None
            assert before.asked_at <= before.ended_at <= after.asked_at
        for wait in found:
            assert (wait.ended_at is None) == (wait.state == "waiting")
            assert 0 <= wait.business_seconds <= wait.seconds
            assert instant(ticket["created_at"]) <= wait.asked_at <= (wait.ended_at or world.as_of)
        replied = [wait.ended_at for wait in found if wait.state == "replied"]
        assert len(replied) <= (facts.agent_reply_count if facts else 0)
        assert not replied or facts.first_replied_at <= replied[0]


@untimed
@given(worlds(), st.randoms(use_true_random=False))
def test_repeats_and_disorder_of_messages_change_nothing(world, random):
    hours = world.opening_hours()
    for ticket, events, messages in world.histories():
        final = list({message["message_id"]: message for message in messages}.values())
        again = [*final, *random.choices(final, k=2)] if final else []
        random.shuffle(again)
        for told in (reply_facts, lambda *records: reply_waits(*records[:3], hours, records[3])):
            assert told(ticket, events, again, world.as_of) == told(ticket, events, messages, world.as_of)


@untimed
@given(worlds())
def test_the_past_reads_the_same_from_later(world):
    hours = world.opening_hours()
    for ticket, events, messages in world.histories():
        then = reply_waits(ticket, events, messages, hours, world.as_of)
        ended = [wait for wait in then if wait.ended_at]
        later = world.as_of + timedelta(days=30)
        if ended and not ticket.get("merged_into_id"):
            assert reply_waits(ticket, events, messages, hours, later)[: len(ended)] == ended
