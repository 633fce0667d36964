"""SLA instances of the models equal the plain-Python reference, ticket by ticket."""

from dataclasses import asdict
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.python.models.world_run import WorldRun
from tests.reference.random_policies import random_policies
from tests.reference.records import instant
from tests.reference.sla import sla_instances
from tests.reference.sla_policies import read_targets
from tests.reference.worlds import World, random_world

FOUND = """
select tickets.ticket_id, instances.*, agents.agent_id as assignee_id, teams.team_id as group_id
from publication.core.fct_sla_instances as instances
inner join publication.core.fct_tickets as tickets using (ticket_key)
left join build.intermediate.int_agents as agents on instances.agent_key = agents.agent_key
left join build.intermediate.int_teams as teams on instances.team_key = teams.team_key
"""


def _compare(run: WorldRun, seed: int, count: int) -> World:
    random = Random(seed)
    world = random_world(random, count)
    policies = random_policies(instant(world.tickets[0]["created_at"]), random)
    run.load("raw_generic.sla_policies", policies)
    run.build_world(world)
    found: dict[str, dict[tuple, dict]] = {}
    for row in run.rows(FOUND):
        found.setdefault(row["ticket_id"], {})[row["metric"], row["instance_number"]] = row
    targets, hours = read_targets(policies), world.opening_hours()
    for ticket, events, messages in world.histories():
        expected = [
            asdict(instance)
            for instance in sla_instances(ticket, events, messages, targets, hours, world.as_of)
        ]
        rows = found.get(ticket["ticket_id"], {})
        told = {(instance["metric"], instance["instance_number"]): instance for instance in expected}
        assert set(rows) == set(told), ticket["ticket_id"]
        for key, instance in told.items():
            assert {name: rows[key][name] for name in instance} == instance, ticket["ticket_id"]
    return world


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_tickets_have_the_reference_s_sla_instances(world_run: WorldRun, seed: int) -> None:
    world = _compare(world_run, seed, 400)
    states = world_run.rows("select distinct state from publication.core.fct_sla_instances")
    assert {row["state"] for row in states} == {"met", "breached", "active", "cancelled"}
    assert len(world.tickets) > 400


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), count=st.integers(1, 6))
def test_any_world_has_the_reference_s_sla_instances(world_run: WorldRun, seed: int, count: int) -> None:
    assert _compare(world_run, seed, count).tickets
