"""The dbt project as a refresh has read it, for the dbt that it starts.

dbt keeps what it read of a project, but reads all of it again for a warehouse in another folder, although
nothing it reads depends on the folder: ten seconds. See "Programmatic invocations" in dbt's documentation.
"""

from importlib.metadata import version
from pathlib import Path

from dbt.contracts.graph.manifest import Manifest

_ADAPTER = "duckdb"


def parsed_project(file: Path) -> Manifest | None:
    """The project as dbt read it.

    Args:
        file: A ``partial_parse.msgpack`` of dbt, as new as the project.

    Returns:
        dbt's manifest; None when another dbt made it, or for another database: then dbt reads for itself.
    """
    if not file.exists():
        return None
    manifest = Manifest.from_msgpack(file.read_bytes())
    if (manifest.metadata.dbt_version, manifest.metadata.adapter_type) != (version("dbt-core"), _ADAPTER):
        return None
    manifest.build_parent_and_child_maps()  # type: ignore[no-untyped-call]
    return manifest
