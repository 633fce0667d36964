"""``helpdesk backfill``: the warehouse of a past day, from the records known then, in a folder of its own."""

import os
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path

from orchestration.disk import disk_trouble_told
from orchestration.errors import UsageError, WarehouseHeldError
from orchestration.instants import read_instant
from orchestration.landing.past import first_landing
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.refresh import run_job
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse


def run_backfill(
    *, warehouse: Warehouse, out: Path, as_of: str, known_at: str | None, config: Path | None
) -> None:
    """Build, check and publish what a warehouse would have published on a past day.

    Args:
        warehouse: The warehouse whose past it is; it is only read.
        out: A new or empty folder, which becomes the warehouse of that day.
        as_of: The "now" of that day, ISO 8601.
        known_at: Records that landed until then are used, ISO 8601; None means ``as_of``, ``now`` the clock.
        config: helpdesk.toml, or None for the defaults.

    Raises:
        UsageError: An option, the configuration or a folder is wrong, or nothing had landed yet.
        WarehouseHeldError: A refresh holds the warehouse.
        RefusedError: A check refused publication, as it would have then.
        RefreshInterruptedError: It was interrupted from the keyboard.
        HelpdeskError: Anything else that is expected to go wrong.
    """
    load_settings(config)
    now = read_instant("--as-of", as_of)
    known = _known_at(known_at, now)
    _refuse_place(warehouse, out)
    _refuse_what_nobody_knew(warehouse, known)
    past = Warehouse(out)
    prepare_warehouse(past)
    _share_key(warehouse, past)
    # The run belongs to the past: in the live warehouse's history it would be one of its refreshes.
    os.environ.pop("DAGSTER_HOME", None)
    options = {
        "source_dir": str(warehouse.root.absolute()),
        "config_file": str(config) if config else None,
        "as_of_text": now.isoformat(),
        "known_at_text": known.isoformat(),
    }
    try:
        with disk_trouble_told(past):
            run_job(past, str(uuid.uuid4()), options)
    except WarehouseHeldError:
        # A refresh began meanwhile and nothing was built: the same command has to work when it has ended.
        shutil.rmtree(out)
        raise


def _share_key(warehouse: Warehouse, past: Warehouse) -> None:
    """Give the past the key of pseudonyms, where one is kept: people have the same keys at all times."""
    if warehouse.pseudonym_key_file.exists():
        with private_files():
            shutil.copyfile(warehouse.pseudonym_key_file, past.pseudonym_key_file)


def _known_at(text: str | None, as_of: datetime) -> datetime:
    clock = datetime.now(UTC).replace(microsecond=0)
    known = as_of if text is None else clock if text == "now" else read_instant("--known-at", text)
    for option, instant in (("--as-of", as_of), ("--known-at", known)):
        if instant > clock:
            raise UsageError(f"{option} {instant.isoformat()}: is still to come; a backfill is of the past")
    if as_of > known:
        raise UsageError(
            f"--as-of {as_of.isoformat()}: is later than --known-at {known.isoformat()}; a day can be told"
            " as it was known at that time or later"
        )
    return known


def _refuse_place(warehouse: Warehouse, out: Path) -> None:
    """The past must not touch what is published now."""
    live, past = warehouse.root.resolve(), out.resolve()
    if past.is_relative_to(live) or live.is_relative_to(past):
        raise UsageError(f"--out {out}: is no folder apart from the warehouse {warehouse.root}; name another")
    if past.exists() and (not past.is_dir() or any(past.iterdir())):
        raise UsageError(f"--out {out}: is there already; name a new or empty folder")


def _refuse_what_nobody_knew(warehouse: Warehouse, known_at: datetime) -> None:
    """Asked before Dagster is loaded, so that who is refused knows at once, and no folder is made."""
    if not warehouse.build_file.exists():
        raise UsageError(f"{warehouse.root}: no extracts have landed there; see --warehouse")
    with (
        hold_warehouse(warehouse, run_id="backfill"),
        open_database(warehouse.build_file, read_only=True) as connection,
    ):
        first = first_landing(connection)
    if first is None:
        raise UsageError(f"{warehouse.root}: no extracts have landed there; see --warehouse")
    if known_at < first.replace(tzinfo=UTC):
        raise UsageError(
            f"nothing had landed by {known_at.isoformat()}: the first extracts landed at"
            f" {first.isoformat()}+00:00; --known-at takes that or a later instant, or now"
        )
