"""Rules that hold for whatever ticket the strategies make up."""

from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reference.histories import random_helpdesk
from tests.reference.lifecycle import backlog_at, ticket_facts, ticket_spells
from tests.reference.records import SOLVED, UNSOLVED, flag, instant
from tests.reference.strategies import AS_OF, helpdesks, instants, ticket_histories

# A busy machine is no failure: nothing here is about how long an example takes.
untimed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@untimed
@given(ticket_histories(), instants())
def test_seconds_add_up(history, as_of):
    facts = ticket_facts(*history, as_of)
    if facts is None or facts.new_seconds is None:
        assert facts is None or (facts.is_history_incomplete and facts.requester_wait_seconds is None)
        return
    unsolved = facts.new_seconds + facts.open_seconds + facts.pending_seconds + facts.hold_seconds
    gaps = facts.solved_gap_seconds + facts.deleted_gap_seconds
    assert facts.requester_wait_seconds + facts.agent_wait_seconds == unsolved
    assert facts.agent_work_seconds == facts.requester_wait_seconds - facts.hold_seconds
    if facts.solved_at:
        assert facts.full_resolution_seconds == unsolved + gaps
        assert 0 <= facts.first_resolution_seconds <= facts.full_resolution_seconds
        both = facts.resolution_ex_pending_and_hold_seconds
        assert both <= facts.resolution_ex_pending_seconds <= facts.full_resolution_seconds
        assert both <= facts.resolution_ex_hold_seconds <= facts.full_resolution_seconds
    elif facts.is_countable and not facts.is_deleted:
        assert unsolved + gaps == (instant(as_of) - facts.created_at).total_seconds()


@untimed
@given(ticket_histories(), instants())
def test_facts_agree_with_each_other(history, as_of):
    facts = ticket_facts(*history, as_of)
    if facts is None:
        return
    solved_and_told = facts.status in SOLVED and not facts.is_history_incomplete
    if not facts.merged_into_id and not facts.is_deleted:
        assert (facts.solved_at is not None) == solved_and_told
    spells = ticket_spells(*history, as_of)
    assert (facts.solve_count is None) == (facts.reopen_count is None) == facts.is_history_incomplete
    solve_count, reopen_count = facts.solve_count or 0, facts.reopen_count or 0
    if facts.deleted_gap_seconds == 0 and all(a.ended_at == b.started_at for a, b in pairwise(spells)):
        assert solve_count - reopen_count == (facts.solved_at is not None)
    assert (facts.first_solved_at is None) == (solve_count == 0)
    assert facts.solved_at is None or facts.first_solved_at <= facts.solved_at <= instant(as_of)
    assert reopen_count <= solve_count
    assert facts.closed_at is None or facts.status == "closed"
    assert facts.agent_count <= facts.assignee_change_count + 1
    assert facts.team_count <= facts.team_change_count + 1
    assert not (facts.is_countable and (facts.is_deleted or facts.is_spam or facts.merged_into_id))


@untimed
@given(ticket_histories(), instants())
def test_spells_are_in_order_maximal_and_end_where_the_ticket_stands(history, as_of):
    spells, facts = ticket_spells(*history, as_of), ticket_facts(*history, as_of)
    for before, after in pairwise(spells):
        assert before.started_at < before.ended_at <= after.started_at
        values = [
            (spell.status, spell.assignee_id, spell.group_id, spell.priority) for spell in (before, after)
        ]
        assert before.ended_at < after.started_at or values[0] != values[1]
    for spell in spells:
        assert (spell.seconds is None) == (spell.ended_at is None and spell.status in SOLVED)
    if spells and not facts.is_deleted:
        assert spells[-1].ended_at is None
        assert spells[-1].status == facts.status
    elif spells:
        assert spells[-1].ended_at <= instant(as_of)


@untimed
@given(ticket_histories(), instants())
def test_the_past_reads_the_same_from_later(history, as_of):
    then = ticket_facts(*history, as_of)
    held = [
        spell
        for spell in ticket_spells(*history, AS_OF.replace(year=2030))
        if spell.started_at <= instant(as_of) and (spell.ended_at is None or instant(as_of) < spell.ended_at)
    ]
    assert [spell.status for spell in held] == ([] if then is None or then.is_deleted else [then.status])


@untimed
@given(ticket_histories(), st.randoms(use_true_random=False))
def test_exact_repeats_and_disorder_change_nothing(history, random):
    ticket, events = history
    final = list({event["event_id"]: event for event in events}.values())
    again = [*final, *random.choices(final, k=3)] if final else []
    random.shuffle(again)
    assert ticket_facts(ticket, again, AS_OF) == ticket_facts(ticket, events, AS_OF)
    assert ticket_spells(ticket, again, AS_OF) == ticket_spells(ticket, events, AS_OF)


def flows(history, start, end):
    """What moved one ticket into and out of the backlog in (start, end], told by its spells."""
    ticket, events = history
    facts, spells = ticket_facts(ticket, events, end), ticket_spells(ticket, events, end)
    seen = Counter()
    if facts is None or flag(ticket.get("is_spam")) or flag(ticket.get("is_test")):
        return seen
    # A ticket first known as solved was never in the backlog, so far as anybody can tell.
    reached, is_unsolved = facts.created_at, facts.new_seconds is not None
    moments = [("created", reached)] if is_unsolved and spells else []
    for spell in spells:
        is_merge = facts.merged_into_id and spell.started_at == facts.closed_at
        if spell.started_at > reached:
            moments += [("deleted", reached)] if is_unsolved else []
            moments += [("undeleted", spell.started_at)] if spell.is_solve or spell.status in UNSOLVED else []
        moments += [("solved", spell.started_at)] if spell.is_solve else []
        moments += [("reopened", spell.started_at)] if spell.is_reopen else []
        moments += [("merged", spell.started_at)] if is_merge and is_unsolved else []
        reached, is_unsolved = spell.ended_at, spell.status in UNSOLVED
    if facts.is_deleted and is_unsolved and spells:
        moments.append(("deleted", reached))
    seen.update(kind for kind, moment in moments if instant(start) < moment <= instant(end))
    return seen


def unexplained(helpdesk, start, end):
    seen = sum((flows(history, start, end) for history in helpdesk), Counter())
    entered = seen["created"] + seen["reopened"] + seen["undeleted"]
    left = seen["solved"] + seen["deleted"] + seen["merged"]
    return backlog_at(helpdesk, end) - backlog_at(helpdesk, start) - entered + left


@untimed
@given(helpdesks(), st.tuples(instants(), instants()).map(sorted))
def test_backlog_changes_by_what_entered_less_what_left(helpdesk, window):
    assert unexplained(helpdesk, *window) == 0


def test_backlog_identity_holds_for_a_large_helpdesk_in_which_everything_happens():
    helpdesk = random_helpdesk(Random(20260302), 1500)
    start, end = AS_OF.replace(day=4), AS_OF
    seen = sum((flows(history, start, end) for history in helpdesk), Counter())
    assert set(seen) == {"created", "reopened", "undeleted", "solved", "deleted", "merged"}
    assert unexplained(helpdesk, start, end) == 0
