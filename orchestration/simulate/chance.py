"""Chance that repeats itself: the same seed gives the same history on every supported Python."""

from math import log
from random import Random


class Chance(Random):
    """Python's own generator, for which nothing here is secret; its draws do not change between versions."""

    def __init__(self, seed: int | str = 0) -> None:
        super().__init__(seed)
        self._seed = seed

    def apart(self, name: str) -> "Chance":
        """Chance of its own for one thing: whatever is drawn there, the draws here stay as they are."""
        return Chance(f"{self._seed}/{name}")

    def happens(self, rate: float) -> bool:
        """True with a rate from 0 to 1."""
        return self.random() < rate

    def seconds(self, median: float, spread: float = 0.9) -> int:
        """A lognormal time in whole seconds, at least 1; ``spread`` is the deviation of its logarithm."""
        return int(self.lognormvariate(log(median), spread)) + 1
