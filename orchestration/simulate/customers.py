"""Customers by rule: any of millions can be told from its number, none needs to be kept."""

import unicodedata
from dataclasses import dataclass

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY, REGIONS, SLOTS, Region
from orchestration.simulate.population import Population
from orchestration.simulate.vocabulary import COMPANY_KINDS, COMPANY_NAMES, FIRST_NAMES, LAST_NAMES

_REGION_OF_SLOT = [region for region in REGIONS for _ in range(region.slots)]
_KNOWN_BEFORE = 730 * DAY


@dataclass(frozen=True)
class Customer:
    """Someone who asks."""

    customer_id: str
    name: str
    email: str
    region: Region
    organization_id: str | None
    is_important: bool
    created_at: int


def customer(population: Population, number: int) -> Customer:
    """The customer with a number.

    Args:
        population: Where the customer belongs.
        number: From 0 up to the population's customer count.

    Returns:
        The same customer every time.
    """
    region = _REGION_OF_SLOT[number % SLOTS]
    firsts = FIRST_NAMES[region.language]
    lasts = LAST_NAMES[region.language]
    first = firsts[number * 7 // SLOTS % len(firsts)]
    last = lasts[number * 11 // SLOTS % len(lasts)]
    organization = number * 7919 % population.organization_count if number % 5 < 3 else None
    return Customer(
        customer_id=f"customer-{number + 1:07d}",
        name=f"{first} {last}",
        email=f"{_ascii(first)}.{_ascii(last)}{number + 1}@example.org",
        region=region,
        organization_id=None if organization is None else organization_id(organization),
        is_important=organization is not None and organization % 12 == 0,
        created_at=_known_since(population, number),
    )


def draw_customer(population: Population, region: Region, instant: int, chance: Chance) -> Customer:
    """A customer of the region known at the instant; some ask much more often than others."""
    span = population.ends_at + 1 - population.starts_at
    late = population.customer_count - population.known_at_start
    known = population.known_at_start + late * (instant - population.starts_at) // span
    rows = known // SLOTS
    row = int(rows * chance.random() ** 1.8)
    slot = region.first_slot + chance.randrange(region.slots)
    return customer(population, row * SLOTS + slot)


def organization_id(number: int) -> str:
    """The id of the organization with a number."""
    return f"organization-{number + 1:05d}"


def organization_name(number: int) -> str:
    """The invented name of the organization with a number."""
    name = COMPANY_NAMES[number % len(COMPANY_NAMES)]
    kind = COMPANY_KINDS[number // len(COMPANY_NAMES) % len(COMPANY_KINDS)]
    return f"{name} {kind} {number + 1}"


def _known_since(population: Population, number: int) -> int:
    if number < population.known_at_start:
        return population.starts_at - _KNOWN_BEFORE + _KNOWN_BEFORE * number // population.known_at_start
    span = population.ends_at + 1 - population.starts_at
    late = population.customer_count - population.known_at_start
    return population.starts_at + span * (number - population.known_at_start) // late


def _ascii(name: str) -> str:
    return unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
