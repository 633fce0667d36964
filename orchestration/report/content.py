"""Everything the site tells beside the figures of its charts, read from a published file."""

from typing import Any

import duckdb

from orchestration.publishing.database import has_table
from orchestration.reading.problems import failing_checks, quarantine_groups
from orchestration.report import limits
from orchestration.report.figures import Row, named_rows, rows
from orchestration.report.words import LANGUAGES

_EXTRAS = {
    "types": ("marts", "ticket_types"),
    "type_events": ("marts", "ticket_type_history"),
    "agents": ("marts", "agents"),
    "staffing": ("marts", "staffing_requirements"),
}
_MOST = {"types": limits.TICKET_TYPES, "type_events": limits.TYPE_EVENTS, "agents": limits.AGENTS}


def read_health(connection: duckdb.DuckDBPyConnection) -> dict[str, Any]:
    """When the publication was made, of what, and what did not go well on the way.

    Args:
        connection: A published file, read-only.
    """
    (publication,) = named_rows(connection, "select run_id, as_of, published_at from meta.publication")
    checks = failing_checks(connection, publication["run_id"])
    groups = quarantine_groups(connection)
    (loads,) = named_rows(
        connection,
        "select count(*) as files, cast(sum(rows_landed) as bigint) as landed,"
        " count(*) filter (where status = 'refused') as refused from meta.loads",
    )
    return publication | {
        "checks": [
            {"name": each.name, "table": each.asset, "severity": each.severity, "seen": each.observed}
            for each in checks[: limits.FAILED_CHECKS]
        ],
        "check_count": len(checks),
        "quarantine": [
            {"stream": each.stream, "reason": each.reason, "count": each.count}
            for each in groups[: limits.FAILED_CHECKS]
        ],
        "quarantined": sum(each.count for each in groups),
        "loads": loads,
    }


def read_kpis(connection: duckdb.DuckDBPyConnection) -> dict[str, Row]:
    """The registry: what each KPI is, its names, and how far each account's records tell it.

    Args:
        connection: A published file, read-only.
    """
    kpis = {}
    for row in rows(connection, "kpis"):
        labels = [row.pop(f"label_{language}") for language in LANGUAGES]
        kpis[row.pop("kpi_id")] = {
            **row,
            "slices": row["slices"].split(),
            "labels": labels,
            "accounts": row["accounts"] or [],
        }
    return kpis


def read_scorecard(connection: duckdb.DuckDBPyConnection) -> dict[str, list[Row]]:
    """The scorecard of all tickets, by grain.

    Args:
        connection: A published file, read-only.
    """
    by_grain: dict[str, list[Row]] = {}
    for row in rows(connection, "scorecard"):
        by_grain.setdefault(row.pop("period_grain"), []).append(
            {name: value for name, value in row.items() if value is not None and value is not False}
        )
    return by_grain


def read_extras(connection: duckdb.DuckDBPyConnection) -> dict[str, list[list[object]]]:
    """What is told by tables of their own: ticket types, agents, staff by half hour.

    Args:
        connection: A published file, read-only.
    """
    extras: dict[str, list[list[object]]] = {}
    for name, (schema, table) in _EXTRAS.items():
        if not has_table(connection, schema, table):
            extras[name] = []
            continue
        parameters = {"most": _MOST[name]} if name in _MOST else {}
        extras[name] = [list(row.values()) for row in rows(connection, name, **parameters)]
    return extras


def read_minimum(connection: duckdb.DuckDBPyConnection) -> int:
    """How many answers to a survey it takes before what they say is told.

    Args:
        connection: A published file, read-only.
    """
    found = connection.execute("select max(survey_minimum_n) from core.dim_scorecard_rule").fetchone()
    return int(found[0] or 0) if found else 0
