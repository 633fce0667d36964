"""Small DuckDB files in the shape that landing and dbt leave them."""

from datetime import datetime
from pathlib import Path

import duckdb

from orchestration.expectations.sql import fill, identifier
from orchestration.landing.streams import Stream, load_streams

AS_OF = datetime(2024, 3, 10, 12)
LOADED_AT = datetime(2024, 3, 10, 2)
REGISTRY = {
    "generic": {name: load_streams()["generic"][name] for name in ("tickets", "ticket_events")},
    "servicenow": load_streams()["servicenow"],
}
TICKET = {"ticket_id": "1", "created_at": "2024-03-09T10:00:00+02:00", "status": "open"}
EVENT = {"event_id": "1", "ticket_id": "1", "occurred_at": "2024-03-09T11:00:00Z", "field": "status"}
INCIDENT = {
    "number": "INC1",
    "incident_state": "New",
    "sys_mod_count": "0",
    "opened_at": "09/03/2024 10:00",
    "sys_updated_at": "09/03/2024 10:00",
}


class RawFile:
    """A build file with empty raw tables of every stream and one landed load."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "build.duckdb"
        with duckdb.connect(self.path) as connection:
            connection.execute("create schema meta")
            connection.execute("create table meta.loads (load_id varchar, status varchar)")
            connection.execute("insert into meta.loads values ('landed', 'landed'), ('refused', 'refused')")
            for of_system in REGISTRY.values():
                for stream in of_system.values():
                    self._create(connection, stream)

    def _create(self, connection: duckdb.DuckDBPyConnection, stream: Stream) -> None:
        create = "create schema if not exists $schema; create table $schema.$table ($columns)"
        columns = ["_load_id varchar, _file varchar, _line bigint, _account varchar, _loaded_at timestamp"]
        columns += [f"{identifier(column.name)} varchar" for column in stream.columns]
        schema, table = f"raw_{stream.system}", identifier(stream.name)
        connection.execute(fill(create, schema=schema, table=table, columns=", ".join(columns)))

    def add(
        self, table: str, *records: dict, load_id: str = "landed", loaded_at: datetime = LOADED_AT
    ) -> "RawFile":
        with duckdb.connect(self.path) as connection:
            for line, record in enumerate(records, start=1):
                row = {"_load_id": load_id, "_file": f"{table}.csv", "_line": line, "_account": "main"}
                row |= {"_loaded_at": loaded_at} | record
                insert_row(connection, table, row)
        return self

    def run(self, statement: str) -> "RawFile":
        with duckdb.connect(self.path) as connection:
            connection.execute(statement)
        return self


def insert_row(connection: duckdb.DuckDBPyConnection, table: str, row: dict) -> None:
    insert = fill(
        "insert into $table ($columns) values ($marks)",
        table=identifier(*table.split(".")),
        columns=", ".join(identifier(column) for column in row),
        marks=", ".join("?" for _ in row),
    )
    connection.execute(insert, list(row.values()))


TABLES = """
create schema core; create schema marts;
create table core.fct_tickets (ticket_key varchar, source_system varchar, source_account varchar,
  ticket_id varchar, status varchar, created_at timestamp, is_countable boolean,
  full_resolution_seconds bigint, open_seconds bigint);
create table core.fct_ticket_spells (ticket_key varchar, started_at timestamp, ended_at timestamp,
  seconds bigint, status varchar);
create table core.fct_backlog_daily (date_day date, slice varchar, slice_value varchar, backlog_count bigint);
create table core.dim_agent (agent_key varchar, display_name varchar, tags varchar[]);
create table marts.kpi_values (kpi_id varchar, variant varchar, attribution varchar, statistic varchar,
  clock varchar, period_grain varchar, period_start date, slice varchar, slice_value varchar, value double,
  numerator double, denominator double, n bigint, n_censored bigint, is_complete boolean);
create table marts.kpi_scorecard as
  select kpi_id, variant, attribution, statistic, clock, period_grain, period_start, slice, slice_value
  from marts.kpi_values;
create table marts.dim_kpi (kpi_id varchar, is_share boolean);
create table marts.kpi_coverage (kpi_id varchar, has_required_streams boolean, has_values boolean);
"""
FIGURE = {
    "kpi_id": "resolution_rate",
    "variant": "default",
    "attribution": "created",
    "statistic": "rate",
    "clock": "none",
    "period_grain": "month",
    "period_start": "2024-02-01",
    "slice": "all",
    "slice_value": "all",
}
ROWS: dict[str, dict] = {
    "core.fct_tickets": {
        "ticket_key": "a",
        "source_system": "generic",
        "source_account": "main",
        "ticket_id": "1",
        "status": "solved",
        "created_at": datetime(2024, 3, 1),
        "is_countable": True,
        "full_resolution_seconds": 60,
        "open_seconds": 60,
    },
    "core.fct_ticket_spells": {
        "ticket_key": "a",
        "started_at": datetime(2024, 3, 1),
        "ended_at": datetime(2024, 3, 2),
        "seconds": 86400,
        "status": "open",
    },
    "core.fct_backlog_daily": {
        "date_day": "2024-03-01",
        "slice": "all",
        "slice_value": "all",
        "backlog_count": 1,
    },
    "core.dim_agent": {"agent_key": "agent", "display_name": "Ada", "tags": ["vip"]},
    "marts.kpi_values": FIGURE
    | {
        "value": 0.5,
        "numerator": 1,
        "denominator": 2,
        "n": 2,
        "n_censored": 0,
        "is_complete": True,
    },
    "marts.kpi_scorecard": FIGURE,
    "marts.dim_kpi": {"kpi_id": "resolution_rate", "is_share": True},
    "marts.kpi_coverage": {"kpi_id": "resolution_rate", "has_required_streams": True, "has_values": True},
}


class PublicationFile:
    """A publication file with one good row in every table."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        self.path = folder / "publication.duckdb"
        with duckdb.connect(self.path) as connection:
            connection.execute(TABLES)
            for table, row in ROWS.items():
                insert_row(connection, table, row)

    def add(self, table: str, **changes: object) -> "PublicationFile":
        with duckdb.connect(self.path) as connection:
            insert_row(connection, table, ROWS[table] | changes)
        return self

    def run(self, statement: str) -> "PublicationFile":
        with duckdb.connect(self.path) as connection:
            connection.execute(statement)
        return self
