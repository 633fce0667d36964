"""Calls and their legs: of phone tickets, and of callers who gave up before there was a ticket."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.files import timestamp
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_creation import call_id_of, call_seconds_of
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_ids import user_id

Record = dict[str, object]
STREAMS = ("calls", "call_legs")
_LEGS_PER_CALL = 8
_GAVE_UP = 0.3
_MISSED = 0.2
_TRANSFERRED = 0.1
_UPDATED_AFTER = 2_400


def write_calls(export: ZendeskExport, ticket: Ticket, chance: Chance) -> None:
    """Write the call with which a ticket began, if one did.

    Args:
        export: Where.
        ticket: The finished life.
        chance: Waits, transfers, missed rings, and whether somebody else gave up in the queue meanwhile.
    """
    if ticket.channel != "phone":
        return
    call_id, seconds = call_id_of(ticket), call_seconds_of(ticket)
    started_at = ticket.created_at - seconds
    agent = ticket.submitter.actor_id if ticket.submitter.kind == "agent" else None
    caller = user_id(ticket.requester.customer_id)
    wait = chance.seconds(40)
    record = _call(call_id, started_at, seconds, wait) | {"customer_id": caller}
    record["ticket_id"] = int(ticket.ticket_id)
    calling: Record = {"type": "customer", "user_id": caller, "agent_id": 0}
    legs = [_leg(call_id, 0, started_at, seconds, calling)]
    if agent is None:
        record |= {"voicemail": True, "completion_status": "voicemail", "exceeded_queue_wait_time": True}
    else:
        talk = seconds * 8 // 10
        record |= {"agent_id": user_id(agent), "time_to_answer": wait, "talk_time": talk, "wrap_up_time": 25}
        legs += _agent_legs(call_id, started_at, seconds, user_id(agent), chance)
    _deliver(export, record, legs, started_at + seconds)
    if chance.happens(_GAVE_UP):
        lost = _call(call_id + 4, started_at, wait, wait) | {"completion_status": "abandoned_in_queue"}
        stranger = calling | {"user_id": None}
        _deliver(export, lost, [_leg(call_id + 4, 0, started_at, wait, stranger)], ticket.created_at)


def _agent_legs(call_id: int, started_at: int, seconds: int, agent: int, chance: Chance) -> list[Record]:
    """Some let it ring, some hand over: then two agents have a leg of the same call."""
    fields: Record = {"type": "agent", "agent_id": agent, "available_via": "browser", "user_id": 0}
    legs = []
    if chance.happens(_MISSED):
        legs.append(_leg(call_id, 1, started_at, 20, fields | {"completion_status": "agent_missed"}))
    if chance.happens(_TRANSFERRED):
        half = seconds // 2
        first = user_id("agent-europe-001")
        handed_over = {"agent_id": first, "talk_time": half - 10, "transferred_to": agent}
        legs.append(_leg(call_id, 2, started_at, half, fields | handed_over))
        fields |= {"transferred_from": first}
        seconds -= half
        started_at += half
    talk = seconds * 8 // 10
    legs.append(_leg(call_id, 3, started_at, seconds, fields | {"talk_time": talk, "wrap_up_time": 25}))
    return legs


def _deliver(export: ZendeskExport, call: Record, legs: list[Record], ended_at: int) -> None:
    updated_at = timestamp(ended_at + _UPDATED_AFTER)
    export.deliver("calls", updated_at, call | {"updated_at": updated_at})
    for leg in legs:
        export.deliver("call_legs", updated_at, leg | {"updated_at": updated_at})


def _call(call_id: int, started_at: int, seconds: int, wait: int) -> Record:
    return {
        "id": call_id,
        "created_at": timestamp(started_at),
        "updated_at": None,
        "agent_id": None,
        "call_charge": "0.003",
        "consultation_time": 0,
        "completion_status": "completed",
        "customer_id": None,
        "customer_requested_voicemail": False,
        "direction": "inbound",
        "duration": seconds,
        "exceeded_queue_wait_time": False,
        "hold_time": 0,
        "minutes_billed": -(-seconds // 60),
        "outside_business_hours": False,
        "phone_number_id": 360_000_121_575,
        "ticket_id": None,
        "time_to_answer": None,
        "voicemail": False,
        "wait_time": wait,
        "wrap_up_time": 0,
        "ivr_time_spent": None,
        "ivr_hops": None,
        "ivr_destination_group_name": None,
        "talk_time": 0,
        "ivr_routed_to": None,
        "callback": False,
        "callback_source": None,
        "default_group": False,
        "overflowed": False,
        "overflowed_to": None,
        "recording_time": 0,
        "quality_issues": ["none"],
    }


def _leg(call_id: int, place: int, started_at: int, seconds: int, fields: Record) -> Record:
    return {
        "id": _LEGS_PER_CALL * call_id + place,
        "created_at": timestamp(started_at),
        "updated_at": None,
        "agent_id": None,
        "user_id": None,
        "duration": seconds,
        "hold_time": 0,
        "wrap_up_time": None,
        "available_via": None,
        "forwarded_to": None,
        "transferred_from": None,
        "transferred_to": None,
        "minutes_billed": None,
        "call_charge": "0.0",
        "completion_status": "completed",
        "consultation_time": None,
        "talk_time": 0,
        "conference_time": None,
        "quality_issues": ["none"],
        "call_id": call_id,
        "type": "agent",
    } | fields
