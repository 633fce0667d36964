"""Times of which some still run: Kaplan–Meier quantiles, and shares whose denominator has matured."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True)
class Case:
    """One wait: the seconds it took, or None while it runs, and the seconds since it began."""

    seconds: int | None
    age_seconds: int


def kaplan_meier_quantile(cases: Sequence[Case], share: Fraction) -> int | None:
    """The least time after which at most ``1 - share`` of the cases still run.

    A case that still runs counts as at risk up to its age; at one time what ends comes before what is
    only known so far. Fractions, because S(t) = 1/2 must be 1/2 exactly.

    Args:
        cases: Ended and running cases.
        share: The quantile, 1/2 for the median.

    Returns:
        Seconds, or None when the share is not reached (or there are no cases).
    """
    ended = sorted(case.seconds for case in cases if case.seconds is not None)
    known_until = [case.age_seconds if case.seconds is None else case.seconds for case in cases]
    running = Fraction(1)
    for seconds in dict.fromkeys(ended):
        at_risk = sum(seconds <= until for until in known_until)
        running *= 1 - Fraction(ended.count(seconds), at_risk)
        if running <= 1 - share:
            return seconds
    return None


def within(cases: Sequence[Case], target_seconds: int) -> tuple[int, int]:
    """How many ended within a target, of those that ended or are older than it; the others are pending.

    Args:
        cases: Ended and running cases.
        target_seconds: The target T; at T is within.

    Returns:
        Numerator and denominator.
    """
    ended = [case.seconds for case in cases if case.seconds is not None]
    overdue = sum(case.seconds is None and case.age_seconds > target_seconds for case in cases)
    return sum(seconds <= target_seconds for seconds in ended), len(ended) + overdue


def never_ended(cases: Sequence[Case], mature_seconds: int) -> tuple[int, int]:
    """How many have not ended at all, of those at least so old.

    Args:
        cases: Ended and running cases.
        mature_seconds: Age from which a case counts, ended or not.

    Returns:
        Numerator and denominator.
    """
    mature = [case for case in cases if case.age_seconds >= mature_seconds]
    return sum(case.seconds is None for case in mature), len(mature)
