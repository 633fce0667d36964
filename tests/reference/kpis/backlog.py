"""The backlog at the end of a period and its parts: new, nobody's, overdue, waiting, and how old it is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from tests.reference.kpis.backlog_days import Unsolved, unsolved_by_day
from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import all_lives, day, held
from tests.reference.kpis.measures import told_levels
from tests.reference.kpis.raw import Desk
from tests.reference.kpis.registry import registered_slices
from tests.reference.records import UNSOLVED, flag

KPI_IDS = frozenset(
    {
        "backlog_unsolved",
        "backlog_overdue",
        "tickets_new",
        "unassigned_backlog",
        "backlog_age",
        "open_requests_waiting",
        "waiting_time_oldest",
    }
)
DAY_SECONDS = 86400
BUCKETS = {
    "0_1d": (0, 1),
    "1_3d": (1, 3),
    "3_7d": (3, 7),
    "7_14d": (7, 14),
    "14_30d": (14, 30),
    "30d_plus": (30, 10**6),
}
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


def _ages(unsolved: Unsolved) -> Iterator[Case]:
    age = unsolved.age_seconds
    told = Case(
        kpi_id="backlog_age",
        attribution="as_of",
        measure="ages",
        clock="calendar",
        on=unsolved.on,
        where=unsolved.where,
        numerator=float(age),
        denominator=1.0,
    )
    yield told
    for variant, (first, last) in BUCKETS.items():
        is_in = first * DAY_SECONDS <= age < last * DAY_SECONDS
        yield replace(told, variant=variant, measure="count", numerator=1.0 if is_in else None)
    seconds = unsolved.waiting_seconds()
    # Waits are looked at when a week or a month ends: who was only asked in between is not known to it.
    if seconds is not None and _ends_a_period(unsolved.on):
        waiting = replace(told, measure="oldest", numerator=float(seconds))
        yield replace(waiting, kpi_id="waiting_time_oldest")
        customer = unsolved.life.requester_id or unsolved.life.ticket_id
        asking = replace(waiting, kpi_id="open_requests_waiting", clock="none", subject=customer)
        yield replace(asking, measure="distinct_count")


def _ends_a_period(on: date) -> bool:
    return on.isoweekday() == len("MTWTFSS") or (on + timedelta(days=1)).day == 1


def _known(desk: Desk) -> Iterator[Case]:
    """Whoever held an unsolved ticket, or created one solved, has a backlog from then on, of 0 at least."""
    for life in all_lives(desk):
        if flag(life.ticket.get("is_spam")) or flag(life.ticket.get("is_test")):
            continue
        for spell in life.spells:
            if spell.status in UNSOLVED or (spell.is_solve and spell is life.spells[0]):
                on, where = day(spell.started_at), life.where(held(spell))
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
                for variant in ("default", *BUCKETS):
                    yield Case(
                        kpi_id="backlog_age",
                        variant=variant,
                        attribution="as_of",
                        measure="ages" if variant == "default" else "count",
                        clock="calendar",
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
    for case in _known(desk):
        for name in registered_slices()["backlog_unsolved"]:
            key = name, case.where.slice_value(name)
            found[key] = min(case.on, found.get(key, case.on))
    return found


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    unsolved, known = unsolved_by_day(desk), list(_known(desk))
    levels = [case for ticket in unsolved for case in _levels(ticket)]
    ages = [case for ticket in unsolved for case in _ages(ticket)]
    of_levels = {kpi_id for kpi_id, _ in PARTS}
    levels += [case for case in known if case.kpi_id in of_levels]
    ages += [case for case in known if case.kpi_id not in of_levels]
    # Ages and waits are no sums of days: they are told of weeks and longer only.
    longer = [period for period in periods if period.grain != "day"]
    return told_levels(levels, periods) | told_levels(ages, longer)
