"""The Dagster code location: everything in orchestration/defs."""

from pathlib import Path

from dagster import Definitions, definitions, load_from_defs_folder


@definitions
def defs() -> Definitions:
    """Load the assets, checks, jobs, schedules, sensors and resources."""
    return load_from_defs_folder(path_within_project=Path(__file__).parent)
