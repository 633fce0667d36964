"""Refreshes as soon as new extract files lie still; off until switched on: the schedule refreshes anyway."""

import hashlib
import os
from pathlib import Path

from dagster import RunRequest, SensorEvaluationContext, SensorResult, SkipReason, sensor

from orchestration.defs.jobs import nightly_refresh
from orchestration.errors import HelpdeskError
from orchestration.landing.discovery import find_extracts
from orchestration.landing.streams import load_streams


def extracts_listing(extracts: Path) -> str:
    """A hash over the names, sizes and times of all extract files; new or changed files change it.

    Args:
        extracts: The folder of extracts.

    Raises:
        UsageError: The folder is not one of extracts.
    """
    files, _ = find_extracts(extracts, load_streams())
    digest = hashlib.sha256()
    for extract in files:
        facts = extract.path.stat()
        digest.update(f"{extract.relative_path}|{facts.st_size}|{facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@sensor(job=nightly_refresh, name="new_extracts", minimum_interval_seconds=60)
def new_extracts(context: SensorEvaluationContext) -> SensorResult | SkipReason:
    """Ask for a refresh once a changed listing has stayed the same for one interval: uploads are over."""
    try:
        listing = extracts_listing(Path(os.environ.get("HELPDESK_EXTRACTS", "extracts")))
    except HelpdeskError as error:
        return SkipReason(str(error))
    seen, _, requested = (context.cursor or "|").partition("|")
    if listing == requested:
        return SkipReason("no new extract files")
    if listing != seen:
        return SensorResult(
            skip_reason=SkipReason("files are still arriving"), cursor=f"{listing}|{requested}"
        )
    return SensorResult(run_requests=[RunRequest(run_key=listing)], cursor=f"{listing}|{listing}")
