"""What the checks of each run said: meta.checks in the build file."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from orchestration.publishing.database import open_database
from orchestration.publishing.record import naive_utc
from orchestration.warehouse import Warehouse


class Check(Protocol):
    """What is kept of a check's result."""

    @property
    def check(self) -> str:
        """Name of the check."""

    @property
    def asset(self) -> str:
        """The table it looked at, such as ``raw_generic.tickets``."""

    @property
    def severity(self) -> str:
        """``error`` or ``warning``."""

    @property
    def status(self) -> str:
        """``passed``, ``failed`` or ``error``."""

    @property
    def observed(self) -> str:
        """One line for people: what was seen."""


def record_checks(
    warehouse: Warehouse, run_id: str, checks: Iterable[Check], *, checked_at: datetime
) -> None:
    """Keep what the checks of a run said; a check that ran again replaces what it said before.

    Args:
        warehouse: The warehouse, held by this refresh.
        run_id: Id of the refresh.
        checks: The results.
        checked_at: When they ran; UTC.
    """
    with open_database(warehouse.build_file, read_only=False) as connection:
        connection.execute("create schema if not exists meta")
        connection.execute("""
            create table if not exists meta.checks (
                run_id varchar, check_name varchar, asset varchar, severity varchar, status varchar,
                observed varchar, checked_at timestamp
            )
        """)
        connection.begin()
        for result in checks:
            named = [run_id, result.check, result.asset]
            connection.execute(
                "delete from meta.checks where run_id = ? and check_name = ? and asset = ?", named
            )
            connection.execute(
                "insert into meta.checks values (?, ?, ?, ?, ?, ?, ?)",
                [*named, result.severity, result.status, result.observed, naive_utc(checked_at)],
            )
        connection.commit()
