"""How an agent spends a shift: states that fill it, one after the other."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from orchestration.simulate.chance import Chance
from orchestration.simulate.touches import Touch

_MINUTE = 60
_ONE_SITTING = 10 * _MINUTE
_SHORTEST = 30


class State(NamedTuple):
    """A stretch of a shift, in seconds since 1970 UTC."""

    started_at: int
    ended_at: int
    state: str
    channel: str | None = None
    ticket_id: str | None = None


def shift_states(
    starts_at: int, ends_at: int, touches: Iterable[Touch], is_in_training: bool, chance: Chance
) -> list[State]:
    """Fill a shift.

    Args:
        starts_at: Its first instant, in seconds since 1970 UTC.
        ends_at: Its end.
        touches: What the agent did, in order; what lies outside the shift is left out.
        is_in_training: Whether the agent is new.
        chance: Breaks, meetings, trainings and lost connections.

    Returns:
        States in order, without gap or overlap.
    """
    busy = _handling(starts_at, ends_at, touches)
    for state, seconds in _interruptions(ends_at - starts_at, is_in_training, chance):
        rather_from = starts_at + int((ends_at - starts_at) * chance.uniform(0.2, 0.8))
        free = [(begin, end) for begin, end in _gaps(starts_at, ends_at, busy) if end - begin >= seconds]
        if free:
            begin, end = next((gap for gap in free if gap[1] - seconds >= rather_from), free[-1])
            at = min(max(begin, rather_from), end - seconds)
            busy.append(State(at, at + seconds, state))
            busy.sort()
    idle = [State(begin, end, "available") for begin, end in _gaps(starts_at, ends_at, busy)]
    return sorted(busy + idle)


def _handling(starts_at: int, ends_at: int, touches: Iterable[Touch]) -> list[State]:
    """Touches become sittings: those that overlap or follow at once are one, of no single ticket."""
    found: list[State] = []
    now = starts_at
    for touch in touches:
        begin, end = max(touch.started_at, now), min(touch.ended_at, ends_at)
        if end - begin < _SHORTEST:
            continue
        last = found[-1] if found else None
        if last and last.state == "handling" and begin - last.ended_at < _ONE_SITTING:
            channel = last.channel if last.channel == touch.channel else None
            ticket_id = last.ticket_id if last.ticket_id == touch.ticket_id else None
            found[-1] = State(last.started_at, end, "handling", channel, ticket_id)
        else:
            found.append(State(begin, end, "handling", touch.channel, touch.ticket_id))
        now = end
        after = min(end + touch.after_call_seconds, ends_at)
        if after > end:
            found.append(State(end, after, "after_call", touch.channel, touch.ticket_id))
            now = after
    return found


def _interruptions(length: int, is_in_training: bool, chance: Chance) -> Iterator[tuple[str, int]]:
    if length > 6 * 3_600:
        yield "break", 30 * _MINUTE
    if length > 3 * 3_600:
        yield "break", 15 * _MINUTE
    if chance.happens(0.5 if is_in_training else 0.06):
        yield "training", 60 * _MINUTE
    if chance.happens(0.15):
        yield "meeting", 30 * _MINUTE
    if chance.happens(0.08):
        yield "offline", chance.randrange(3, 20) * _MINUTE


def _gaps(starts_at: int, ends_at: int, busy: Iterable[State]) -> Iterator[tuple[int, int]]:
    now = starts_at
    for state in busy:
        if state.started_at > now:
            yield now, state.started_at
        now = state.ended_at
    if now < ends_at:
        yield now, ends_at
