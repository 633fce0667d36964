"""Cases worked by hand: schedules over a ticket's life, in the three modes."""

import pytest

from tests.reference.business_hours import read_schedules
from tests.reference.business_times import business_times, spell_business_seconds
from tests.reference.handmade import at, openings, statuses, story, ticket
from tests.reference.lifecycle import ticket_facts
from tests.reference.schedules import OpeningHours

HOUR = 3600
MODES = ("", "_at_event", "_at_creation")
SCHEDULES = read_schedules([
    *openings("1234567", "09:00", "17:00", schedule_id="day"),
    *openings("1234567", "10:00", "14:00", schedule_id="short"),
    *openings("1234567", "20:00", "22:00", schedule_id="late"),
])  # fmt: skip
BY_DAY = OpeningHours(SCHEDULES, "day")


def hours_of(row, events, name, hours=BY_DAY, as_of=100, replied=None) -> list[float | None]:
    times = business_times(row, events, None if replied is None else at(replied), hours, at(as_of))
    assert times is not None
    found = [times[f"{name}_business_seconds{mode}"] for mode in MODES]
    return [None if seconds is None else seconds / HOUR for seconds in found]


def with_ids(*events):
    return [{**event, "event_id": f"{number:03}"} for number, event in enumerate(events)]


def test_three_modes_of_a_ticket_whose_schedule_changes():
    row = ticket(8, schedule_id="short")
    events = with_ids(*story((12, "schedule_id", "day", "short")), *statuses("open", (34, "solved")))
    # Monday 9–12 by day, then 12–14 on Monday short: 3 + 2; short: 4; by day: 8 + 1.
    for name in ("full_resolution", "first_resolution", "open", "agent_work", "requester_wait"):
        assert hours_of(row, events, name) == [5, 4, 9]
    assert hours_of(row, events, "resolution_ex_hold") == [5, 4, 9]
    assert hours_of(row, events, "pending") == [0, 0, 0]
    # A first reply at 11 ends under the first schedule, one at 12 under the second, one at 13 as well.
    assert hours_of(row, events, "first_response", replied=11) == [2, 2, 2]
    assert hours_of(row, events, "first_response", replied=12) == [3, 2, 3]
    assert hours_of(row, events, "first_response", replied=13) == [4, 3, 4]
    assert hours_of(row, events, "first_response") == [None, None, None]


@pytest.mark.parametrize(
    ("row", "events", "default", "hours"),
    [
        ({"schedule_id": "short"}, [], "day", 4),
        ({"schedule_id": None}, [], "day", 8),
        ({"schedule_id": "gone"}, [], "day", 8),
        ({"schedule_id": "gone"}, [], "gone too", 24),
        ({}, [], None, 24),
        # The first event's old value holds before it, whenever it is, and whatever the row says now.
        ({"schedule_id": "late"}, story((500, "schedule_id", "short", "late")), "day", 4),
        ({"schedule_id": "late"}, story((500, "schedule_id", None, "late")), "day", 8),
    ],
)
def test_schedule_at_creation_and_the_default(row, events, default, hours):
    found = hours_of(ticket(0, **row), events, "requester_wait", OpeningHours(SCHEDULES, default), as_of=24)
    assert found == [hours] * 3


def test_change_to_no_schedule_is_one_to_the_default():
    events = story((12, "schedule_id", "late", None))
    assert hours_of(ticket(0), events, "new", as_of=24) == [5, 8, 2]


def test_change_at_creation_or_before_it_holds_from_creation_on():
    for moment in (-5, 0):
        assert hours_of(ticket(0), story((moment, "schedule_id", "late", "day")), "new", as_of=24) == [
            8,
            8,
            8,
        ]


def test_the_last_of_several_changes_at_one_instant_counts():
    events = story((12, "schedule_id", "day", "late"), (12, "schedule_id", "late", "short"))
    assert hours_of(ticket(0), events, "new", as_of=24) == [5, 4, 8]


def test_time_in_statuses_ends_with_the_last_solve():
    events = with_ids(
        *statuses("open", (12, "solved"), (15, "pending"), (16, "solved")),
        *story((14, "schedule_id", "day", "short"), (18, "schedule_id", "short", "late")),
    )
    # open 0–12 by day: 3; solved 12–14 by day and 14–15 short: 2 + 0; pending 15–16 short: 0.
    assert hours_of(ticket(0), events, "open") == [3, 2, 3]
    assert hours_of(ticket(0), events, "solved_gap") == [2, 2, 3]
    assert hours_of(ticket(0), events, "pending") == [0, 0, 1]
    assert hours_of(ticket(0), events, "full_resolution") == [5, 4, 7]
    assert hours_of(ticket(0), events, "resolution_ex_pending") == [5, 4, 6]
    assert hours_of(ticket(0), events, "first_resolution") == [3, 3, 3]
    assert hours_of(ticket(0), events, "agent_wait") == [0, 0, 1]


def test_time_in_statuses_ends_with_a_deletion_else_at_as_of():
    changes = ((12, "is_deleted", "false", "true"), (13, "schedule_id", "day", "late"))
    assert hours_of(ticket(0), story(*changes), "new", as_of=24) == [3, 3, 3]
    undeleted = story(*changes, (21, "is_deleted", "true", "false"))
    assert hours_of(ticket(0), undeleted, "new", as_of=24) == [3 + 1, 1, 3]
    assert hours_of(ticket(0), undeleted, "deleted_gap", as_of=24) == [1 + 1, 1, 5]
    # A change at as_of has happened: measured all under it.
    assert hours_of(ticket(0), story(changes[1]), "new", as_of=13) == [4, 0, 4]
    assert hours_of(ticket(0), story(changes[1]), "new", as_of=12.9) == pytest.approx([3.9] * 3)


def test_a_change_at_the_merge_is_ignored():
    events = story((12, "merged_into_id", None, "2"), (12, "schedule_id", "day", "late"))
    assert hours_of(ticket(0), events, "new") == [3, 3, 3]
    assert hours_of(ticket(0), events, "full_resolution") == [None] * 3


def test_what_is_not_known_in_calendar_time_is_not_in_business_time():
    row = ticket(0, status="solved")
    times = business_times(row, [], None, BY_DAY, at(100))
    assert set(times.values()) == {None}
    assert len(times) == 15 * 3
    assert business_times(row, [], None, BY_DAY, at(-1)) is None
    assert spell_business_seconds(row, [], BY_DAY, at(-1)) == []
    assert spell_business_seconds(row, [], BY_DAY, at(100)) == [None]


def test_spells_count_each_stretch_under_its_schedule():
    events = with_ids(
        *statuses("new", (11, "open"), (15, "solved"), (21, "open")),
        *story((12, "schedule_id", "day", "late")),
    )
    found = spell_business_seconds(ticket(0), events, BY_DAY, at(24))
    assert found == [2 * HOUR, HOUR, HOUR, HOUR]
    assert spell_business_seconds(ticket(0), events, BY_DAY, at(16)) == [2 * HOUR, HOUR, None]


def test_a_change_of_schedule_shows_that_the_log_is_there():
    row = ticket(0, status="open")
    assert ticket_facts(row, [], at(9)).is_history_incomplete
    assert not ticket_facts(row, story((1, "schedule_id", None, "day")), at(9)).is_history_incomplete
