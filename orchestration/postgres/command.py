"""``helpdesk publish``: what is published, copied into a PostgreSQL database."""

from importlib.util import find_spec
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.postgres.location import DEFAULT_SCHEMA, Location, read_location
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse

_LONGEST_WAIT_SECONDS = 300


def run_publish(
    *,
    warehouse: Warehouse,
    to: str | None,
    schema: str | None,
    wait: float | None,
    force: bool,
    config: Path | None,
) -> str:
    """Copy what is published into a PostgreSQL database, unless that very publication is there already.

    Args:
        warehouse: The warehouse.
        to: Address of the database, as libpq takes it; None for that of helpdesk.toml.
        schema: Schema of the marts there; core and meta go into two named after it.
        wait: Seconds to wait for readers before the copy is given up.
        force: Whether to copy it even if it is there.
        config: helpdesk.toml, or None for the defaults.

    Returns:
        What was done, in one line.

    Raises:
        UsageError: Nothing is published, an option is wrong, or the extra is not installed.
        WarehouseHeldError: Another copy is being made there.
        HelpdeskError: It cannot be copied; an earlier copy still stands.
    """
    place = load_settings(config).postgres
    to = to or (place.to if place else None)
    if to is None:
        raise UsageError("--to: needs an address such as postgresql://user@host/database")
    location = read_location(to, schema or (place.schema_name if place else DEFAULT_SCHEMA))
    if wait is None:
        wait = place.wait_seconds if place else _LONGEST_WAIT_SECONDS
    return publish_file(warehouse.published_file, location, wait=wait, force=force)


def publish_file(published: Path, location: Location, *, wait: float, force: bool = False) -> str:
    """Copy one published file; see ``run_publish``."""
    if not published.exists():
        raise UsageError(f"{published}: nothing is published there; run helpdesk refresh first")
    require_driver()
    # Only now: whoever has not installed it has no use for it.
    from orchestration.postgres.publish import publish_to

    return publish_to(published, location, wait=wait, force=force)


def require_driver() -> None:
    """Ask for the extra before anything is done.

    Raises:
        UsageError: It is not installed.
    """
    if find_spec("psycopg") is None:
        raise UsageError(
            "publishing to PostgreSQL needs the extra postgres: make setup-postgres,"
            " or pip install 'helpdesk-warehouse[postgres]'"
        )
