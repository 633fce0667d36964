"""Every value comes out as it went in, to the client that a person programs with."""

import math
import os
import time
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb

from orchestration.postgres.copying import _csv
from orchestration.postgres.published import published_tables

from .conftest import Copy

TYPES = """
    select column_name, data_type, numeric_precision, numeric_scale, is_nullable
    from information_schema.columns where table_schema = 'helpdesk_core' and table_name = 'fct_tickets'
    order by ordinal_position
"""


def test_the_edges_of_every_type(copied: Copy) -> None:
    rows = {row[0]: row[1:] for row in copied.rows("select * from helpdesk_core.fct_tickets")}
    assert rows["a"] == (
        'it\'s "new", or\nnot',
        1.5,
        Decimal("12.3456"),
        2**63 - 1,
        True,
        date(2017, 2, 19),
        datetime(2017, 2, 19, 1, 2, 3, 456789),
        ["x", None, "y"],
    )
    assert rows["b"][:1] + rows["b"][2:] == (
        "", None, -(2**63), False, date(1, 1, 1), datetime(1969, 12, 31, 23, 59, 59, 999999), []
    )  # fmt: skip
    assert math.isnan(rows["b"][1])
    assert rows["c"] == (None, math.inf, Decimal("-0.0001"), 0, None, None, None, None)
    assert rows["d"][:3] == ("\\N", 0.1 + 0.2, Decimal("99999999999999.9999"))
    assert rows["e"][:2] == ("\\. \t عربي 中文 🙂 \r", -1e-300)


def test_types_and_keys_are_what_the_models_say(copied: Copy) -> None:
    assert copied.rows(TYPES) == [
        ("ticket_key", "text", None, None, "NO"),
        ("subject", "text", None, None, "YES"),
        ("score", "double precision", 53, None, "YES"),
        ("amount", "numeric", 18, 4, "YES"),
        ("total", "bigint", 64, 0, "YES"),
        ("is_open", "boolean", None, None, "YES"),
        ("created_on", "date", None, None, "YES"),
        ("created_at", "timestamp without time zone", None, None, "YES"),
        ("tags", "jsonb", None, None, "YES"),
    ]


def test_comments_come_from_the_published_file(copied: Copy) -> None:
    told = copied.rows("""
        select obj_description(c.oid), col_description(c.oid, 1), col_description(c.oid, 2)
        from pg_class as c where c.oid = 'helpdesk_core.fct_tickets'::regclass
    """)
    assert told == [("One row per ticket, that's all.", 'Key of the ticket: 100 % "ours".', None)]


def test_days_do_not_depend_on_the_time_zone_of_a_session(copied: Copy) -> None:
    for zone in ("UTC", "Asia/Tokyo", "America/Los_Angeles"):
        with copied.connect() as connection:
            connection.execute(f"set timezone = '{zone}'")
            query = "select created_at::date::text from helpdesk_core.fct_tickets where ticket_key = 'b'"
            assert connection.execute(query).fetchall() == [("1969-12-31",)]


def test_a_table_waits_for_a_slow_server_on_the_disk_and_not_in_memory(tmp_path: Path) -> None:
    def megabytes() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    with duckdb.connect(str(tmp_path / "wide.duckdb")) as file:
        file.execute("create schema core")
        file.execute("create table core.wide as select range, repeat('x', 1000) from range(1500000)")
        (table,) = published_tables(file, {}, ("core",))
        before = megabytes()
        with closing(_csv(file, table)) as chunks:
            next(chunks)
            # Time enough to read it all.
            time.sleep(3)
            assert megabytes() - before < 400
