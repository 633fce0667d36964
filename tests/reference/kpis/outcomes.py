"""How tickets were solved: in how many replies and hands, by whom, and whether they came back."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Life, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.touches import (
    came_back,
    channels_used,
    is_first_contact,
    minutes_until_solved,
    public_messages,
    solver,
    touches,
)

KPI_IDS = frozenset(
    {
        "first_contact_resolution_rate",
        "one_touch_rate",
        "reopen_rate",
        "repeat_contact_rate",
        "self_solved_rate",
        "transfer_count",
        "work_per_interaction",
        "type_complexity",
        "customer_effort_touches",
    }
)
REPEAT_WITHIN = timedelta(days=7)


def _averages(life: Life) -> Iterator[tuple[str, str, float]]:
    facts = life.facts
    minutes = minutes_until_solved(life)
    if minutes is not None:
        yield "work_per_interaction", "minutes", minutes
    yield "transfer_count", "assignee_changes", facts.assignee_change_count
    yield "transfer_count", "team_changes", facts.team_change_count
    yield "work_per_interaction", "touches", touches(life)
    yield "work_per_interaction", "messages", public_messages(life)
    yield "work_per_interaction", "distinct_agents", facts.agent_count
    yield "type_complexity", "touches", touches(life)
    yield "type_complexity", "agents", facts.agent_count
    yield "customer_effort_touches", "customer_messages", life.reply_facts.customer_message_count or 0
    yield "customer_effort_touches", "channels_used", channels_used(life)
    yield "customer_effort_touches", "transfers", facts.assignee_change_count


def _rates(life: Life) -> Iterator[tuple[str, bool | None]]:
    """The shares of solved tickets; None is not known yet."""
    yield "one_touch_rate", len(life.replies) <= 1
    yield "self_solved_rate", solver(life) in ("customer", "bot")
    if life.origin == "proactive_outbound":
        # The helpdesk began it: it was no contact, so nothing comes again.
        return
    is_back = came_back(life, REPEAT_WITHIN)
    if life.requester_id is not None:
        yield "repeat_contact_rate", is_back
    yield "first_contact_resolution_rate", is_first_contact(life, is_back)


def _of_solved(life: Life) -> Iterator[Case]:
    solve = life.last_solve
    if solve is None:
        return
    on, where = day(solve.started_at), life.where(held(solve))
    for kpi_id, variant, number in _averages(life):
        yield Case(
            kpi_id=kpi_id,
            variant=variant,
            attribution="solved",
            measure="average",
            on=on,
            where=where,
            numerator=float(number),
            denominator=1.0,
        )
    for kpi_id, holds in _rates(life):
        yield Case(
            kpi_id=kpi_id,
            attribution="solved",
            measure="rate",
            on=on,
            where=where,
            numerator=None if holds is None else float(holds),
            denominator=None if holds is None else 1.0,
            is_censored=holds is None,
        )


def _of_reopens(life: Life) -> Iterator[Case]:
    for spell in life.spells:
        if not (spell.is_solve or spell.is_reopen):
            continue
        for variant, measure in (("default", "distinct_rate"), ("reopens_per_solve", "rate")):
            yield Case(
                kpi_id="reopen_rate",
                variant=variant,
                attribution="event",
                measure=measure,
                on=day(spell.started_at),
                where=life.where(held(spell)),
                numerator=float(spell.is_reopen),
                denominator=float(spell.is_solve),
                subject=life.ticket_id,
            )


def cases(desk: Desk) -> Iterator[Case]:
    """All cases of these KPIs.

    Args:
        desk: The desk to read.
    """
    for life in countable_lives(desk):
        yield from _of_solved(life)
        yield from _of_reopens(life)


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(cases(desk), periods)
