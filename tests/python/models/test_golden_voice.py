"""Surveys and quality reviews with numbers known beforehand, through all models up to the published KPIs."""

from typing import Any

import pytest

from tests.python.models.compiled import ModelRun

ASKED = "2024-05-06T08:00:00Z"
ANSWERED = "2024-05-07T08:00:00Z"
AS_OF = "2024-06-30 00:00:00"


def _value(run: ModelRun, kpi_id: str, **wanted: str) -> dict[str, Any] | None:
    """The one value of a KPI of all of May."""
    rows = run.rows(
        "select * from publication.marts.kpi_values where kpi_id = ? and variant = ? and attribution = ?"
        " and slice = 'all' and period_grain = 'month' and period_start = ?",
        [
            kpi_id,
            wanted.get("variant", "default"),
            wanted.get("attribution", "event"),
            wanted.get("month", "2024-05-01"),
        ],
    )
    assert len(rows) <= 1
    return rows[0] if rows else None


def _surveys(kind: str, scores: list[int | None], **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "survey_id": f"{kind}{number}",
            "kind": kind,
            "customer_id": f"C{number}",
            "requested_at": ASKED,
            "sent_at": ASKED,
            "responded_at": None if score is None else ANSWERED,
            "score": score,
            **more,
        }
        for number, score in enumerate(scores)
    ]


def _build(
    run: ModelRun,
    surveys: list[dict[str, Any]],
    reviews: list[dict[str, Any]] | None = None,
    as_of: str = AS_OF,
) -> None:
    run.load("raw_generic.tickets", [{"ticket_id": "T1", "created_at": ASKED, "status": "open"}])
    run.load(
        "raw_generic.ticket_events",
        [
            {
                "event_id": "1",
                "ticket_id": "T1",
                "occurred_at": "2024-05-06T20:00:00Z",
                "actor_type": "agent",
                "field": "status",
                "old_value": "open",
                "new_value": "solved",
            }
        ],
    )
    run.load("raw_generic.surveys", surveys)
    run.load("raw_generic.quality_reviews", reviews or [])
    run.build(as_of=as_of)


def test_eight_good_and_two_bad_are_eighty_percent_whoever_does_not_answer(run: ModelRun) -> None:
    """G7: what was offered and not answered is in the divisor of the response rate only."""
    scores = [5, 4, 5, 5, 4, 4, 5, 4, 1, 3, None, None, None, None, None]
    _build(run, _surveys("csat", scores, ticket_id="T1"))
    score = _value(run, "csat_score")
    assert score is not None
    assert (score["statistic"], score["value"], score["denominator"], score["n"]) == ("rate", 0.8, 10, 10)
    cohort = _value(run, "csat_score", attribution="solved")
    assert cohort is not None
    assert (cohort["value"], cohort["n"], cohort["n_censored"]) == (0.8, 10, 0)
    answered = _value(run, "csat_response_rate")
    assert answered is not None
    assert (answered["value"], answered["denominator"]) == (10 / 15, 15)
    received, requested = _value(run, "feedback_received"), _value(run, "feedback_requests")
    assert received is not None and requested is not None
    assert (received["value"], requested["value"]) == (10, 15)


def test_who_may_still_answer_is_waited_for(run: ModelRun) -> None:
    """A period in which surveys were sent is complete once none of them may still be answered."""
    _build(run, _surveys("csat", [5, 1, None, None], ticket_id="T1"), as_of="2024-05-20 07:59:59")
    answered = _value(run, "csat_response_rate")
    assert answered is not None
    assert (answered["value"], answered["denominator"], answered["n_censored"]) == (1, 2, 2)
    assert not answered["is_complete"]


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([9, 10, 9, 8, 3], 40), ([9, 10, 9, 10, 9, 7, 0, 6, 3, 5], 10), ([None, None], None)],
)
def test_promoters_less_detractors_of_all_who_answered(
    run: ModelRun, scores: list[int | None], expected: int | None
) -> None:
    """G7: 3 promoters, 1 passive, 1 detractor are 40; 5, 1 and 4 are 10; of nobody there is no score."""
    _build(run, _surveys("nps", scores))
    score = _value(run, "nps")
    assert (None if score is None else score["value"]) == expected
    if score is not None:
        parts = [_value(run, "nps", variant=name) for name in ("promoters", "passives", "detractors")]
        assert sum(part["numerator"] for part in parts if part) == score["n"] == len(scores)
        later = _value(run, "nps", month="2024-06-01")
        assert later is not None
        assert (later["value"], later["n"]) == (None, 0)


def test_the_mean_share_of_the_maximum_is_not_the_share_of_the_satisfied(run: ModelRun) -> None:
    """G7: ten scores of 0 to 10 with a mean of 6; 8, 9 and 10 are its upper quarter."""
    scores: list[int | None] = [6, 7, 5, 3, 8, 9, 4, 10, 7, 1]
    _build(run, _surveys("csat", scores, scale_min=0, scale_max=10))
    satisfied, mean = _value(run, "csat_score"), _value(run, "csat_score", variant="mean_score")
    assert satisfied is not None and mean is not None
    assert (satisfied["statistic"], satisfied["value"]) == ("rate", 0.3)
    assert mean["statistic"] == "mean"
    assert mean["value"] == pytest.approx(0.6, abs=1e-12)


def test_a_survey_sent_again_with_another_score_is_a_changed_answer(run: ModelRun) -> None:
    """D2: bad to good is no good to bad; as of the day between, the first answer counts."""
    first = _surveys("csat", [1], ticket_id="T1")
    second = [{**first[0], "responded_at": "2024-05-09T08:00:00Z", "score": 5}]
    _build(run, first + second)
    changed = {
        name: _value(run, "csat_changed", variant=name) for name in ("default", "bad_to_good", "good_to_bad")
    }
    assert {name: row and row["value"] for name, row in changed.items()} == {
        "default": 1,
        "bad_to_good": 1,
        "good_to_bad": None,
    }
    score = _value(run, "csat_score")
    assert score is not None
    assert (score["value"], score["n"]) == (1, 1)
    assert run.rows("select csat_score from publication.core.fct_tickets") == [{"csat_score": 1.0}]
    _build(run, first + second, as_of="2024-05-08 00:00:00")
    assert run.rows("select csat_score from publication.core.fct_tickets") == [{"csat_score": 0.0}]


def test_effort_is_told_on_one_scale_the_easy_end_up(run: ModelRun) -> None:
    """Effort of 1 and 3 of 7 is ease of 7 and 5; ease of 2 of 7 stays 2."""
    effort = _surveys("ces", [1, 3], higher_is_better=False)
    ease = [{**_surveys("ces", [2])[0], "survey_id": "ease"}]
    _build(run, effort + ease)
    mean, easy = _value(run, "ces"), _value(run, "ces", variant="five_or_more")
    assert mean is not None and easy is not None
    assert (mean["statistic"], mean["value"]) == ("score", 14 / 3)
    assert (easy["statistic"], easy["value"]) == ("rate", 2 / 3)


def test_five_reviews_make_52_97_percent(run: ModelRun) -> None:
    """G6: reviews of 100, 9.91, 63.96, 90.99 and, for a critical category below half, 0."""

    def review(number: int, *ratings: tuple[int, int, int], critical: int = -1) -> list[dict[str, Any]]:
        return [
            {
                "review_id": f"R{number}",
                "ticket_id": "T1",
                "reviewed_at": ANSWERED,
                "category": f"category {place}",
                "weight": weight,
                "is_critical": place == critical,
                "score": score,
                "scale_min": 1,
                "scale_max": points,
            }
            for place, (weight, score, points) in enumerate(ratings)
        ]

    reviews = [
        *review(1, (100, 5, 5), (10, 4, 4), (1, 3, 3)),
        *review(2, (100, 1, 5), (10, 4, 4), (1, 3, 3)),
        *review(3, (100, 3, 4), (10, 2, 4), (1, 3, 3)),
        *review(4, (100, 5, 5), (10, 1, 4), (1, 3, 3)),
        *review(5, (100, 5, 5), (10, 1, 4), (1, 3, 3), critical=1),
    ]
    _build(run, [], reviews)
    scores = [row["score"] for row in run.rows("select score from publication.core.fct_quality_reviews")]
    assert sorted(round(100 * score, 2) for score in scores) == [0, 9.91, 63.96, 90.99, 100]
    quality = _value(run, "iqs")
    assert quality is not None
    assert quality["value"] == pytest.approx(294 / 555, abs=1e-9)
    assert (round(100 * quality["value"], 2), quality["n"]) == (52.97, 5)
    coverage = _value(run, "qa_coverage", attribution="solved")
    assert coverage is not None
    assert (coverage["value"], coverage["denominator"]) == (1, 1)


def test_without_surveys_and_reviews_there_are_no_such_values(run: ModelRun) -> None:
    """A helpdesk without them tells nothing, and no zeros."""
    _build(run, [])
    told = run.rows(
        "select distinct kpi_id from publication.marts.kpi_values"
        " join publication.marts.dim_kpi using (kpi_id)"
        " where category = 'customer_voice'"
    )
    assert told == []
