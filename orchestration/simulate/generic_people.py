"""The open format's small streams: agents, groups, customers, organizations, opening hours, SLA policies."""

from collections.abc import Iterator
from pathlib import Path

from orchestration.simulate.company import DAY, GROUPS
from orchestration.simulate.customers import customer, organization_id, organization_name
from orchestration.simulate.files import MonthlyFiles, timestamp, write_csv
from orchestration.simulate.population import Agent, Population
from orchestration.simulate.sla_policies import SlaTarget, company_sla_targets
from orchestration.simulate.vocabulary import acquisition_source
from orchestration.simulate.world import World

_TRAINING_DAYS = 45
_AGENT_COLUMNS = (
    *("agent_id", "name", "email", "role", "tier", "group_id", "active"),
    *("is_trainer", "hired_on", "in_training_until", "valid_from"),
)
_SCHEDULE_COLUMNS = (
    *("schedule_id", "name", "time_zone", "weekday", "opens", "closes", "valid_from", "valid_to"),
)


def write_people(folder: Path, world: World) -> None:
    """Write everything of a helpdesk but its tickets.

    Args:
        folder: Where the streams' folders are made.
        world: The helpdesk.
    """
    population = world.population
    agents = [
        row for members in population.agents.values() for one in members for row in _versions(one, population)
    ]
    write_csv(folder / "agents" / "agents.csv", _AGENT_COLUMNS, agents)
    groups = ((group.group_id, group.name, group.tier) for group in GROUPS)
    write_csv(folder / "groups" / "groups.csv", ("group_id", "name", "tier"), groups)
    organizations = ((organization_id(n), organization_name(n)) for n in range(population.organization_count))
    write_csv(folder / "organizations" / "organizations.csv", ("organization_id", "name"), organizations)
    openings = ([getattr(opening, column) for column in _SCHEDULE_COLUMNS] for opening in world.openings)
    write_csv(folder / "schedules" / "schedules.csv", _SCHEDULE_COLUMNS, openings)
    holidays = ((h.schedule_id, h.starts_on, h.ends_on, h.name) for h in world.holidays)
    columns = ("schedule_id", "starts_on", "ends_on", "name")
    write_csv(folder / "holidays" / "holidays.csv", columns, holidays)
    targets = company_sla_targets(world.first, world.last)
    write_csv(folder / "sla_policies" / "sla_policies.csv", SlaTarget._fields, targets)
    _write_customers(folder, population)


def _versions(agent: Agent, population: Population) -> Iterator[tuple[object, ...]]:
    """As hired, as promoted, and as left: then an agent is an end-user, as helpdesks have it."""
    training_until = timestamp(agent.works_from + _TRAINING_DAYS * DAY)[:10]

    def version(valid_from: int, role: str, tier: str, active: str) -> tuple[object, ...]:
        is_trainer = "true" if agent.is_trainer else "false"
        fixed = (agent.hired_on, training_until, timestamp(valid_from))
        return (
            agent.agent_id,
            agent.name,
            agent.email,
            role,
            tier,
            agent.group.group_id,
            active,
            is_trainer,
            *fixed,
        )

    tier = agent.group.tier
    yield version(agent.works_from, "agent", tier, "true")
    promoted = agent.promoted_at
    if promoted and agent.works_from + _TRAINING_DAYS * DAY < promoted < agent.works_until:
        tier = str(int(tier) + 1)
        yield version(promoted, "senior_agent", tier, "true")
    if agent.works_until <= population.ends_at:
        yield version(agent.works_until, "end-user", tier, "false")


def _write_customers(folder: Path, population: Population) -> None:
    with MonthlyFiles(folder / "customers") as stream:
        for number in range(population.customer_count):
            one = customer(population, number)
            created_at = timestamp(one.created_at)
            stream.close_before(created_at[:7])
            record = {
                "customer_id": one.customer_id,
                "name": one.name,
                "email": one.email,
                "organization_id": one.organization_id,
                "language": one.region.language,
                "created_at": created_at,
                "acquisition_source": acquisition_source(number),
            }
            stream.write(created_at, record)
