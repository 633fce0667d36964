"""Every business time of the models equals the plain-Python reference, around changes of clocks."""

from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from tests.python.models.world_run import WorldRun
from tests.reference.business_times import business_times, spell_business_seconds
from tests.reference.replies import reply_facts
from tests.reference.strategies import worlds
from tests.reference.worlds import World, random_world


def _compare_tickets(run: WorldRun, world: World) -> None:
    found = {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}
    expected = {}
    for ticket, events, messages in world.histories():
        replies = reply_facts(ticket, events, messages, world.as_of)
        if replies is not None:
            expected[ticket["ticket_id"]] = business_times(
                ticket, events, replies.first_replied_at, world.opening_hours(), world.as_of
            )
    assert set(found) == set(expected)
    for ticket_id, times in expected.items():
        assert {name: found[ticket_id][name] for name in times} == times, ticket_id


def _compare_spells(run: WorldRun, world: World) -> None:
    found = run.by_ticket("fct_ticket_spells", "ticket_id, started_at")
    for ticket, events, _ in world.histories():
        expected = spell_business_seconds(ticket, events, world.opening_hours(), world.as_of)
        rows = found.get(ticket["ticket_id"], [])
        assert [row["business_seconds"] for row in rows] == expected, ticket["ticket_id"]


@pytest.mark.parametrize("seed", range(8))
def test_hundreds_of_tickets_around_a_change_of_clocks_have_the_reference_s_business_times(
    world_run: WorldRun, seed: int
) -> None:
    world = random_world(Random(seed), 300)
    world_run.build_world(world)
    _compare_tickets(world_run, world)
    _compare_spells(world_run, world)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(world=worlds())
def test_any_world_has_the_reference_s_business_times(world_run: WorldRun, world: World) -> None:
    world_run.build_world(world)
    _compare_tickets(world_run, world)
    _compare_spells(world_run, world)
