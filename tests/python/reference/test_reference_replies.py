"""Cases worked by hand: which messages are replies that count, and the customer's waits for them."""

import pytest

from tests.reference.business_hours import read_schedules
from tests.reference.handmade import at, message, openings, statuses, story, ticket
from tests.reference.history import read_history
from tests.reference.replies import ReplyFacts, read_messages, reply_facts
from tests.reference.schedules import OpeningHours
from tests.reference.waits import reply_waits

HOUR = 3600


def reasons(messages, row=None, events=(), as_of=100) -> list[str | None]:
    row = row or ticket(0, requester_id="R")
    history = read_history(row, events, at(as_of))
    assert history is not None
    return [each.not_counting_reason for each in read_messages(row, messages, history, at(as_of))]


def facts_of(messages, row=None, events=(), as_of=100) -> ReplyFacts:
    facts = reply_facts(row or ticket(0, requester_id="R"), events, messages, at(as_of))
    assert facts is not None
    return facts


def waits_of(messages, row=None, events=(), as_of=100, hours=None) -> list[tuple]:
    found = reply_waits(row or ticket(0), events, messages, hours or OpeningHours(), at(as_of))
    return [(_hours(wait.asked_at), wait.ended_at and _hours(wait.ended_at), wait.state) for wait in found]


def _hours(instant) -> float:
    return (instant - at(0)).total_seconds() / HOUR


# Everything speaks against this message; taking away one thing after another shows the next reason.
AGAINST = [
    ("description", {"is_description": True}),
    ("merge_notice", {"is_merge_notice": True}),
    ("side_conversation", {"is_side_conversation": "true"}),
    ("private", {"is_public": "false"}),
    ("automated", {"is_automated": True}),
]


@pytest.mark.parametrize("first", range(len(AGAINST)))
@pytest.mark.parametrize("author_type", ["agent", "customer", "bot", "system"])
def test_the_first_reason_of_several_is_told(first, author_type):
    fields = {name: value for _, told in AGAINST[first:] for name, value in told.items()}
    assert reasons([message(9, author_type, author_id="R", **fields)]) == [AGAINST[first][0]]


@pytest.mark.parametrize(
    ("author_type", "author_id", "reason"),
    [("bot", "R", "by_bot"), ("system", "R", "by_system"), ("customer", "A", "by_customer"),
     ("customer", None, "by_customer"), ("agent", "R", "by_customer"), ("agent", "A", None),
     ("agent", None, None)],
)  # fmt: skip
def test_who_wrote_it(author_type, author_id, reason):
    assert reasons([message(9, author_type, author_id=author_id)]) == [reason]
    merged = story((5, "merged_into_id", None, "2"))
    assert reasons([message(9, author_type, author_id=author_id)], events=merged) == [reason or "after_merge"]


def test_nobody_is_the_requester_of_a_ticket_without_one():
    assert reasons([message(9, author_id=None)], ticket(0)) == [None]


def test_missing_flags_say_public_and_not_automated():
    assert reasons([message(9, is_public=None, is_automated=None, is_description="")]) == [None]


def test_replies_at_the_merge_or_later_do_not_count_and_those_before_do():
    events = story((5, "merged_into_id", None, "2"))
    found = reasons([message(4.9), message(5), message(6)], events=events)
    assert found == [None, "after_merge", "after_merge"]
    assert reasons([message(4.9), message(5)], events=events, as_of=4.95) == [None]


def test_one_session_is_one_reply_by_time_then_by_id_as_a_number():
    chat = {"session_id": "S"}
    messages = [
        message(9, message_id="10", **chat),
        message(9, message_id="9", **chat),
        message(8, message_id="11", is_public=False, **chat),
        message(12, message_id="1", session_id="T"),
        message(13, message_id="2"),
        message(14, message_id="3"),
    ]
    # In order: the private one counts for nothing, 9 before 10, another session, none twice.
    assert reasons(messages) == ["private", None, "same_session", None, None, None]
    assert facts_of(messages).agent_reply_count == 4
    told = read_messages(ticket(0), messages, read_history(ticket(0), [], at(100)), at(100))
    assert [each.message_id for each in told] == ["11", "9", "10", "1", "2", "3"]


def test_the_version_that_landed_last_counts():
    assert reasons([message(9, message_id="1"), message(9, message_id="1", is_public=False)]) == ["private"]


def test_messages_after_as_of_do_not_exist():
    messages = [message(9), message(10, "customer"), message(10, message_id="n", is_public=False)]
    facts = facts_of(messages, as_of=9.5)
    counts = (facts.agent_reply_count, facts.customer_message_count, facts.internal_note_count)
    assert counts == (1, 0, 0)
    assert facts_of(messages, as_of=10).customer_message_count == 1
    assert facts_of(messages, as_of=8).first_replied_at is None
    assert reply_facts(ticket(5), [], messages, at(4)) is None


def test_first_reply_is_the_earliest_and_never_before_creation():
    facts = facts_of([message(12), message(7), message(6, is_public=False)], ticket(5))
    assert (facts.first_replied_at, facts.first_response_seconds) == (at(7), 2 * HOUR)
    facts = facts_of([message(3)], ticket(5))
    assert (facts.first_replied_at, facts.first_response_seconds) == (at(5), 0)
    assert facts_of([message(9, "customer")]).first_response_seconds is None


def test_counts_of_messages():
    facts = facts_of([
        message(0, "customer", is_description=True), message(1, "customer"),
        message(2, "customer", is_public=False), message(3, "agent", author_id="R"), message(4, "bot"),
        message(5, "agent", is_public=False), message(6, "agent"), message(7, "system"),
    ])  # fmt: skip
    counts = (facts.agent_reply_count, facts.customer_message_count, facts.internal_note_count)
    assert counts == (1, 3, 1)


def test_without_the_stream_nothing_is_known():
    facts = reply_facts(ticket(0), statuses("open", (5, "solved")), None, at(9))
    assert set(vars(facts).values()) == {None}
    assert reply_waits(ticket(0), [], None, OpeningHours(), at(9)) == []


@pytest.mark.parametrize(("replies", "expected"), [([], True), ([2], True), ([2, 9], False)])
def test_one_touch_is_of_tickets_that_are_solved_now(replies, expected):
    messages = [message(each) for each in replies]
    events = statuses("open", (5, "solved"), (7, "open"))
    assert facts_of(messages, events=events[:1]).is_one_touch is expected
    assert facts_of(messages, events=events).is_one_touch is None
    assert facts_of(messages).is_one_touch is None


def test_the_first_wait_is_from_creation_and_later_ones_from_the_first_message_of_a_turn():
    messages = [
        message(3, "customer"), message(4), message(5), message(6, "customer"), message(7, "customer"),
        message(9), message(10, "customer"),
    ]  # fmt: skip
    assert waits_of(messages, ticket(1)) == [(1, 4, "replied"), (6, 9, "replied"), (10, None, "waiting")]
    proactive = ticket(1, origin="proactive_outbound")
    assert waits_of(messages, proactive)[0] == (3, 4, "replied")
    assert waits_of(messages[1:], proactive)[0] == (6, 9, "replied")
    assert waits_of([], proactive) == []
    assert waits_of([], ticket(1, origin="agent_on_behalf"), as_of=5) == [(1, None, "waiting")]


@pytest.mark.parametrize(
    ("author_type", "fields", "asks"),
    [("customer", {}, True), ("agent", {"author_id": "R"}, True), ("bot", {}, False), ("system", {}, False),
     ("agent", {"is_public": False}, False), ("customer", {"is_public": False}, False),
     ("customer", {"is_automated": True}, False), ("customer", {"is_side_conversation": True}, False),
     ("customer", {"is_merge_notice": True}, False)],
)  # fmt: skip
def test_only_a_public_message_that_the_customer_wrote_asks(author_type, fields, asks):
    messages = [message(1), message(4, author_type, **fields)]
    found = waits_of(messages, ticket(0, requester_id="R"))
    assert found[1:] == ([(4, None, "waiting")] if asks else [])


def test_what_is_no_reply_that_counts_ends_no_wait():
    silent = [message(1, "bot"), message(2, is_public=False), message(3, is_automated=True)]
    assert waits_of(silent) == [(0, None, "waiting")]
    chat = {"session_id": "S"}
    messages = [message(1, **chat), message(2, "customer", **chat), message(3, **chat)]
    assert waits_of(messages) == [(0, 1, "replied"), (2, None, "waiting")]


def test_a_solve_ends_a_wait_and_what_follows_finds_none():
    events = statuses("open", (2, "solved"), (3, "closed"), (6, "open"), (8, "solved"))
    assert waits_of([message(4)], events=events) == [(0, 2, "solved_unreplied")]
    messages = [message(1), message(2.5, "customer"), message(7)]
    assert waits_of(messages, events=events) == [(0, 1, "replied"), (2.5, 7, "replied")]
    assert waits_of(messages[:2], events=events)[1] == (2.5, 8, "solved_unreplied")
    assert waits_of([], events=events, as_of=1.5) == [(0, None, "waiting")]


def test_a_solve_that_nobody_knows_the_time_of_ends_no_wait():
    assert waits_of([], ticket(0, status="solved")) == [(0, None, "waiting")]


def test_deletion_and_merge_drop_a_wait():
    deleted = story((3, "is_deleted", "false", "true"), (5, "is_deleted", "true", "false"))
    assert waits_of([message(6)], events=deleted) == [(0, 3, "dropped")]
    messages = [message(4, "customer"), message(6)]
    assert waits_of(messages, events=deleted) == [(0, 3, "dropped"), (4, 6, "replied")]
    merged = story((3, "merged_into_id", None, "2"))
    assert waits_of([message(3), message(3, "customer"), message(4)], events=merged) == [(0, 3, "dropped")]
    late = [message(2), message(3, "customer"), message(4, "customer", message_id="b")]
    assert waits_of(late, events=merged) == [(0, 2, "replied")]
    assert waits_of([], events=story((0, "merged_into_id", None, "2"))) == [(0, 0, "dropped")]
    assert waits_of([], events=story((0, "is_deleted", "false", "true"))) == [(0, 0, "dropped")]


def test_at_one_instant_the_customer_is_before_the_reply_and_that_before_the_solve():
    events = statuses("open", (5, "solved"))
    messages = [message(2), message(5), message(5, "customer", message_id="a")]
    assert waits_of(messages, events=events) == [(0, 2, "replied"), (5, 5, "replied")]
    assert waits_of(messages[:1] + messages[2:], events=events)[1] == (5, 5, "solved_unreplied")
    assert waits_of(messages[1:], events=events) == [(0, 5, "replied")]


def test_what_was_sent_before_creation_is_taken_at_creation():
    messages = [message(3), message(4, "customer")]
    assert waits_of(messages, ticket(5)) == [(5, 5, "replied")]
    assert waits_of(messages[1:], ticket(5, origin="proactive_outbound")) == [(5, None, "waiting")]


def test_waits_count_both_clocks_to_the_reply_or_as_of():
    hours = OpeningHours(read_schedules(openings("1234567", "09:00", "17:00")), "desk")
    messages = [message(11), message(16, "customer")]
    found = reply_waits(ticket(8), [], messages, hours, at(20))
    assert [(wait.seconds, wait.business_seconds) for wait in found] == [
        (3 * HOUR, 2 * HOUR),
        (4 * HOUR, HOUR),
    ]


def test_what_goes_on_in_an_answered_session_starts_no_wait():
    chat = {"session_id": "S"}
    messages = [
        message(1, "customer", **chat), message(2, **chat), message(3, "customer", **chat),
        message(4, "customer"), message(5, "customer", is_description=True),
    ]  # fmt: skip
    history = read_history(ticket(0), [], at(99))
    told = read_messages(ticket(0), messages, history, at(99))
    assert [each.awaits_reply for each in told] == [True, False, False, True, False]
