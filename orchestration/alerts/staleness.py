"""Whether what is published has grown old, also where no refresh has run at all."""

from datetime import datetime, timedelta

from orchestration.alerts.alert import Alert
from orchestration.instants import instant_text
from orchestration.publishing.database import open_database
from orchestration.publishing.lock import current_holder
from orchestration.publishing.record import read_publication
from orchestration.publishing.runs import first_run_at
from orchestration.warehouse import Warehouse


def staleness_alert(warehouse: Warehouse, *, stale_after_hours: float, now: datetime) -> Alert | None:
    """Tell that what is published is stale, or None while it is not.

    Args:
        warehouse: The warehouse; where nothing was ever published the first run counts.
        stale_after_hours: The age from which it is stale.
        now: The time; UTC.

    Raises:
        HelpdeskError: The published file is no publication.
    """
    published = read_publication(warehouse)
    since = published.as_of if published else _first_run_at(warehouse)
    if since is None or now - since <= timedelta(hours=stale_after_hours):
        return None
    hours = int((now - since).total_seconds() // 3600)
    place = warehouse.root.absolute()
    if published:
        subject = f"Helpdesk figures are {hours:,} hours old"
        told = f"What {place} publishes is as of {instant_text(since)}, {hours:,} hours ago."
        key = f"stale {since.isoformat()}"
    else:
        subject = "Helpdesk figures were never published"
        told = f"The first refresh of {place} began {hours:,} hours ago, and nothing was ever published."
        key = "stale never published"
    lines = (
        told,
        "",
        "Either no refresh has run (is its timer or Dagster's daemon up?), or refreshes failed,"
        " or no new extracts came.",
        "What to look at: helpdesk status; the extracts folder.",
    )
    return Alert(key, "stale", subject, "\n".join(lines))


def _first_run_at(warehouse: Warehouse) -> datetime | None:
    """When anybody first tried to publish; None where nobody did, or while a refresh is at it."""
    if current_holder(warehouse) is not None or not warehouse.build_file.exists():
        return None
    with open_database(warehouse.build_file, read_only=True) as connection:
        return first_run_at(connection)
