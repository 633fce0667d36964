"""How the Zendesk account is set up: groups, brands, statuses, schedules, holidays, SLA policies."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from orchestration.simulate.company import DAY, GROUPS
from orchestration.simulate.files import timestamp
from orchestration.simulate.opening_hours import Opening
from orchestration.simulate.world import World
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_ids import (
    BRAND_IDS,
    DEFAULT_STATUS_IDS,
    FORM_ID,
    GROUP_IDS,
    IN_PROGRESS_ID,
    SCHEDULE_IDS,
    WITH_SUPPLIER_ID,
    ZENDESK_ZONES,
)
from orchestration.simulate.zendesk_sla import Policy

STREAMS = ("groups", "brands", "custom_statuses", "schedules", "holidays", "sla_policies")
_SET_UP = 400 * DAY
_CUSTOM_STATUSES = (
    *(
        (DEFAULT_STATUS_IDS[name], name, name.title())
        for name in ("new", "open", "pending", "hold", "solved")
    ),
    (IN_PROGRESS_ID, "open", "In progress"),
    (WITH_SUPPLIER_ID, "hold", "With supplier"),
)


def edited_at(world: World) -> int:
    """The instant (seconds since 1970 UTC) at which Chicago's schedule is edited: its local midnight."""
    opening = next(opening for opening in world.openings if opening.valid_from)
    return _midnight(opening.valid_from or world.first, opening.time_zone)


def write_account(export: ZendeskExport, world: World, policies: list[Policy]) -> None:
    """Write the streams of the account's settings.

    Args:
        export: Where they are written; what is edited comes again with a later updated_at.
        world: The helpdesk.
        policies: Every version of every SLA policy.
    """
    export.open(*STREAMS)
    starts_at = world.population.starts_at
    made, first_seen = timestamp(starts_at - _SET_UP), timestamp(starts_at)
    dates = {"created_at": made, "updated_at": made}
    for group in GROUPS:
        record = {"id": GROUP_IDS[group.group_id], "name": group.name, "description": "", "default": False}
        export.write("groups", first_seen, record | {"is_public": True, "deleted": False} | dates)
    for brand, number in BRAND_IDS.items():
        name = brand.removeprefix("brand-")
        record = {"id": number, "name": name.title(), "subdomain": name, "active": True}
        record |= {"default": name == "aurora", "has_help_center": True, "ticket_form_ids": [FORM_ID]}
        export.write("brands", first_seen, record | dates)
    for number, category, label in _CUSTOM_STATUSES:
        record = {"id": number, "status_category": category, "agent_label": label, "end_user_label": label}
        record |= {"description": "", "active": True, "default": DEFAULT_STATUS_IDS[category] == number}
        export.write("custom_statuses", first_seen, record | dates)
    for seen_at, record in _schedules(world, starts_at - _SET_UP):
        export.write("schedules", seen_at, record)
    for number, holiday in enumerate(world.holidays, 1):
        record = {"id": 4_567_400_000_000 + number, "schedule_id": SCHEDULE_IDS[holiday.schedule_id]}
        record |= {
            "name": holiday.name,
            "start_date": str(holiday.starts_on),
            "end_date": str(holiday.ends_on),
        }
        export.write("holidays", first_seen, record)
    for policy in policies:
        export.write("sla_policies", max(first_seen, timestamp(policy.updated_at)), policy.record())


def _schedules(world: World, made: int) -> Iterator[tuple[str, dict[str, object]]]:
    """All schedules as they stand at the start, and all again after the edit, though only one has changed."""
    by_schedule: dict[str, list[Opening]] = defaultdict(list)
    for opening in world.openings:
        by_schedule[opening.schedule_id].append(opening)
    edited = edited_at(world)
    for seen_at, is_edited in ((world.population.starts_at, False), (edited, True)):
        for schedule_id, openings in by_schedule.items():
            holding = [o for o in openings if not (o.valid_to if is_edited else o.valid_from)]
            is_new = any(opening.valid_from for opening in holding)
            yield (
                timestamp(seen_at),
                {
                    "id": SCHEDULE_IDS[schedule_id],
                    "name": openings[0].name,
                    "time_zone": ZENDESK_ZONES[openings[0].time_zone],
                    "intervals": intervals(holding),
                    "created_at": timestamp(made),
                    "updated_at": timestamp(edited if is_new else made),
                },
            )


def intervals(openings: list[Opening]) -> list[dict[str, int]]:
    """Weekly openings as Zendesk writes them.

    Args:
        openings: The openings of one version of a schedule.

    Returns:
        Minutes from Sunday 00:00 local, in order; openings that touch are one interval.
    """
    found: list[list[int]] = []
    for opening in openings:
        opens, closes = _minutes(opening.opens), _minutes(opening.closes)
        start = opening.weekday % 7 * 1_440 + opens
        end = start + closes - opens + (1_440 if closes <= opens else 0)
        found += [[start, min(end, 10_080)], [0, max(end - 10_080, 0)]]
    united: list[list[int]] = []
    for start, end in sorted(found):
        if united and start <= united[-1][1]:
            united[-1][1] = max(end, united[-1][1])
        elif start < end:
            united.append([start, end])
    return [{"start_time": start, "end_time": end} for start, end in united]


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _midnight(day: date, time_zone: str) -> int:
    local = datetime.combine(day, time(), ZoneInfo(time_zone))
    return int(local.astimezone(UTC).timestamp())
