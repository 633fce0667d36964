"""Whether a run goes on from an earlier build, and the note that it is done."""

from datetime import UTC, datetime

from orchestration.defs.resources import Refresh
from orchestration.publishing.builds import forget_build, record_build
from orchestration.publishing.database import open_database
from orchestration.publishing.fingerprint import rules_fingerprint


def goes_on_from_a_build(refresh: Refresh) -> bool:
    """Whether the run keeps what an earlier one built, as meta.run says; otherwise that is forgotten.

    Args:
        refresh: The run, whose extracts have landed.
    """
    with open_database(refresh.warehouse.build_file, read_only=False) as connection:
        found = connection.execute("select built_through_at is not null from meta.run").fetchone()
        is_incremental = bool(found and found[0])
        if not is_incremental:
            forget_build(connection, refresh.settings.engine)
    return is_incremental


def note_build(refresh: Refresh) -> None:
    """Note that every model was built and no blocking test has failed: the next run may go on from here.

    Args:
        refresh: The run.
    """
    with open_database(refresh.warehouse.build_file, read_only=False) as connection:
        record_build(
            connection,
            engine=refresh.settings.engine,
            rules=rules_fingerprint(refresh.warehouse, refresh.settings),
            as_of=refresh.as_of,
            built_at=datetime.now(UTC),
        )
