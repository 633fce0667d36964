"""Any world has the reference's times, replies, waits and SLA instances; one build serves all four."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.python.models.world_comparisons import (
    compare_business_times,
    compare_replies,
    compare_sla_instances,
)
from tests.python.models.world_run import WorldRun
from tests.reference.random_policies import random_policies
from tests.reference.records import instant
from tests.reference.worlds import random_world


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(seed=st.integers(0, 2**32), count=st.integers(1, 6))
def test_any_world_has_the_reference_s_figures(world_run: WorldRun, seed: int, count: int) -> None:
    # A seed, not every choice: a world is too large to be drawn choice by choice.
    random = Random(seed)
    world = random_world(random, count)
    policies = random_policies(instant(world.tickets[0]["created_at"]), random)
    world_run.load("raw_generic.sla_policies", policies)
    world_run.build_world(world)
    assert compare_business_times(world_run, world)
    assert compare_replies(world_run, world)
    assert compare_sla_instances(world_run, world, policies)
