"""Users, with a version for each change, and their organizations."""

from collections.abc import Iterator

from orchestration.simulate.company import DAY, REGIONS
from orchestration.simulate.customers import Customer, customer, organization_id, organization_name
from orchestration.simulate.files import timestamp
from orchestration.simulate.population import Agent, Population
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_ids import ZENDESK_ZONES, organization_number, user_id
from orchestration.simulate.zendesk_via import example_address

Record = dict[str, object]
STREAMS = ("users", "organizations")
_ZONE_OF_AGENT = dict(zip(("riga", "chicago", "tokyo"), [r.time_zone for r in REGIONS], strict=True))
# Of every 500 customers one is gone without a trace, one is emptied, one suspended, and ten moved house.
_PURGED, _EMPTIED, _SUSPENDED, _MOVED = 7, 107, 207, 300
_CYCLE = 500


def is_purged(number: int) -> bool:
    """Whether the customer with this number is no longer among the users."""
    return number % _CYCLE == _PURGED


def write_people(export: ZendeskExport, population: Population) -> None:
    """Write users and organizations.

    Args:
        export: Where; all who are known at the start come with the first file.
        population: Everybody.
    """
    export.open(*STREAMS)
    first_seen = timestamp(population.starts_at)
    for number in range(population.organization_count):
        made = timestamp(population.starts_at - 700 * DAY)
        record: Record = {"id": organization_number(organization_id(number))}
        record |= {"name": organization_name(number), "domain_names": [], "group_id": None, "tags": []}
        export.write("organizations", first_seen, record | {"created_at": made, "updated_at": made})
    for members in population.agents.values():
        for agent in members:
            for at, record in _agent_versions(agent, population.ends_at):
                export.deliver("users", max(first_seen, timestamp(at)), record)
    for number in range(population.customer_count):
        if not is_purged(number):
            one = customer(population, number)
            export.close_before(max(first_seen, timestamp(one.created_at))[:7])
            for at, record in _customer_versions(one, number, population.ends_at):
                export.deliver("users", max(first_seen, timestamp(at)), record)


def _agent_versions(agent: Agent, ends_at: int) -> Iterator[tuple[int, Record]]:
    """As hired, as promoted, and as left: then Zendesk has an end-user."""
    zone = next((zone for name, zone in _ZONE_OF_AGENT.items() if name in agent.schedule_id), "Etc/UTC")
    is_admin = agent.agent_id.endswith("-001")
    role, role_type = ("admin", 4) if is_admin else ("agent", 0)

    def version(at: int, role: str, role_type: int | None, *, is_active: bool) -> tuple[int, Record]:
        record = _user(agent.agent_id, agent.name, agent.email, zone, agent.works_from, at)
        return at, record | {"role": role, "role_type": role_type, "active": is_active}

    yield version(agent.works_from, role, role_type, is_active=True)
    if agent.promoted_at and agent.works_from < agent.promoted_at < min(agent.works_until, ends_at):
        yield version(agent.promoted_at, role, 3, is_active=True)
    if agent.works_until <= ends_at:
        yield version(agent.works_until, "end-user", None, is_active=True)


def _customer_versions(one: Customer, number: int, ends_at: int) -> Iterator[tuple[int, Record]]:
    record = _user(one.customer_id, one.name, one.email, one.region.time_zone, one.created_at, one.created_at)
    record |= {"organization_id": organization_number(one.organization_id)}
    yield one.created_at, record
    later = one.created_at + (ends_at - one.created_at) // 2
    changed = record | {"updated_at": timestamp(later)}
    place = number % _CYCLE
    if place == _EMPTIED:
        nobody = {"name": "Permanently deleted user", "email": None, "active": False}
        yield later, changed | nobody | {"permanently_deleted": True}
    elif place == _SUSPENDED:
        yield later, changed | {"suspended": True}
    elif _MOVED <= place < _MOVED + 10:
        yield later, changed | {"time_zone": "UTC", "iana_time_zone": "Etc/UTC"}


def _user(actor_id: str, name: str, email: str, zone: str, created_at: int, updated_at: int) -> Record:
    return {
        "id": user_id(actor_id),
        "name": name,
        "email": example_address(email),
        "role": "end-user",
        "role_type": None,
        "custom_role_id": None,
        "active": True,
        "suspended": False,
        "verified": True,
        "time_zone": ZENDESK_ZONES[zone],
        "iana_time_zone": zone,
        "organization_id": None,
        "tags": [],
        "created_at": timestamp(created_at),
        "updated_at": timestamp(updated_at),
        "permanently_deleted": False,
    }
