"""Tickets that came and went: created, solved, flowing net, contacts, and what should not have come."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value, Where
from tests.reference.kpis.labels import team_label
from tests.reference.kpis.lives import all_lives, countable_lives, day, held
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import instant

KPI_IDS = frozenset(
    {
        "tickets_created",
        "tickets_solved",
        "net_ticket_flow",
        "invalid_ticket_rate",
        "contact_volume_total",
        "tag_coverage",
    }
)
# Outcomes of an inbound call that came through, if only to the menu: not blocked, not after hours.
_CAME_THROUGH = {
    "answered",
    "abandoned_in_ivr",
    "abandoned_in_queue",
    "abandoned_on_hold",
    "voicemail",
    "callback",
    "overflowed",
    "missed",
}


def contacts(desk: Desk, kpi_id: str) -> Iterator[Case]:
    """Every contact once: tickets that the helpdesk did not begin, and what became no ticket.

    Args:
        desk: The desk to read.
        kpi_id: The KPI the cases are for.
    """
    for life in countable_lives(desk):
        if life.origin != "proactive_outbound":
            yield Case(
                kpi_id=kpi_id,
                attribution="created",
                measure="count",
                on=day(life.facts.created_at),
                where=life.where(life.first_holder),
            )
    yield from contacts_without_ticket(desk, kpi_id)


def contacts_without_ticket(desk: Desk, kpi_id: str) -> Iterator[Case]:
    """Callers and chats that became no ticket.

    Args:
        desk: The desk to read.
        kpi_id: The KPI the cases are for.
    """
    for call in desk.stream("calls"):
        is_waiting_caller = call["direction"] == "inbound" and call["outcome"] in _CAME_THROUGH
        if is_waiting_caller and not call.get("ticket_id"):
            where = Where(channel="phone", team=team_label(desk, call.get("group_id")))
            on = day(instant(call["started_at"]))
            yield Case(kpi_id=kpi_id, attribution="created", measure="count", on=on, where=where)
    for chat in desk.stream("bot_conversations"):
        if not chat.get("ticket_id"):
            on = day(instant(chat["started_at"]))
            where = Where(channel="chat")
            yield Case(kpi_id=kpi_id, attribution="created", measure="count", on=on, where=where)


def _of_received(desk: Desk) -> Iterator[Case]:
    for life in all_lives(desk):
        facts = life.facts
        yield Case(
            kpi_id="invalid_ticket_rate",
            attribution="created",
            measure="rate",
            on=day(facts.created_at),
            where=life.where(life.first_holder),
            numerator=float(not facts.is_countable or life.origin == "system"),
            denominator=1.0,
        )


def _of_created(desk: Desk) -> Iterator[Case]:
    for life in countable_lives(desk):
        on, where = day(life.facts.created_at), life.where(life.first_holder)
        yield Case(kpi_id="tickets_created", attribution="created", measure="count", on=on, where=where)
        if not life.is_solve_unknown:
            yield Case(kpi_id="net_ticket_flow", attribution="event", measure="count", on=on, where=where)
        yield Case(
            kpi_id="tag_coverage",
            attribution="created",
            measure="rate",
            on=on,
            where=where,
            numerator=float(life.ticket_type is not None),
            denominator=1.0,
        )


def _of_moves(desk: Desk) -> Iterator[Case]:
    for life in countable_lives(desk):
        told = [(spell, "event", "solve_events") for spell in life.solves]
        told += [(spell, "solved", "first_solve") for spell in life.solves[:1]]
        told += [(life.last_solve, "solved", "default")] if life.last_solve else []
        for spell, attribution, variant in told:
            yield Case(
                kpi_id="tickets_solved",
                variant=variant,
                attribution=attribution,
                measure="count",
                on=day(spell.started_at),
                where=life.where(held(spell)),
            )
        for spell in life.spells:
            if spell.is_solve or spell.is_reopen:
                yield Case(
                    kpi_id="net_ticket_flow",
                    attribution="event",
                    measure="count",
                    on=day(spell.started_at),
                    where=life.where(held(spell)),
                    numerator=1.0 if spell.is_reopen else -1.0,
                )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    cases = [*_of_created(desk), *_of_moves(desk), *_of_received(desk)]
    return told_figures([*cases, *contacts(desk, "contact_volume_total")], periods)
