"""Where tickets went and how they ended: misrouted, escalated, by which method, and by those assigned."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.escalations import escalation_types, is_escalated, is_misrouted
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Life, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.outcomes import REPEAT_WITHIN
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.touches import came_back, is_first_contact, solver

KPI_IDS = frozenset({"misrouted_ticket_rate", "escalation_rate", "resolution_method_mix"})
ESCALATIONS = ("team_tier_up", "specialist_transfer", "priority_raise", "sla_breach")
METHODS = (
    "self_service",
    "bot",
    "auto_closed",
    "after_escalation",
    "no_reply",
    "first_contact",
    "one_touch",
    "several_touches",
)


def method(life: Life) -> str:
    """How a solved ticket was solved: the first that holds, who solved it before how.

    Args:
        life: A solved ticket.
    """
    by = solver(life)
    told = {
        "self_service": by == "customer",
        "bot": by == "bot",
        "auto_closed": by == "system",
        "after_escalation": bool(is_escalated(life)),
        "no_reply": not life.replies,
        "first_contact": is_first_contact(life, came_back(life, REPEAT_WITHIN)),
        "one_touch": len(life.replies) <= 1,
        "several_touches": True,
    }
    return next(name for name in METHODS if told[name])


def _rate(kpi_id: str, variant: str, attribution: str, life: Life, holds: bool | None) -> Case:
    solve = life.last_solve
    is_of_solve = attribution == "solved" and solve is not None
    return Case(
        kpi_id=kpi_id,
        variant=variant,
        attribution=attribution,
        measure="rate",
        on=day(solve.started_at if is_of_solve else life.facts.created_at),
        where=life.where(held(solve) if is_of_solve else life.first_holder),
        numerator=None if holds is None else float(holds),
        denominator=None if holds is None else 1.0,
        is_censored=holds is None,
    )


def _cases(desk: Desk) -> Iterator[Case]:
    lives = countable_lives(desk)
    methods = {method(life) for life in lives if life.last_solve}
    for life in lives:
        yield _rate("misrouted_ticket_rate", "default", "created", life, is_misrouted(life))
        yield _rate("escalation_rate", "of_created", "created", life, is_escalated(life))
        if life.last_solve is None:
            continue
        yield _rate("escalation_rate", "default", "solved", life, is_escalated(life))
        for name in ESCALATIONS:
            yield _rate("escalation_rate", name, "solved", life, name in escalation_types(life))
        for name in sorted(methods):
            yield _rate("resolution_method_mix", name, "solved", life, name == method(life))


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    cases = list(_cases(desk))
    told = told_figures(cases, periods)
    # A method has figures of a slice value from the first ticket on that was solved by it there.
    seen = told_figures([case for case in cases if case.numerator], periods)
    return {f: v for f, v in told.items() if f.kpi_id != "resolution_method_mix" or f in seen}
