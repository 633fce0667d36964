"""Refreshes that are killed at some moment, as the kernel does it when memory runs out."""

import subprocess

import duckdb

from orchestration.expectations.sql import fill, identifier
from orchestration.warehouse import PROJECT_ROOT
from tests.python.conftest import HELPDESK, Helpdesk, clean_environment

_READ_EVERYTHING = "select count(columns(*)) from $table"


def kill_refresh(helpdesk: Helpdesk, *options: str, after_seconds: float) -> str | None:
    """Start a refresh and kill it, with nothing that could tell it so; its dbt is left to itself.

    Args:
        helpdesk: Whose extracts and warehouse.
        options: Of the refresh.
        after_seconds: When, from its start.

    Returns:
        The last line that it printed; None when it had ended before.
    """
    folders = ("--extracts", str(helpdesk.extracts), "--warehouse", str(helpdesk.root))
    log = helpdesk.root.parent / "killed.log"
    with log.open("w") as lines:
        process = subprocess.Popen(
            [HELPDESK, "refresh", *folders, *options],
            env=clean_environment(),
            cwd=PROJECT_ROOT,
            stdout=lines,
            stderr=lines,
        )
        try:
            process.wait(after_seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        else:
            return None
    return (log.read_text().splitlines() or [""])[-1]


def whole_publication(helpdesk: Helpdesk) -> str:
    """Read every table of what is published, and say which run it is of."""
    with duckdb.connect(str(helpdesk.warehouse.published_file), read_only=True) as connection:
        tables = connection.execute(
            "select schema_name, table_name from duckdb_tables() where database_name = 'helpdesk'"
        ).fetchall()
        assert len(tables) > 50
        for schema, table in tables:
            connection.execute(fill(_READ_EVERYTHING, table=identifier(schema, table))).fetchall()
        ((run_id,),) = connection.execute("select run_id from meta.publication").fetchall()
    return str(run_id)
