"""Which tickets went up: to a team of a higher tier, to an agent of one, to a higher priority; and astray."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from tests.reference.kpis.lives import Life
from tests.reference.kpis.raw import Desk
from tests.reference.records import text

PRIORITIES = ("low", "normal", "high", "urgent")


def _tier(written: object) -> tuple[int, str] | None:
    """Tiers order as written, shorter names first: L1, L2, L10."""
    tier = text(written)
    return None if tier is None else (len(tier), tier)


def team_tiers(desk: Desk) -> Mapping[str, tuple[int, str] | None]:
    """The tier of every team by its id.

    Args:
        desk: The desk to read.
    """
    return {group["group_id"]: _tier(group.get("tier")) for group in desk.stream("groups")}


def agent_tiers(desk: Desk) -> Mapping[str, tuple[int, str] | None]:
    """The tier of every agent by id, of several versions the one that was read last.

    Args:
        desk: The desk to read.
    """
    return {agent["agent_id"]: _tier(agent.get("tier")) for agent in desk.stream("agents")}


def _moves(values: Sequence[str | None]) -> Iterator[tuple[str, str]]:
    """Moves from one to another, whatever time there was none in between."""
    told = [value for value in values if value is not None]
    yield from ((before, after) for before, after in pairwise(told) if before != after)


def _is_up(tiers: Mapping[str, tuple[int, str] | None], before: str, after: str) -> bool:
    lower, higher = tiers.get(before), tiers.get(after)
    return lower is not None and higher is not None and higher > lower


def escalation_types(life: Life) -> set[str]:
    """The ways in which a ticket went up, and whether a target was missed.

    Args:
        life: The ticket.
    """
    teams, agents = team_tiers(life.desk), agent_tiers(life.desk)
    ranks = {name: (rank, name) for rank, name in enumerate(PRIORITIES)}
    told = {
        "team_tier_up": any(_is_up(teams, *move) for move in _moves([s.group_id for s in life.spells])),
        "specialist_transfer": any(
            _is_up(agents, *move) for move in _moves([s.assignee_id for s in life.spells])
        ),
        "priority_raise": any(_is_up(ranks, *move) for move in _moves([s.priority for s in life.spells])),
        "sla_breach": any(instance.breached_at for instance in life.instances),
    }
    return {name for name, holds in told.items() if holds}


def is_escalated(life: Life) -> bool | None:
    """Whether a ticket went up in any way; a missed target alone is none. None is not known.

    Args:
        life: The ticket.
    """
    return bool(escalation_types(life) - {"sla_breach"}) or _no_if_known(life)


def _no_if_known(life: Life) -> bool | None:
    """What nothing tells of a ticket did not happen, unless its history is missing."""
    return None if life.facts.is_history_incomplete else False


def is_misrouted(life: Life) -> bool | None:
    """Whether it came to the wrong team first: another one solved it, or got it before the first reply.

    None is not known.

    Args:
        life: The ticket.
    """
    tiers = team_tiers(life.desk)
    replied_at = life.reply_facts.first_replied_at
    teams = [spell.group_id for spell in life.spells]
    before_reply = [s.group_id for s in life.spells if replied_at is None or s.started_at <= replied_at]
    first = next((team for team in teams if team is not None), None)
    solving = life.last_solve.group_id if life.last_solve else None
    moves = list(_moves(before_reply))
    if first is not None and solving is not None and solving != first:
        moves.append((first, solving))
    return any(not _is_up(tiers, *move) for move in moves) or _no_if_known(life)
