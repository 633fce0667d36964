"""What went wrong on the way: quarantined records and failing checks."""

from dataclasses import dataclass

import duckdb

from orchestration.publishing.database import has_table
from orchestration.publishing.meta import add_redaction

_EXAMPLES = 3


@dataclass(frozen=True)
class QuarantineGroup:
    """Records of one stream that are quarantined for one reason; ``examples`` are ``file:line``."""

    stream: str
    reason: str
    count: int
    examples: tuple[str, ...]


@dataclass(frozen=True)
class FailingCheck:
    """A check of the last run that did not pass."""

    name: str
    asset: str
    severity: str
    status: str
    observed: str


def quarantine_groups(connection: duckdb.DuckDBPyConnection) -> tuple[QuarantineGroup, ...]:
    """Quarantined records by stream and reason, most frequent first.

    Args:
        connection: A build file or a published file.
    """
    if not has_table(connection, "meta", "quarantine"):
        return ()
    add_redaction(connection)
    rows = connection.execute(
        """
        with reasons as (
            select
                source_system || case source_account when 'main' then '' else '@' || source_account end
                    || '/' || stream as stream,
                without_values(reason) as reason,
                file,
                line
            from meta.quarantine
        )

        select
            stream, reason, count(*),
            list(file || coalesce(':' || line, '') order by file, line)[:?]
        from reasons
        group by stream, reason
        order by count(*) desc, stream, reason
        """,
        [_EXAMPLES],
    ).fetchall()
    return tuple(QuarantineGroup(row[0], row[1], row[2], tuple(row[3])) for row in rows)


def failing_checks(
    connection: duckdb.DuckDBPyConnection, run_id: str | None = None
) -> tuple[FailingCheck, ...]:
    """Checks of a run that did not pass, errors first.

    Args:
        connection: A build file or a published file.
        run_id: The run; None means the newest that ran any.
    """
    if not has_table(connection, "meta", "checks"):
        return ()
    rows = connection.execute(
        """
        select check_name, asset, severity, status, observed
        from meta.checks
        where status != 'passed' and run_id = coalesce(
            ?, (select run_id from meta.checks order by checked_at desc, run_id desc limit 1)
        )
        order by severity, asset, check_name
        """,
        [run_id],
    ).fetchall()
    return tuple(FailingCheck(*row) for row in rows)
