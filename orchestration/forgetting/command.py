"""``helpdesk forget``: what is found is told first, then it is forgotten and published without the person."""

import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import typer

from orchestration.counting import counted
from orchestration.errors import HelpdeskError, UsageError
from orchestration.forgetting.ended import is_ended
from orchestration.forgetting.finding import Finding, look
from orchestration.forgetting.forget import forget
from orchestration.forgetting.known import forgotten, last_forgotten_at
from orchestration.forgetting.people import Person
from orchestration.forgetting.wanted import Wanted
from orchestration.instants import instant_text
from orchestration.landing.streams import load_streams
from orchestration.progress import progress
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse, private_files
from orchestration.publishing.lock import hold_warehouse
from orchestration.publishing.record import read_publication
from orchestration.publishing.versions import kept_versions
from orchestration.refresh import run_refresh
from orchestration.settings import load_settings
from orchestration.warehouse import Warehouse


def run_forget(
    *,
    warehouse: Warehouse,
    customer: str | None,
    email: str | None,
    system: str | None,
    account: str | None,
    config: Path | None,
    dry_run: bool,
    yes: bool,
) -> None:
    """Forget a customer: in raw, in quarantine, in logs, in what is published and in what is kept of it.

    Args:
        warehouse: The warehouse.
        customer: The customer's id in the helpdesk.
        email: The customer's e-mail address, instead of an id. Without either, a forgetting that was
            interrupted is ended.
        system: Looks in this system alone.
        account: Looks in accounts of this name alone.
        config: helpdesk.toml, or None for the defaults.
        dry_run: Only tells what there is.
        yes: Does not ask.

    Raises:
        UsageError: Nobody is meant, or more than one; or a lake holds the records as well.
        WarehouseHeldError: A refresh is running, or another process uses a private file.
        RefusedError: A check refused what was built without the person.
        HelpdeskError: Anything else that is expected to go wrong.
    """
    if customer is not None and email is not None:
        raise UsageError("--customer and --email: give one of them")
    settings = load_settings(config)
    if settings.spark:
        raise UsageError(
            f"the lake {settings.spark.lake} holds the records as well, and helpdesk forget cannot change it:"
            " nothing was changed; see docs/operations.md"
        )
    if not warehouse.build_file.exists():
        raise UsageError(
            f"{warehouse.build_file}: there is no such file: nothing has landed in this warehouse"
        )
    wanted = Wanted(customer, email, system, account)
    # Held for the look, too: who is in the way of a refresh is told which one, not which file.
    with (
        hold_warehouse(warehouse, run_id="forget"),
        open_database(warehouse.build_file, read_only=True) as connection,
    ):
        people = wanted.find(connection)
        finding = look(connection, load_streams(), people)
        since = wanted.forgotten_since(connection)
        ended = _is_ended(connection, warehouse)
    if people:
        _tell(people, finding)
    elif not wanted.is_anybody and ended:
        raise UsageError("who is to be forgotten? give --customer or --email")
    elif since is None and (ended or customer is not None):
        raise UsageError(f"{wanted}: nobody is known by it in {warehouse.root}; nothing was changed")
    elif since is not None and ended:
        progress(f"{wanted}: was forgotten at {instant_text(since)}; nothing of them has come since")
        return
    else:
        progress("a forgetting was interrupted; ending it")
    if dry_run:
        progress("nothing was changed (--dry-run)")
        return
    if people and not yes:
        _ask()
    _do(warehouse, wanted)
    _publish_anew(warehouse, config)
    progress("forgotten; deliver no file that holds them again, and see to copies and backups yourself")


def _is_ended(connection: duckdb.DuckDBPyConnection, warehouse: Warehouse) -> bool:
    known = forgotten(connection)
    published = read_publication(warehouse)
    return known is None or is_ended(known, published, kept_versions(warehouse, published))


def _tell(people: list[Person], finding: Finding) -> None:
    progress(f"found in {', '.join(str(person.account) for person in people)}:")
    for stream, count in sorted(finding.streams.items()):
        progress(f"  {stream}: {counted(count, 'record')}")
    if finding.quarantined:
        progress(f"  quarantined: {counted(finding.quarantined, 'record')}")
    progress("delivered in these files, which are yours to change:")
    for file, count in sorted(finding.files.items()):
        progress(f"  {file}: {counted(count, 'record')}")


def _ask() -> None:
    if not sys.stdin.isatty():
        raise UsageError("nobody is there to answer whether to go on: add --yes")
    if not typer.confirm("Forget this person? It cannot be undone, and earlier publications are removed."):
        raise HelpdeskError("not forgotten; nothing was changed")


def _do(warehouse: Warehouse, wanted: Wanted) -> None:
    prepare_warehouse(warehouse)
    with hold_warehouse(warehouse, run_id="forget"), private_files():
        # Looked for again: something may have landed while somebody thought.
        with open_database(warehouse.build_file, read_only=True) as connection:
            people = wanted.find(connection)
        at = None if people else last_forgotten_at(warehouse.build_file)
        progress("taking them out of records, logs and earlier publications")
        forget(warehouse, load_streams(), people, at=at or datetime.now(UTC))


def _publish_anew(warehouse: Warehouse, config: Path | None) -> None:
    """Build everything anew for the "now" of what is published, and land nothing meanwhile."""
    published = read_publication(warehouse)
    since = last_forgotten_at(warehouse.build_file)
    if published is None or since is None or published.published_at >= since:
        return
    with tempfile.TemporaryDirectory(prefix="helpdesk-forget-") as nothing:
        run_refresh(
            extracts=Path(nothing),
            warehouse=warehouse,
            as_of=published.as_of.isoformat(),
            full=True,
            compare=False,
            config=config,
        )
