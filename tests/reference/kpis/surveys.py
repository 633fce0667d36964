"""Surveys as they were asked and answered, and whom each is about.

Where the catalogue leaves room (decision 14), this reference reads it so:

* Every different time or score of an answer is an answer; a survey's score is that of its latest one.
* A survey is about who held its ticket at its last solve before the answer (unanswered: before it was
  asked), or just then if there was none; without a ticket it is about the agent it names. Those of
  tickets that do not count do not count.
* Unanswered for 14 days since it was sent, else asked for, it is expired.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from tests.reference.kpis.figures import Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.lives import Life, all_lives, held
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk, number
from tests.reference.records import Record, flag, instant, text
from tests.reference.spells import Spell

MATURITY = timedelta(days=14)
# Shares of the scale: nine and six of ten, five and three of seven; good has some play for thirds.
_GOOD_FROM = {"csat": 0.75, "nps": 0.9, "ces": 4 / 6 - 1e-9}
_BAD_UNTIL = {"csat": 0.25, "nps": 0.6, "ces": 2 / 6 + 1e-9}
_USUAL_SCALES = {"csat": (1.0, 5.0), "nps": (0.0, 10.0), "ces": (1.0, 7.0)}


@dataclass(frozen=True)
class Answer:
    """One answer to a survey, and whom it is about."""

    at: datetime
    score: float | None
    has_comment: bool
    where: Where


@dataclass(frozen=True)
class Survey:
    """One time one customer was asked."""

    survey_id: str
    kind: str
    asked_at: datetime | None
    sent_at: datetime | None
    sent_by: str | None
    delivered: bool | None
    customer_id: str | None
    life: Life | None
    scale: tuple[float, float]
    is_good_high: bool
    answers: Sequence[Answer]
    solve: Spell | None
    where: Where

    @property
    def share(self) -> float | None:
        """Its score from 0 (worst) to 1 (best); None without a usable score."""
        low, high = self.scale
        score = self.answers[-1].score if self.answers else None
        if score is None or not low <= score <= high:
            return None
        return (score - low) / (high - low) if self.is_good_high else (high - score) / (high - low)

    @property
    def is_satisfied(self) -> bool:
        """Whether the answer is in the upper quarter of its scale, a promoter's, or an ease of five."""
        return self.share is not None and self.share >= _GOOD_FROM[self.kind]

    @property
    def is_dissatisfied(self) -> bool:
        """Whether the answer is in the lower quarter of its scale, a detractor's, or an ease of three."""
        return self.share is not None and self.share <= _BAD_UNTIL[self.kind]

    def has_expired(self, now: datetime) -> bool:
        """Whether it stayed unanswered for too long."""
        since = self.sent_at or self.asked_at
        return not self.answers and since is not None and since + MATURITY <= now


def _last_solve(life: Life | None, until: datetime) -> Spell | None:
    solves = [spell for spell in life.solves if spell.started_at <= until] if life else []
    return solves[-1] if solves else None


def _about(desk: Desk, record: Record, life: Life | None, until: datetime) -> Where:
    if life is None:
        named = text(record.get("agent_id"))
        return Where(team=home_team(desk, named), agent=agent_key(named))
    solve = _last_solve(life, until)
    return life.where(held(solve) if solve else life.holder_at(until))


def _answers(desk: Desk, records: Sequence[Record], life: Life | None) -> list[Answer]:
    found: dict[tuple[datetime, float | None], Answer] = {}
    for record in records:
        at, score = _past(desk, record, "responded_at"), number(record.get("score"))
        if at is not None:
            has_comment = bool(flag(record.get("has_comment")))
            found[at, score] = Answer(at, score, has_comment, _about(desk, record, life, at))
    return sorted(found.values(), key=lambda answer: answer.at)


def _past(desk: Desk, record: Record, name: str) -> datetime | None:
    at = instant(record[name]) if record.get(name) else None
    return at if at is not None and at <= desk.as_of else None


def _read_survey(desk: Desk, records: Sequence[Record], life: Life | None) -> Survey:
    last = records[-1]
    answers = _answers(desk, records, life)
    asked_at, sent_at = _past(desk, last, "requested_at"), _past(desk, last, "sent_at")
    until = answers[-1].at if answers else asked_at or sent_at or desk.as_of
    low, high = number(last.get("scale_min")), number(last.get("scale_max"))
    return Survey(
        survey_id=last["survey_id"],
        kind=last["kind"],
        asked_at=asked_at,
        sent_at=sent_at,
        sent_by=text(last.get("sent_by")),
        delivered=flag(last.get("delivered")),
        customer_id=text(last.get("customer_id")),
        life=life,
        scale=_USUAL_SCALES[last["kind"]] if low is None or high is None else (low, high),
        is_good_high=flag(last.get("higher_is_better")) is not False,
        answers=answers,
        solve=_last_solve(life, until),
        where=_about(desk, last, life, until),
    )


@lru_cache(maxsize=4)
def all_surveys(desk: Desk) -> Sequence[Survey]:
    """Every survey of a desk but those about tickets that do not count.

    Args:
        desk: The desk to read.
    """
    lives = {life.ticket_id: life for life in all_lives(desk)}
    versions: dict[str, list[Record]] = {}
    for record in desk.stream("surveys"):
        versions.setdefault(record["survey_id"], []).append(record)
    read = [
        _read_survey(desk, records, lives.get(records[-1].get("ticket_id") or ""))
        for records in versions.values()
    ]
    return [survey for survey in read if survey.life is None or survey.life.facts.is_countable]
