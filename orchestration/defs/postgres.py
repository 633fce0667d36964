"""The copy for tools that speak PostgreSQL only: made after the publication, which stands without it."""

from dagster import AssetKey, MaterializeResult, asset

from orchestration.defs.resources import Refresh
from orchestration.errors import HelpdeskError
from orchestration.postgres.command import publish_file
from orchestration.progress import progress


def copy_to_postgres(refresh: Refresh) -> str:
    """Copy what is published where [postgres] says, unless it is there already.

    Args:
        refresh: The refresh, which has said how it ended.

    Returns:
        What was done, in one line.

    Raises:
        HelpdeskError: It cannot be copied; the published file is what it is.
    """
    place = refresh.settings.postgres
    if place is None or refresh.compare:
        return "nothing to do"
    told = ""
    try:
        done = publish_file(refresh.warehouse.published_file, place.location, wait=place.wait_seconds)
        progress(done)
    except HelpdeskError as error:
        told = str(error)
    if told:
        # Not from that error: what was wrong on the server would be taken for this machine's.
        raise HelpdeskError(f"{refresh.warehouse.published_file} is published, its copy is not: {told}")
    return done


@asset(
    key=AssetKey(["published", "postgres"]),
    deps=[AssetKey(["published", "helpdesk"])],
    group_name="published",
    kinds={"postgres"},
)
def postgres_copy(refresh: Refresh) -> MaterializeResult[None]:
    """The copy in PostgreSQL, where helpdesk.toml has a section [postgres]."""
    return MaterializeResult(metadata={"copy": copy_to_postgres(refresh)})
