"""Whether a refresh has anything to publish."""

from datetime import datetime

from orchestration.publishing.fingerprint import inputs_fingerprint
from orchestration.publishing.record import naive_utc
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
