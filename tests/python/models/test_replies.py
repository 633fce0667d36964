"""Replies, counts of messages and waits of the models equal the plain-Python reference."""

from dataclasses import asdict
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.python.models.world_run import WorldRun
from tests.reference.history import read_history
from tests.reference.replies import read_messages, reply_facts
from tests.reference.strategies import worlds
from tests.reference.waits import reply_waits
from tests.reference.worlds import World, random_world


def _compare_tickets(run: WorldRun, world: World) -> None:
    found = {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}
    for ticket, events, messages in world.histories():
        expected = reply_facts(ticket, events, messages, world.as_of)
        if expected is not None:
            row = found[ticket["ticket_id"]]
            assert {name: row[name] for name in asdict(expected)} == asdict(expected), ticket["ticket_id"]


def _compare_messages(run: WorldRun, world: World) -> None:
    found = run.by_ticket("fct_messages", "ticket_id, sent_at, not_counting_reason")
    for ticket, events, messages in world.histories():
        history = read_history(ticket, events, world.as_of)
        told = read_messages(ticket, messages, history, world.as_of) if history else []
        rows = found.get(ticket["ticket_id"], [])
        # Ids of messages are not published: those of one instant are compared in any order.
        assert sorted((row["sent_at"], row["not_counting_reason"] or "") for row in rows) == sorted(
            (message.sent_at, message.not_counting_reason or "") for message in told
        ), ticket["ticket_id"]
        assert all(row["is_counting_reply"] is (row["not_counting_reason"] is None) for row in rows)
        assert len({row["message_key"] for row in rows}) == len(rows)


def _compare_waits(run: WorldRun, world: World) -> None:
    compared = ("asked_at", "ended_at", "state", "seconds", "business_seconds")
    found = run.by_ticket("fct_reply_waits", "ticket_id, asked_at")
    for ticket, events, messages in world.histories():
        expected = reply_waits(ticket, events, messages, world.opening_hours(), world.as_of)
        rows = found.get(ticket["ticket_id"], [])
        assert [{name: row[name] for name in compared} for row in rows] == [
            asdict(wait) for wait in expected
        ], ticket["ticket_id"]


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_tickets_have_the_reference_s_replies_and_waits(world_run: WorldRun, seed: int) -> None:
    world = random_world(Random(seed), 500)
    world_run.build_world(world)
    _compare_tickets(world_run, world)
    _compare_messages(world_run, world)
    _compare_waits(world_run, world)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_any_world_has_the_reference_s_replies_and_waits(world_run: WorldRun, world: World) -> None:
    world_run.build_world(world)
    _compare_tickets(world_run, world)
    _compare_messages(world_run, world)
    _compare_waits(world_run, world)
