"""The backlog at the end of a period and its parts: new, nobody's, overdue."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from tests.reference.kpis.backlog_days import Unsolved, backlog_begins, unsolved_by_day, until_as_of
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.measures import told_levels
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices

KPI_IDS = frozenset({"backlog_unsolved", "backlog_overdue", "tickets_new", "unassigned_backlog"})
# What is told without a policy: a reply within a day, a solve within two.
DEFAULT_REPLY, DEFAULT_SOLVE = timedelta(hours=24), timedelta(hours=48)
PARTS = (
    ("backlog_unsolved", "default"),
    ("tickets_new", "default"),
    ("unassigned_backlog", "default"),
    ("unassigned_backlog", "without_team"),
    ("backlog_overdue", "default"),
    ("backlog_overdue", "overdue_reply"),
    ("backlog_overdue", "overdue_resolution"),
)
SOLVE_METRICS = ("agent_work", "requester_wait", "total_resolution")


def _is_past(unsolved: Unsolved, metrics: Sequence[str], default: timedelta) -> bool:
    """Whether a target has passed: that of the policies if any sets one, else the default."""
    told = [instance for instance in unsolved.life.instances if instance.metric in metrics]
    begun = [instance for instance in told if instance.applied_at <= unsolved.seen_at]
    if begun:
        return any(i.breached_at is not None and i.breached_at <= unsolved.seen_at for i in begun)
    return unsolved.facts.created_at + default < unsolved.seen_at


def _overdue(unsolved: Unsolved) -> tuple[bool, bool]:
    """Whether the first reply is overdue, and whether the solve is."""
    replied_at = unsolved.life.reply_facts.first_replied_at
    is_unreplied = replied_at is None or replied_at > unsolved.seen_at
    is_asked = unsolved.life.origin != "proactive_outbound"
    return (
        is_unreplied and is_asked and _is_past(unsolved, ("first_reply",), DEFAULT_REPLY),
        _is_past(unsolved, SOLVE_METRICS, DEFAULT_SOLVE),
    )


def _parts(unsolved: Unsolved) -> Iterator[tuple[str, str]]:
    """The counts it is in."""
    yield "backlog_unsolved", "default"
    if unsolved.facts.status == "new":
        yield "tickets_new", "default"
    if unsolved.facts.assignee_id is None:
        yield "unassigned_backlog", "default"
        if unsolved.facts.group_id is None:
            yield "unassigned_backlog", "without_team"
    is_reply_overdue, is_solve_overdue = _overdue(unsolved)
    if is_reply_overdue or is_solve_overdue:
        yield "backlog_overdue", "default"
    if is_reply_overdue:
        yield "backlog_overdue", "overdue_reply"
    if is_solve_overdue:
        yield "backlog_overdue", "overdue_resolution"


def _levels(unsolved: Unsolved) -> Iterator[Case]:
    for kpi_id, variant in _parts(unsolved):
        yield Case(
            kpi_id=kpi_id,
            variant=variant,
            attribution="as_of",
            measure="count",
            on=unsolved.on,
            where=unsolved.where,
        )


def _known(desk: Desk) -> Iterator[Case]:
    """Every part is told from the first backlog on, of 0 at least."""
    for on, where in backlog_begins(desk):
        for kpi_id, variant in PARTS:
            yield Case(
                kpi_id=kpi_id,
                variant=variant,
                attribution="as_of",
                measure="count",
                on=on,
                where=where,
                numerator=None,
            )


def first_seen(desk: Desk) -> Mapping[tuple[str, str], date]:
    """The day from which on each slice value has a backlog.

    Args:
        desk: The desk to read.
    """
    found: dict[tuple[str, str], date] = {}
    for on, where in backlog_begins(desk):
        for name in registered_slices()["backlog_unsolved"]:
            key = name, where.slice_value(name)
            found[key] = min(on, found.get(key, on))
    return found


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    levels = [case for ticket in unsolved_by_day(desk) for case in _levels(ticket)]
    return told_levels([*levels, *_known(desk)], until_as_of(periods, desk))
