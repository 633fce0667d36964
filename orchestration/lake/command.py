"""``helpdesk land``: landing alone, into the warehouse and, if asked to, on into a lake."""

import uuid
from datetime import UTC, datetime
from pathlib import Path

from orchestration.counting import counted
from orchestration.disk import disk_trouble_told
from orchestration.errors import UsageError
from orchestration.forgetting.erasing import erase_freed_bytes
from orchestration.lake.lake import Lake
from orchestration.lake.ship import ship_landings
from orchestration.lake.verify import verify_landings
from orchestration.landing.land import LandingResult, land
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.settings import Settings, load_settings
from orchestration.warehouse import Warehouse

_FORMATS = ("duckdb", "parquet")


def run_landing(
    *, extracts: Path, warehouse: Warehouse, config: Path | None, to: str, out: str | None
) -> None:
    """Land what is new; ship it to a lake and check what the lake holds.

    Args:
        extracts: The folder of extracts.
        warehouse: The warehouse.
        config: helpdesk.toml, or None for the defaults.
        to: ``duckdb``: into the warehouse alone; ``parquet``: on into a lake.
        out: Path or URI of the lake; with ``parquet`` only.

    Raises:
        UsageError: An option, the configuration, a folder or the lake is wrong.
        WarehouseHeldError: A refresh or another landing holds the warehouse.
        RefusedError: A file is unreadable, or a stream has too many bad records; nothing has landed.
        HelpdeskError: The lake cannot be written, or does not hold what has landed.
    """
    _check_options(to, out)
    if not extracts.is_dir():
        raise UsageError(f"{extracts}: there is no such folder of extracts; see --extracts")
    settings = load_settings(config)
    with disk_trouble_told(warehouse):
        _land(extracts, warehouse, settings, out)


def _land(extracts: Path, warehouse: Warehouse, settings: Settings, out: str | None) -> None:
    prepare_warehouse(warehouse)
    # A lake holds what names people, as the warehouse's private folder does.
    with hold_warehouse(warehouse, run_id=str(uuid.uuid4())), private_files():
        lake = Lake.open(out) if out is not None else None
        progress(f"landing {extracts}")
        with open_database(warehouse.build_file, read_only=False) as connection:
            result = land(connection, extracts, settings, loaded_at=datetime.now(UTC), report=_indented)
            shipped: list[str] = []
            if lake is not None:
                progress(f"shipping to {lake.uri}")
                scratch = warehouse.private_dir / "lake"
                shipped = ship_landings(connection, lake, scratch=scratch, report=_indented)
                verify_landings(connection, lake)
        if result.has_emptied:
            erase_freed_bytes(warehouse, at=datetime.now(UTC))
    _summarize(result, shipped, lake)


def _check_options(to: str, out: str | None) -> None:
    if to not in _FORMATS:
        raise UsageError(f"--to {to}: not {' or '.join(_FORMATS)}")
    if to == "parquet" and out is None:
        raise UsageError("--to parquet: needs --out, a folder or a URI such as s3://bucket/helpdesk")
    if to == "duckdb" and out is not None:
        raise UsageError(f"--out {out}: only with --to parquet; what lands as duckdb stays in the warehouse")


def _indented(line: str) -> None:
    progress(f"  {line}")


def _summarize(result: LandingResult, shipped: list[str], lake: Lake | None) -> None:
    told = {f"{load.file}: {load.message}" for load in result.loads}
    for note in result.notes:
        if note not in told:
            progress(f"  note: {note}")
    landed = sum(load.rows_landed for load in result.loads)
    quarantined = sum(load.rows_quarantined for load in result.loads)
    progress(f"{counted(landed, 'record')} landed, {quarantined:,} quarantined")
    progress(f"landings shipped to {lake.uri}: {len(shipped)}" if lake else "landed in the warehouse alone")
