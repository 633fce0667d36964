"""Zendesk's ids and codes for what the simulated company calls otherwise."""

from orchestration.simulate import calendars
from orchestration.simulate.company import GROUPS
from orchestration.simulate.log import Actor

SYSTEM_ID = -1
SUPPLIER_ID = 399_000_000_777
"""Writes in side conversations and is no user of the account."""

GROUP_IDS = {group.group_id: 360_003_074_836 + 20 * number for number, group in enumerate(GROUPS)}
BRAND_IDS = {"brand-aurora": 360_000_358_316, "brand-basalt": 360_000_358_336}
SCHEDULE_IDS = {
    schedule: 4_567_312_249_615 + 64 * number
    for number, schedule in enumerate(
        (calendars.RIGA, calendars.CHICAGO, calendars.TOKYO, calendars.TOKYO_LATE, calendars.ALWAYS)
    )
}
FORM_ID = 360_000_084_116
TOPIC_FIELD_ID = 360_021_289_876
ZENDESK_ZONES = {
    "Europe/Riga": "Riga",
    "America/Chicago": "Central Time (US & Canada)",
    "Asia/Tokyo": "Tokyo",
    "Etc/UTC": "UTC",
}

_FIRST_STATUS = 8_804_044_356
# A closed ticket keeps the custom status it was solved with.
DEFAULT_STATUS_IDS = {
    "new": _FIRST_STATUS,
    "open": _FIRST_STATUS + 20,
    "pending": _FIRST_STATUS + 40,
    "hold": _FIRST_STATUS + 60,
    "solved": _FIRST_STATUS + 80,
    "closed": _FIRST_STATUS + 80,
}
IN_PROGRESS_ID = _FIRST_STATUS + 100
WITH_SUPPLIER_ID = _FIRST_STATUS + 120

_FIRST_CUSTOMER = 360_800_000_000
_FIRST_AGENT = 361_089_000_000
_FIRST_ORGANIZATION = 360_033_000_000
_FIRST_AUDIT = 9_515_000_000_000
_IDS_PER_TICKET = 4_096
_GROUP_NAMES = [group.group_id.removeprefix("group-") for group in GROUPS]
_TYPES = {"incident": "incident", "recall": "incident", "billing": "task", "return": "task"}


def user_id(actor_id: str) -> int:
    """The user of an agent or customer.

    Args:
        actor_id: Id of the simulation, ``agent-<group>-<number>`` or ``customer-<number>``.

    Returns:
        The id in Zendesk, beyond 32 bits as Zendesk's are.
    """
    kind, *rest = actor_id.split("-")
    if kind == "customer":
        return _FIRST_CUSTOMER + 7 * int(rest[0])
    return _FIRST_AGENT + 1_000 * _GROUP_NAMES.index(rest[0]) + int(rest[1])


def author_id(actor: Actor) -> int:
    """The user who acts; machines are Zendesk's system user."""
    return SYSTEM_ID if actor.actor_id is None else user_id(actor.actor_id)


def organization_number(organization_id: str | None) -> int | None:
    """The organization's id in Zendesk, if there is one."""
    if organization_id is None:
        return None
    return _FIRST_ORGANIZATION + 3 * int(organization_id.removeprefix("organization-"))


def first_id_of(ticket_number: int) -> int:
    """The first of the ids that audits, events and comments of a ticket may take; they rise with time."""
    return _FIRST_AUDIT + _IDS_PER_TICKET * ticket_number


def ticket_type(topic: str | None, is_problem: bool) -> str | None:
    """Zendesk knows question, incident, problem and task; the topic itself is a custom field."""
    if topic is None:
        return None
    return "problem" if is_problem and topic == "incident" else _TYPES.get(topic, "question")
