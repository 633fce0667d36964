"""Chance that repeats itself: the same seed gives the same history on every supported Python."""

from math import log
from random import Random


class Chance(Random):
    """Python's own generator, for which nothing here is secret; its draws do not change between versions."""

    def happens(self, rate: float) -> bool:
        """True with a rate from 0 to 1."""
        return self.random() < rate

    def seconds(self, median: float, spread: float = 0.9) -> int:
        """A lognormal time in whole seconds, at least 1; ``spread`` is the deviation of its logarithm."""
        return int(self.lognormvariate(log(median), spread)) + 1
