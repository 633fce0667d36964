"""SLA instances of the models equal the plain-Python reference, ticket by ticket."""

from random import Random

import pytest

from tests.python.models.world_comparisons import compare_sla_instances
from tests.python.models.world_run import WorldRun
from tests.reference.random_policies import random_policies
from tests.reference.records import instant
from tests.reference.worlds import random_world


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_tickets_have_the_reference_s_sla_instances(world_run: WorldRun, seed: int) -> None:
    random = Random(seed)
    world = random_world(random, 400)
    policies = random_policies(instant(world.tickets[0]["created_at"]), random)
    world_run.load("raw_generic.sla_policies", policies)
    world_run.build_world(world)
    assert compare_sla_instances(world_run, world, policies) > 400
    states = world_run.rows("select distinct state from publication.core.fct_sla_instances")
    assert {row["state"] for row in states} == {"met", "breached", "active", "cancelled"}
