"""A warehouse in every situation a person may find it in."""

from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from orchestration.publishing.publish import PublicationRecord, prepare_warehouse, publish
from orchestration.warehouse import Warehouse

AS_OF = datetime(2017, 4, 2, 6, 0, tzinfo=UTC)


@pytest.fixture
def warehouse(tmp_path: Path) -> Warehouse:
    """Folders, and a build file in which nothing has landed."""
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    with duckdb.connect(str(warehouse.build_file)) as connection:
        connection.execute("""
            create schema meta;
            create table meta.quarantine (
                load_id varchar, source_system varchar, source_account varchar, stream varchar, file varchar,
                line bigint, reason varchar, record varchar, quarantined_at timestamp
            );
        """)
    return warehouse


@pytest.fixture
def scorecard(warehouse: Warehouse) -> Warehouse:
    """A publication of 1,234 tickets with a scorecard."""
    with duckdb.connect() as connection:
        connection.execute(
            "attach ? as publication (storage_version 'v1.5.0')", [str(warehouse.publication_file)]
        )
        connection.execute("""
            use publication;
            create schema core;
            create schema marts;
            create table core.fct_tickets as select range as ticket_key from range(1234);
            create table marts.dim_kpi (
                kpi_id varchar, name varchar, unit varchar, direction varchar, definition varchar,
                category varchar, attribution varchar
            );
            insert into marts.dim_kpi values
                ('tickets_created', 'Tickets created', 'count', 'context', '', 'volume_and_flow',
                 'created'),
                ('full_resolution_time', 'Full resolution time', 'seconds', 'lower_is_better', '',
                 'resolution', 'solved'),
                ('reopen_rate', 'Reopen rate', 'rate', 'lower_is_better', '', 'resolution', 'created'),
                ('replies_per_ticket', 'Replies per ticket', 'per_ticket', 'context', '', 'resolution',
                 'solved');
            create table marts.kpi_scorecard (
                kpi_id varchar, variant varchar, attribution varchar, statistic varchar, clock varchar,
                period_grain varchar, period_start date, slice varchar, slice_value varchar, value double,
                n bigint, previous_value double, change double, change_rate double, last_year_value double,
                is_suppressed boolean default false, target double, target_comparator varchar,
                status varchar default 'no target', benchmark_value double, benchmark_source varchar
            );
            insert into marts.kpi_scorecard (
                kpi_id, variant, attribution, statistic, clock, period_grain, period_start, slice,
                slice_value, value, n, previous_value, change, change_rate, last_year_value
            ) values
                ('tickets_created', 'default', 'created', 'count', 'none', 'month', '2017-03-01',
                 'all', 'all', 24918, 24918, 22918, 2000, 0.0873, null),
                ('tickets_created', 'default', 'created', 'count', 'none', 'week', '2017-03-20',
                 'all', 'all', 5555, 5555, 5555, 0, 0, null),
                ('tickets_created', 'default', 'created', 'count', 'none', 'month', '2017-03-01',
                 'source_system', 'servicenow', 777, 777, null, null, null, null),
                ('full_resolution_time', 'default', 'solved', 'median', 'business', 'month', '2017-03-01',
                 'all', 'all', 15120, 900, 17220, -2100, -0.122, 259200),
                ('full_resolution_time', 'default', 'solved', 'p90', 'calendar', 'month', '2017-03-01',
                 'all', 'all', 259200, 900, null, null, null, null),
                ('reopen_rate', 'default', 'created', 'rate', 'none', 'month', '2017-03-01', 'all', 'all',
                 0.0512, 900, 0.0392, 0.012, 0.306, 0.061),
                ('reopen_rate', 'servicenow', 'solved', 'rate', 'none', 'month', '2017-03-01',
                 'all', 'all', 0.049, 900, null, null, null, null),
                ('replies_per_ticket', 'default', 'solved', 'mean', 'none', 'month', '2017-03-01',
                 'all', 'all', null, 0, null, null, null, null);
            update marts.kpi_scorecard set target = 14400, target_comparator = 'at_most', status = 'missed',
                benchmark_value = 17100, benchmark_source = 'Zendesk benchmark' where statistic = 'median';
            update marts.kpi_scorecard set target = 0.05, target_comparator = 'at_least', status = 'met'
                where statistic = 'rate' and variant = 'default';
            update marts.kpi_scorecard set value = null, is_suppressed = true where statistic = 'p90';
            -- refused: its source alone is no benchmark
            update marts.kpi_scorecard set benchmark_source = 'SuperOffice' where statistic = 'p90';
        """)
    publish(warehouse, PublicationRecord("run-1", AS_OF, AS_OF, {"duckdb": "2.0.0"}, "c0ffee" * 6, "f" * 64))
    return warehouse


@pytest.fixture
def console() -> Console:
    return Console(file=StringIO(), width=100)
