"""Whether a refresh has anything to publish."""

from datetime import datetime

from orchestration.publishing.fingerprint import inputs_fingerprint
from orchestration.publishing.record import naive_utc, read_publication
from orchestration.publishing.versions import newest_publication
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse


def is_anything_new(warehouse: Warehouse, settings: Settings, *, as_of: datetime | None, full: bool) -> bool:
    """Tell whether building again could publish anything else than the newest publication.

    Args:
        warehouse: The warehouse, into which the run's extracts have landed.
        settings: The settings of the run.
        as_of: The "now" that was asked for; None when it is just the run's start. Without new extracts,
            moving "now" on would publish days of zeros for which nothing was delivered yet, so it alone is
            nothing new.
        full: A full rebuild was asked for.
    """
    # What was taken back by a rollback is nothing new either: the next night must not publish it again.
    newest = newest_publication(warehouse)
    if newest is None or full:
        return True
    if as_of is not None and naive_utc(as_of) != naive_utc(newest.as_of):
        return True
    return inputs_fingerprint(warehouse, settings) != newest.inputs_fingerprint


def why_not_comparable(warehouse: Warehouse, settings: Settings) -> str | None:
    """Why a rebuild has to differ from what is published, and what to do; None when it has not to.

    Args:
        warehouse: The warehouse, into which the run's extracts have landed.
        settings: The settings of the run.
    """
    published, newest = read_publication(warehouse), newest_publication(warehouse)
    inputs = inputs_fingerprint(warehouse, settings)
    if published is None or newest is None or published.inputs_fingerprint == inputs:
        return None
    # A refresh would find nothing new.
    is_taken_back = newest.run_id != published.run_id and newest.inputs_fingerprint == inputs
    do = f"helpdesk rollback --to {newest.run_id[:8]}" if is_taken_back else "refresh"
    return (
        f"extracts, code, settings or pseudonym key are not those of what is published: {do} before --compare"
    )
