"""Every business time of the models equals the plain-Python reference, around changes of clocks."""

from random import Random

import pytest

from tests.python.models.world_comparisons import compare_business_times
from tests.python.models.world_run import WorldRun
from tests.reference.worlds import random_world


@pytest.mark.parametrize("seed", range(8))
def test_hundreds_of_tickets_around_a_change_of_clocks_have_the_reference_s_business_times(
    world_run: WorldRun, seed: int
) -> None:
    world = random_world(Random(seed), 300)
    world_run.build_world(world)
    assert compare_business_times(world_run, world) > 300
