"""Messages in and out, on the day they were sent; all that one side says in a chat session is one."""

from collections.abc import Iterator, Sequence

from tests.reference.kpis.figures import Case, Figure, Period, Value
from tests.reference.kpis.lives import Holder, Life, countable_lives, day
from tests.reference.kpis.measures import told_figures
from tests.reference.kpis.raw import Desk
from tests.reference.records import Record, flag
from tests.reference.replies import Message

KPI_IDS = frozenset({"messages_inbound", "messages_outbound", "inbound_outbound_ratio"})


def _side(life: Life, record: Record, message: Message) -> str | None:
    """Which way a message went: in, out, out by a machine, or neither."""
    is_machine = record["author_type"] in ("bot", "system")
    is_automated = bool(flag(record.get("is_automated")))
    if not message.is_public:
        return None
    if message.is_by_customer:
        return None if is_automated else "in"
    if flag(record.get("is_description")) and life.origin != "proactive_outbound":
        # Written by an agent or a machine to open somebody's ticket: said by nobody to nobody.
        return None
    return "bots" if is_machine or is_automated else "out"


def _sent(life: Life) -> Iterator[tuple[str, Message]]:
    """The messages of one ticket with their side, each session of a side once."""
    records = {record["message_id"]: record for record in life.messages}
    counted: set[tuple[str, str]] = set()
    for message in life.told:
        side = _side(life, records[message.message_id], message)
        if side is None:
            continue
        if message.session_id is not None:
            if (side, message.session_id) in counted:
                continue
            counted.add((side, message.session_id))
        yield side, message


def _cases(desk: Desk) -> Iterator[Case]:
    for life in countable_lives(desk):
        for side, message in _sent(life):
            holder = life.holder_at(message.sent_at)
            if side != "in":
                # What an agent says is the author's; what a machine says is nobody's.
                holder = Holder(life.author_id(message), holder.group_id)
            on, where = day(message.sent_at), life.where(holder)
            kpi_id = "messages_inbound" if side == "in" else "messages_outbound"
            variant = "bots" if side == "bots" else "default"
            yield Case(
                kpi_id=kpi_id, variant=variant, attribution="event", measure="count", on=on, where=where
            )
            if side != "bots":
                yield Case(
                    kpi_id="inbound_outbound_ratio",
                    attribution="event",
                    measure="rate",
                    on=on,
                    where=where,
                    numerator=float(side == "in"),
                    denominator=float(side == "out"),
                )


def figures(desk: Desk, periods: Sequence[Period]) -> dict[Figure, Value]:
    """All figures of these KPIs.

    Args:
        desk: The desk to read.
        periods: The periods to tell.
    """
    return told_figures(_cases(desk), periods)
