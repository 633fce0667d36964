"""Legs of a call: who let it ring, who answered, to whom it was handed over."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.files import timestamp
from orchestration.simulate.population import Agent
from orchestration.simulate.touches import Touch
from orchestration.simulate.world import World

Record = dict[str, object]
_LET_RING = 0.08
_HANDED_OVER = 0.1
_ON_HOLD = 0.25
_RINGING = 20


def answer(
    world: World, call: Record, at: int, agent_id: str | None, chance: Chance
) -> tuple[list[Record], list[Touch]]:
    """What agents did with a call; adds talk, hold and wrap-up of all of them to the call.

    Args:
        world: The helpdesk.
        call: The call so far.
        at: When it reached an agent, in seconds since 1970 UTC.
        agent_id: Who took it, when that is known.
        chance: What happens by chance.

    Returns:
        The legs, and the agents' touches; none of either when no phone rang at an agent's.
    """
    legs: list[Record] = []
    touches: list[Touch] = []
    if call["outcome"] not in ("answered", "callback", "abandoned_on_hold", "missed"):
        return legs, touches
    has_answered = call["outcome"] != "missed"
    if call["direction"] == "inbound" and (not has_answered or chance.happens(_LET_RING)):
        rang_at = _available(world, call, at, chance).agent_id
        legs.append(_leg(call, 1, rang_at, max(at - _RINGING, world.population.starts_at), "missed"))
    if not has_answered:
        return legs, touches
    is_handed_over = call["outcome"] == "answered" and chance.happens(_HANDED_OVER)
    taker = agent_id or _available(world, call, at, chance).agent_id
    takers = [taker]
    if is_handed_over:
        other = _available(world, call, at, chance).agent_id
        takers += [other] if other != taker else []
    for number, one in enumerate(takers, 2):
        is_last = number - 1 == len(takers)
        leg = _leg(call, number, one, at, "answered")
        talk = min(chance.seconds(240 if is_last else 90, 0.8), 3_600)
        is_on_hold = call["outcome"] == "abandoned_on_hold" or chance.happens(_ON_HOLD)
        hold = min(chance.seconds(50), 900) if is_on_hold else 0
        wrap_up = min(chance.seconds(45, 0.6), 600)
        leg |= {"talk_seconds": talk, "hold_seconds": hold, "wrap_up_seconds": wrap_up}
        legs.append(leg)
        ended_at = at + talk + hold
        ticket_id = call["ticket_id"]
        touches.append(Touch(at, ended_at, one, "phone", str(ticket_id) if ticket_id else None, wrap_up))
        at = ended_at
    call["agent_id"] = takers[-1]
    for measure in ("talk_seconds", "hold_seconds", "wrap_up_seconds"):
        call[measure] = sum(int(str(leg[measure])) for leg in legs if leg[measure] is not None)
    return legs, touches


def _available(world: World, call: Record, at: int, chance: Chance) -> Agent:
    """Somebody of the group, rather from a desk that is open."""
    agent = world.population.agent_at(str(call["group_id"]), at, chance)
    for _ in range(3):
        if world.hours[agent.schedule_id].is_open(at):
            break
        agent = world.population.agent_at(str(call["group_id"]), at, chance)
    return agent


def _leg(call: Record, number: int, agent_id: str, started_at: int, outcome: str) -> Record:
    return {
        "leg_id": f"{call['call_id']}-l{number}",
        "call_id": call["call_id"],
        "agent_id": agent_id,
        "started_at": timestamp(started_at),
        "outcome": outcome,
        "talk_seconds": None,
        "hold_seconds": None,
        "wrap_up_seconds": None,
    }
