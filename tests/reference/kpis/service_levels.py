"""SLA targets kept and missed, and the replies that came too late, on the day a target was settled."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Holder, countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk

KPI_IDS = frozenset({"sla_attainment_rate", "sla_breach_count", "late_reply_count_by_agent"})
REPLIES = ("first_reply", "next_reply")


def _cases(desk: Desk) -> Iterator[Case]:
    for life in countable_lives(desk):
        for instance in life.instances:
            # A missed target is settled when its last second has passed, not when it is kept at last.
            settled_at = instance.breached_at or instance.fulfilled_at
            if settled_at is None:
                continue
            where = life.where(Holder(instance.assignee_id, instance.group_id))
            is_late = instance.breached_at is not None
            told = [
                ("sla_attainment_rate", variant, "rate", not is_late)
                for variant in ("default", instance.metric)
            ]
            told += [
                ("sla_breach_count", variant, "count", is_late) for variant in ("default", instance.metric)
            ]
            if instance.metric in REPLIES:
                told.append(("late_reply_count_by_agent", "default", "count", is_late))
                told.append(("late_reply_count_by_agent", "share_of_settled", "rate", is_late))
            for kpi_id, variant, measure, is_counted in told:
                yield Case(
                    kpi_id=kpi_id,
                    variant=variant,
                    attribution="event",
                    measure=measure,
                    on=day(settled_at),
                    where=where,
                    numerator=float(is_counted),
                    denominator=1.0,
                )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
