"""Quality reviews: what reviewers say of tickets, and how many of the solved ones they looked at.

A review is of the agent it names, else of who held the ticket at its last solve before; its team is the
one that held the ticket then (decision 14).
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.lives import Life, all_lives, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk, number
from tests.reference.records import Record, flag, instant, text

KPI_IDS = frozenset({"iqs", "qa_coverage"})


def review_score(ratings: Sequence[Record]) -> float | None:
    """The score of one review, 0 to 1: categories by weight, nothing when a critical one is below half.

    Args:
        ratings: Its records of the stream ``quality_reviews``, one a category.

    Returns:
        The score, None when no category was rated.
    """
    above = below = 0.0
    is_failed = False
    for rating in ratings:
        score, low, high = (number(rating.get(name)) for name in ("score", "scale_min", "scale_max"))
        if score is None or low is None or high is None or not low <= score <= high:
            continue
        share, weight = (score - low) / (high - low), number(rating.get("weight"))
        weight = 1.0 if weight is None else weight
        above, below = above + share * weight, below + weight
        is_failed = is_failed or (bool(flag(rating.get("is_critical"))) and share < 0.5)
    if not below:
        return None
    return 0.0 if is_failed else above / below


def _where(desk: Desk, review: Record, life: Life | None) -> Where:
    named = text(review.get("agent_id"))
    if life is None:
        return Where(team=home_team(desk, named), agent=agent_key(named))
    solves = [spell for spell in life.solves if spell.started_at <= instant(review["reviewed_at"])]
    where = life.where(held(solves[-1]) if solves else life.holder_at(instant(review["reviewed_at"])))
    return replace(where, agent=agent_key(named), team=home_team(desk, named)) if named else where


def _scores(desk: Desk) -> Iterator[Case]:
    lives = {life.ticket_id: life for life in all_lives(desk)}
    reviews: dict[str, list[Record]] = {}
    for rating in desk.stream("quality_reviews"):
        reviews.setdefault(rating["review_id"], []).append(rating)
    for ratings in reviews.values():
        life, score = lives.get(ratings[0].get("ticket_id") or ""), review_score(ratings)
        if score is None or (life is not None and not life.facts.is_countable):
            continue
        yield Case(
            kpi_id="iqs",
            attribution="event",
            measure="rate",
            on=day(instant(ratings[0]["reviewed_at"])),
            where=_where(desk, ratings[0], life),
            numerator=score,
            denominator=1.0,
        )


def _coverage(desk: Desk) -> Iterator[Case]:
    reviewed = {rating.get("ticket_id") for rating in desk.stream("quality_reviews")} - {None}
    for life in countable_lives(desk):
        if reviewed and life.last_solve:
            yield Case(
                kpi_id="qa_coverage",
                attribution="solved",
                measure="rate",
                on=day(life.last_solve.started_at),
                where=life.where(held(life.last_solve)),
                numerator=float(life.ticket_id in reviewed),
                denominator=1.0,
            )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures([*_scores(desk), *_coverage(desk)], periods)
