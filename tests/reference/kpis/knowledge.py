"""What readers and agents do with articles: votes, contributions, how fresh and complete they are.

Where the catalogue leaves room (decision 17), this reference reads it so:

* An article is live from its publication on, and fresh for 180 days after it was published, changed or
  reviewed, unless flagged since. Whether it is flagged today the article itself says.
* Content gaps are tickets of the period whose type has no live article at its end; ``unweighted`` counts
  types.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import agent_key
from tests.reference.kpis.lives import countable_lives, day
from tests.reference.kpis.measures import divided, told_figures
from tests.reference.kpis.people import home_team
from tests.reference.kpis.raw import Desk, number
from tests.reference.records import Record, flag, instant

KPI_IDS = frozenset({"article_helpfulness", "articles_contributed", "article_freshness", "content_gap_rate"})
_FRESH_DAYS = 180
_CONTRIBUTIONS = {"create": "created", "update": "updated", "link": "linked", "flag": "flagged"}


def _votes(desk: Desk) -> Iterator[Case]:
    types = {article["article_id"]: article.get("ticket_type") for article in desk.stream("articles")}
    for event in desk.stream("knowledge_events"):
        if event["kind"] in ("vote_up", "vote_down"):
            yield Case(
                kpi_id="article_helpfulness", attribution="event", measure="rate",
                on=day(instant(event["occurred_at"])),
                where=Where(ticket_type=types.get(event.get("article_id"))),
                numerator=float(event["kind"] == "vote_up"), denominator=1.0,
            )  # fmt: skip


def _contributions(desk: Desk) -> Iterator[Case]:
    for event in desk.stream("knowledge_events"):
        agent_id = event.get("agent_id")
        if event["kind"] in _CONTRIBUTIONS and agent_id:
            for variant in ("default", _CONTRIBUTIONS[event["kind"]]):
                yield Case(
                    kpi_id="articles_contributed", variant=variant, attribution="event", measure="count",
                    on=day(instant(event["occurred_at"])),
                    where=Where(team=home_team(desk, agent_id), agent=agent_key(agent_id)),
                )  # fmt: skip


def _searches(desk: Desk) -> Iterator[Case]:
    for event in desk.stream("knowledge_events"):
        if event["kind"] == "search" and not event.get("agent_id") and event.get("results") is not None:
            yield Case(
                kpi_id="content_gap_rate", variant="failed_searches", attribution="event", measure="rate",
                on=day(instant(event["occurred_at"])), where=Where(),
                numerator=float(not number(event["results"])), denominator=1.0,
            )  # fmt: skip


def _end(desk: Desk, period: Period) -> datetime:
    return min(datetime.combine(period.last, time()) + timedelta(days=1), desk.as_of)


def _is_live(article: Record, at: datetime) -> bool:
    return bool(article.get("published_at")) and instant(article["published_at"]) < at


def _is_fresh(desk: Desk, article: Record, on: date) -> bool:
    """Whether an article is fresh at the end of a day."""
    at = min(datetime.combine(on, time()) + timedelta(days=1), desk.as_of)
    events = [e for e in desk.stream("knowledge_events") if e.get("article_id") == article["article_id"]]
    versions = [v for v in desk.landed("articles") if v["article_id"] == article["article_id"]]
    touched = [instant(event["occurred_at"]) for event in events if event["kind"] in ("create", "update")]
    touched += [instant(version["reviewed_at"]) for version in versions if version.get("reviewed_at")]
    touched += [instant(article["published_at"])]
    last = max(moment for moment in touched if moment < at)
    flags = [instant(event["occurred_at"]) for event in events if event["kind"] == "flag"]
    is_flagged = any(last < moment < at for moment in flags)
    if at >= desk.as_of and flag(article.get("is_flagged")) is not None:
        is_flagged = bool(flag(article["is_flagged"]))
    return not is_flagged and (on - last.date()).days <= _FRESH_DAYS


def _freshness(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        live = [article for article in desk.stream("articles") if _is_live(article, _end(desk, period))]
        last = min(period.last, desk.as_of.date())
        fresh = sum(_is_fresh(desk, article, last) for article in live)
        for told in (("all", "all"), ("source_system", "generic")):
            figure = Figure(
                "article_freshness", "default", "as_of", "rate", "none", period.grain, period.start, *told
            )
            yield figure, Value(divided(fresh, len(live)), fresh, len(live), len(live))


def _gaps(desk: Desk, periods: Sequence[Period]) -> Iterator[tuple[Figure, Value]]:
    for period in periods:
        at = _end(desk, period)
        covered = {article.get("ticket_type") for article in desk.stream("articles") if _is_live(article, at)}
        types = [
            life.ticket_type
            for life in countable_lives(desk)
            if life.ticket_type and period.has(day(life.facts.created_at))
        ]
        for variant, asked in (("default", types), ("unweighted", sorted(set(types)))):
            gaps = sum(ticket_type not in covered for ticket_type in asked)
            figure = Figure(
                "content_gap_rate", variant, "as_of", "rate", "none", period.grain, period.start, "all", "all"
            )
            yield figure, Value(divided(gaps, len(asked)), gaps, len(asked), len(asked))


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    told = told_figures([*_votes(desk), *_contributions(desk), *_searches(desk)], periods)
    return told | dict(_freshness(desk, periods)) | dict(_gaps(desk, periods))
