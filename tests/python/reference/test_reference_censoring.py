"""Cases worked by hand: times of which some still run."""

from fractions import Fraction

import pytest

from tests.reference.censoring import Case, kaplan_meier_quantile, never_ended, within

HALF, P90 = Fraction(1, 2), Fraction(9, 10)


def cases(ended, running) -> list[Case]:
    return [Case(each, 100) for each in ended] + [Case(None, each) for each in running]


@pytest.mark.parametrize(
    ("ended", "running", "median", "p90"),
    [
        ([1, 2, 3, 4, 5, 6], [8, 8, 8, 8], 5, None),  # S(5) = 1/2 exactly
        ([7], [], 7, 7),
        ([], [5, 6], None, None),
        ([], [], None, None),
        ([1, 1, 1, 1], [], 1, 1),
        # 2 runs at 2 and is at risk there: S = 2/3; then 1 of 1: 0. Were it not, S(2) = 1/2.
        ([2, 3], [2], 3, 3),
        # Who is censored before an end is not at risk at it: 1 of 2, then 1 of 1.
        ([5, 6], [1, 1, 1], 5, 6),
        # S: 6/7, 4/5·6/7 = .686, 3/4 of it = .514, 0.34: the naive median of the ended is 4.
        ([1, 3, 5, 6], [2, 7, 8], 6, None),
    ],
)
def test_quantiles_of_times_that_partly_still_run(ended, running, median, p90):
    assert kaplan_meier_quantile(cases(ended, running), HALF) == median
    assert kaplan_meier_quantile(cases(ended, running), P90) == p90


def test_without_running_cases_a_quantile_is_the_least_value_that_so_many_do_not_exceed():
    assert kaplan_meier_quantile(cases(range(1, 11), []), P90) == 9
    assert kaplan_meier_quantile(cases(range(1, 11), []), HALF) == 5


def test_within_counts_what_ended_or_is_older_than_the_target():
    assert within(cases([4, 5], [3, 4, 6]), 4) == (1, 3)
    assert within(cases([], [3]), 4) == (0, 0)


def test_never_ended_counts_only_those_old_enough():
    assert never_ended([Case(None, 8), Case(3, 8), Case(None, 7), Case(3, 7), Case(20, 30)], 8) == (1, 3)
