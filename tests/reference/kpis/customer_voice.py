"""What customers say when asked: how many are asked and answer, how satisfied they are, what it cost them."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.surveys import Answer, Survey, all_surveys

KPI_IDS = frozenset(
    {
        "csat_score",
        "csat_response_rate",
        "feedback_requests",
        "feedback_emails_sent",
        "feedback_received",
        "five_star_share",
        "positive_feedback_share",
        "csat_changed",
        "nps",
        "ces",
    }
)


def _case(survey: Survey, kpi_id: str, measure: str, at, numerator: float | None = 1.0, **more) -> Case:
    below = None if measure in ("count", "distinct_count") else 1.0
    return Case(**{
        "kpi_id": kpi_id, "attribution": "event", "measure": measure, "on": day(at), "where": survey.where,
        "numerator": numerator, "denominator": below, **more,
    })  # fmt: skip


def _asked(survey: Survey, desk: Desk) -> Iterator[Case]:
    asked_at, sent_at = survey.asked_at or survey.sent_at, survey.sent_at
    if asked_at:
        yield _case(survey, "feedback_requests", "count", asked_at)
    if sent_at and survey.sent_by == "email":
        yield _case(survey, "feedback_emails_sent", "count", sent_at)
        if survey.delivered is not None:
            variant = "delivered" if survey.delivered else "bounced"
            yield _case(survey, "feedback_emails_sent", "count", sent_at, variant=variant)
    if sent_at and survey.delivered is not False and survey.kind == "csat":
        if survey.answers or survey.has_expired(desk.as_of):
            yield _case(survey, "csat_response_rate", "rate", sent_at, float(bool(survey.answers)))
        else:
            yield _case(
                survey, "csat_response_rate", "rate", sent_at, None, denominator=None, is_censored=True
            )


def _received(survey: Survey) -> Iterator[Case]:
    counted: list[Answer] = []
    for answer in survey.answers:
        if not counted or counted[-1].score != answer.score:
            counted.append(answer)
            yield _case(survey, "feedback_received", "count", answer.at, where=answer.where)
    if survey.share is None:
        return
    shares = {
        "default": survey.is_satisfied,
        "negative": survey.is_dissatisfied,
        "with_comment": any(answer.has_comment for answer in survey.answers),
    }
    for variant, holds in shares.items():
        yield _case(
            survey, "positive_feedback_share", "rate", survey.answers[-1].at, float(holds), variant=variant
        )


def _satisfaction(survey: Survey, desk: Desk) -> Iterator[Case]:
    measures = {"default": ("rate", float(survey.is_satisfied)), "mean_score": ("average", survey.share)}
    for variant, (measure, told) in measures.items():
        if survey.share is not None:
            yield _case(survey, "csat_score", measure, survey.answers[-1].at, told, variant=variant)
        if survey.solve is None:
            continue
        more = {"variant": variant, "attribution": "solved"}
        at = survey.solve.started_at
        if survey.share is not None:
            yield _case(survey, "csat_score", measure, at, told, **more)
        elif not survey.answers and survey.delivered is not False and not survey.has_expired(desk.as_of):
            yield _case(survey, "csat_score", measure, at, None, denominator=None, is_censored=True, **more)
    low, high = survey.scale
    if survey.share is not None and high - low > 1:
        yield _case(survey, "five_star_share", "rate", survey.answers[-1].at, float(survey.share == 1.0))


def _ease(survey: Survey) -> Iterator[Case]:
    if survey.share is not None:
        ease, at = 1 + 6 * survey.share, survey.answers[-1].at
        yield _case(survey, "ces", "score", at, ease)
        yield _case(survey, "ces", "rate", at, float(ease >= 5), variant="five_or_more")


def _changes(surveys: Sequence[Survey]) -> Iterator[Case]:
    tickets: dict[str, list[tuple[Answer, bool, Survey]]] = {}
    for survey in surveys:
        if survey.kind == "csat" and survey.life:
            low, high = survey.scale
            for answer in survey.answers:
                if answer.score is not None and low <= answer.score <= high:
                    is_good = (answer.score - low) / (high - low) >= 0.75
                    tickets.setdefault(survey.life.ticket_id, []).append((answer, is_good, survey))
    for told in tickets.values():
        ordered = sorted(told, key=lambda item: item[0].at)
        for (_, was_good, _), (answer, is_good, survey) in pairwise(ordered):
            if was_good != is_good:
                variants = ("default", "good_to_bad" if was_good else "bad_to_good")
                for variant in variants:
                    yield _case(
                        survey, "csat_changed", "count", answer.at, variant=variant, where=answer.where
                    )


def _promoters(surveys: Sequence[Survey]) -> Iterator[Case]:
    """One customer counts once a quarter, by the latest answer in it."""
    latest: dict[tuple, Survey] = {}
    for survey in sorted((s for s in surveys if s.answers), key=lambda s: s.answers[-1].at):
        if survey.kind == "nps" and survey.share is not None:
            at = survey.answers[-1].at
            latest[survey.customer_id or survey.survey_id, at.year, (at.month - 1) // 3] = survey
    for survey in latest.values():
        at, score = survey.answers[-1].at, 10 * (survey.share or 0)
        is_promoter, is_detractor = score >= 9, score <= 6
        yield _case(survey, "nps", "net_promoter", at, float(is_promoter - is_detractor))
        parts = {"promoters": is_promoter, "detractors": is_detractor}
        parts["passives"] = not (is_promoter or is_detractor)
        for variant, holds in parts.items():
            yield _case(survey, "nps", "rate", at, float(holds), variant=variant)


def cases(desk: Desk) -> Iterator[Case]:
    """All cases of these KPIs.

    Args:
        desk: The desk to read.
    """
    surveys = all_surveys(desk)
    for survey in surveys:
        yield from _asked(survey, desk)
        yield from _received(survey)
        if survey.kind == "csat":
            yield from _satisfaction(survey, desk)
        if survey.kind == "ces":
            yield from _ease(survey)
    yield from _changes(surveys)
    yield from _promoters(surveys)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(cases(desk), periods)
