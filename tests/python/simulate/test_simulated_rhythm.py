"""Arrivals follow the customers' clocks; agents answer in their own hours; opening hours are exact."""

from collections import Counter
from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from orchestration.simulate.chance import Chance
from orchestration.simulate.opening_hours import NEVER, Holiday, Opening, opening_hours
from orchestration.simulate.rhythm import arrivals
from orchestration.simulate.tickets import tickets
from orchestration.simulate.world import make_world

FIRST, LAST = date(2016, 2, 20), date(2017, 2, 18)


def at(text):
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def riga(weekday, opens, closes):
    return Opening("riga", "Riga", "Europe/Riga", weekday, opens, closes)


def test_arrivals_are_exact_in_number_ordered_and_within_the_days():
    found = [arrival.instant for arrival in arrivals(FIRST, LAST, 5_000, [], Chance(3))]
    assert len(found) == 5_000
    assert all(earlier <= later for earlier, later in pairwise(found))
    assert at("2016-02-20T00:00:00") <= found[0]
    assert found[-1] <= at("2017-02-18T23:59:59")


def test_arrivals_have_a_daily_and_weekly_rhythm_growth_and_storms():
    found = list(arrivals(FIRST, LAST, 20_000, [], Chance(3)))
    riga_hours = Counter((a.instant // 3_600 + 2) % 24 for a in found if a.region.name == "europe")
    assert sum(riga_hours[hour] for hour in range(9, 17)) > 6 * sum(riga_hours[hour] for hour in range(8))
    weekdays = Counter(datetime.fromtimestamp(a.instant, UTC).isoweekday() for a in found)
    assert weekdays[1] > weekdays[4] > 2 * weekdays[7]
    calm = [a.instant for a in found if not a.is_storm]
    middle = at("2016-08-20T00:00:00")
    assert sum(instant >= middle for instant in calm) > 1.05 * sum(instant < middle for instant in calm)
    days = Counter(a.instant // 86_400 for a in found)
    storms = {a.instant // 86_400 for a in found if a.is_storm}
    assert 3 <= len(storms) <= 5
    assert max(days, key=days.__getitem__) in storms


def test_agents_write_within_the_opening_hours_of_their_desk():
    world = make_world(FIRST, LAST, 3_000, Chance(5))
    desks = {one.agent_id: one for group in world.population.agents.values() for one in group}
    checked = 0
    for ticket in tickets(world, 3_000, Chance(6)):
        for message in ticket.messages:
            # Descriptions are written as contacts come in, chats are finished once begun.
            if message.author.kind == "agent" and not message.is_description and not message.session_id:
                agent = desks[message.author.actor_id]
                assert world.hours[agent.schedule_id].is_open(message.sent_at)
                assert agent.works_from <= message.sent_at < agent.works_until
                checked += 1
    assert checked > 3_000


@pytest.mark.parametrize(
    ("start", "seconds", "expected"),
    [
        ("2016-11-17T07:00:00", 0, "2016-11-17T07:00:00"),  # open: now
        ("2016-11-17T05:00:00", 60, "2016-11-17T07:01:00"),  # before opening: counts from it
        ("2016-11-17T10:00:00", 7_200, "2016-11-17T12:15:00"),  # across the lunch of a split day
        ("2016-11-17T15:00:00", 0, "2016-11-21T07:00:00"),  # closing instant is closed; then holiday, weekend
    ],
)
def test_open_seconds_pass_only_in_opening_hours(start, seconds, expected):
    split = [riga(day, *hours) for day in range(1, 6) for hours in (("09:00", "13:00"), ("13:15", "17:00"))]
    holiday = Holiday("riga", date(2016, 11, 18), date(2016, 11, 18), "Proclamation Day")
    hours = opening_hours(split, [holiday], date(2016, 11, 14), date(2016, 11, 25))
    assert hours.after(at(start), seconds) == at(expected)


def test_a_desk_across_midnight_loses_only_its_holiday():
    holiday = Holiday("riga", date(2016, 11, 18), date(2016, 11, 18), "Proclamation Day")
    night = [riga(day, "22:00", "06:00") for day in range(1, 8)]
    hours = opening_hours(night, [holiday], date(2016, 11, 16), date(2016, 11, 20))
    assert hours.is_open(at("2016-11-17T21:59:59"))
    assert not hours.is_open(at("2016-11-17T22:00:00"))  # midnight in Riga: the holiday begins
    assert hours.after(at("2016-11-17T22:00:00"), 0) == at("2016-11-18T22:00:00")


def test_a_desk_that_is_always_open_has_no_gap_and_knows_its_end():
    always = [Opening("always", "", "America/Chicago", day, "00:00", "24:00") for day in range(1, 8)]
    hours = opening_hours(always, [], date(2016, 3, 12), date(2016, 3, 14))
    start = at("2016-03-12T12:00:00")
    assert hours.after(start, 2 * 86_400) == start + 2 * 86_400  # over the change to daylight saving time
    assert hours.after(start, 30 * 86_400) == NEVER
    assert opening_hours([], [], FIRST, LAST).after(start, 0) == NEVER


def test_edited_hours_hold_from_their_first_day_and_no_longer_than_their_last():
    before = Opening("riga", "Riga", "Europe/Riga", 1, "09:00", "12:00", None, date(2016, 11, 14))
    after = Opening("riga", "Riga", "Europe/Riga", 1, "10:00", "12:00", date(2016, 11, 15), None)
    hours = opening_hours([before, after], [], date(2016, 11, 14), date(2016, 11, 22))
    assert hours.after(at("2016-11-14T00:00:00"), 0) == at("2016-11-14T07:00:00")
    assert hours.after(at("2016-11-15T00:00:00"), 0) == at("2016-11-21T08:00:00")
