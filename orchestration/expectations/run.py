"""Runs the checks of raw data and of the publication."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb

from orchestration.errors import UsageError
from orchestration.expectations.breaking_rows import breaking_rows_query, with_rows
from orchestration.expectations.declarations import Check
from orchestration.expectations.known_people import Finding, find_known_people
from orchestration.expectations.privacy import find_text_columns
from orchestration.expectations.published import publication_checks
from orchestration.expectations.raw import Registry, raw_checks
from orchestration.expectations.results import CheckResult, Severity
from orchestration.expectations.sql import literal
from orchestration.expectations.store import ResultStore
from orchestration.expectations.without_spark import import_without_spark
from orchestration.landing.streams import load_streams
from orchestration.settings import Publication

FRESHNESS_DAYS = 3.0


def check_raw(
    database: Path,
    *,
    as_of: datetime,
    streams: Registry | None = None,
    freshness_days: float = FRESHNESS_DAYS,
    results: Path | None = None,
) -> list[CheckResult]:
    """Check the raw tables of a build file that nobody is writing.

    Args:
        database: The build file.
        as_of: The run's "now"; without an offset it is UTC.
        streams: The registry; by default the project's.
        freshness_days: Age in days from which the newest event of a stream is stale.
        results: Folder that keeps the results for :func:`orchestration.expectations.report.write_report`.

    Returns:
        One result per check of :func:`raw_check_names`, in that order.

    Raises:
        UsageError: There is no such file.
    """
    checks = raw_checks(load_streams() if streams is None else streams)
    facts = {"as_of": literal(_utc(as_of)), "freshness_days": literal(freshness_days)}
    return _run(database, checks, facts, ResultStore(results, "raw"))


def check_publication(
    database: Path,
    *,
    as_of: datetime,
    reporting_time_zone: str = "UTC",
    results: Path | None = None,
    build: Path | None = None,
    allowed: Publication | None = None,
) -> list[CheckResult]:
    """Check core and marts of a publication file that nobody is writing.

    Args:
        database: The publication file.
        as_of: The run's "now"; without an offset it is UTC.
        reporting_time_zone: IANA zone whose local dates are reporting days.
        results: Folder that keeps the results for the report.
        build: The build file, whose raw records name the people to be looked for; None: nobody is.
        allowed: What may be published; by default no name of anybody.

    Returns:
        One result per check of :func:`publication_check_names`, in that order.

    Raises:
        UsageError: There is no such file.
    """
    _require(database)
    with duckdb.connect(database, read_only=True) as connection:
        columns = find_text_columns(connection)
    known: list[Finding] = []
    if build:
        may = allowed or Publication()
        known = find_known_people(
            database,
            build,
            columns,
            load_streams(),
            allowed=may.not_personal,
            allow_agent_names=may.agent_names,
        )
    checks = publication_checks(columns, known)
    local = as_of if as_of.tzinfo else as_of.replace(tzinfo=UTC)
    local_as_of = local.astimezone(ZoneInfo(reporting_time_zone)).replace(tzinfo=None)
    facts = {"as_of": literal(_utc(as_of)), "local_as_of": literal(local_as_of)}
    return _run(database, checks, facts, ResultStore(results, "publication"))


def raw_check_names(streams: Registry | None = None) -> list[tuple[str, str, Severity]]:
    """Asset, check and severity of every raw check, known without running any."""
    return [check.identity for check in raw_checks(load_streams() if streams is None else streams)]


def publication_check_names() -> list[tuple[str, str, Severity]]:
    """Asset, check and severity of every publication check, known without running any."""
    return [check.identity for check in publication_checks()]


def _run(
    database: Path, checks: Sequence[Check], facts: dict[str, str], store: ResultStore
) -> list[CheckResult]:
    _require(database)
    store.clear()
    # Great Expectations takes seconds to import, which a command that checks nothing should not wait for.
    engine = import_without_spark("orchestration.expectations.engine")
    found: list[CheckResult] = engine.run_checks(database, checks, facts=facts, store=store)
    queries = {(check.asset, check.name): breaking_rows_query(check, facts) for check in checks}
    with duckdb.connect(database, read_only=True) as connection:
        return with_rows(connection, found, queries)


def _require(database: Path) -> None:
    if not database.is_file():
        raise UsageError(f"{database}: there is no such database file; run a refresh first")


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(tzinfo=None) if instant.tzinfo else instant
