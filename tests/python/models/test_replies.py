"""Replies, counts of messages and waits of the models equal the plain-Python reference."""

from random import Random

import pytest

from tests.python.models.world_comparisons import compare_replies
from tests.python.models.world_run import WorldRun
from tests.reference.worlds import random_world


@pytest.mark.parametrize("seed", range(4))
def test_hundreds_of_tickets_have_the_reference_s_replies_and_waits(world_run: WorldRun, seed: int) -> None:
    world = random_world(Random(seed), 500)
    world_run.build_world(world)
    assert compare_replies(world_run, world) > 500
