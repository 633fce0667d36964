"""Superset reads what is published, only reads it, and reads the next publication."""

import shutil
import stat
import subprocess

import pytest

from .conftest import superset_python
from .looking import looking
from .served import Analyst, Served, serve
from .test_figures import figure_keys, of_chart, told

CREATED = {
    "columns": ["period_start"],
    "metrics": ["figure_value"],
    "filters": [
        {"col": "kpi_id", "op": "IN", "val": ["tickets_created"]},
        {"col": "figure_key", "op": "IN", "val": ["tickets_created:default:created:count:none"]},
        {"col": "period_grain", "op": "IN", "val": ["year"]},
        {"col": "part", "op": "IN", "val": ["All tickets"]},
    ],
    "row_limit": 100,
}
_PUBLISH_SEVEN_MORE = """
import duckdb, sys
with duckdb.connect(sys.argv[1]) as connection:
    connection.execute("update marts.kpi_values set value = value + 7 where kpi_id = 'tickets_created'")
"""


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("delete from marts.tickets", "does not allow for DDL/DML"),
        ("create table marts.mine as select 1", "does not allow for DDL/DML"),
        ("copy (select 1) to 'mine.csv'", "disabled by configuration"),
        ("select * from read_csv('/etc/hostname')", "disabled by configuration"),
        ("attach 'other.duckdb'", "disabled by configuration"),
        ("set enable_external_access = true", "configuration has been locked"),
    ],
)
def test_nothing_can_be_written_and_no_other_file_read(
    analyst: Analyst, statement: str, refusal: str
) -> None:
    status, answer = analyst.sql(statement)
    assert status >= 400
    assert refusal in str(answer)


def test_the_file_is_opened_read_only_whatever_superset_allows(superset: Served, analyst: Analyst) -> None:
    number = analyst.id_of("database", "database_name", "Helpdesk warehouse")
    _, answer = analyst.ask("GET", f"/api/v1/database/{number}/connection")
    write = (
        "import sys, sqlalchemy; connection = sqlalchemy.create_engine(sys.argv[1]).connect();"
        " connection.execute(sqlalchemy.text('create table marts.mine as select 1'))"
    )
    done = subprocess.run(
        [superset_python(), "-c", write, answer["result"]["sqlalchemy_uri"]],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "read-only mode" in done.stderr


def test_two_figures_in_one_mark_are_refused(analyst: Analyst) -> None:
    source = {"id": analyst.id_of("dataset", "table_name", "kpi_values"), "type": "table"}
    query = CREATED | {"filters": CREATED["filters"][:2]}
    status, answer = analyst.ask("POST", "/api/v1/chart/data", {"datasource": source, "queries": [query]})
    assert status >= 400
    assert "More than one figure in one mark" in str(answer)


def test_another_part_and_another_grain(superset: Served, analyst: Analyst, charts, marts) -> None:
    chosen = ",".join(
        f"NATIVE_FILTER-{name}:(extraFormData:(filters:!((col:{column},op:IN,val:!('{value}')))),"
        f"filterState:(label:'{value}',value:!('{value}')),id:NATIVE_FILTER-{name},ownState:())"
        for name, column, value in (("part", "part", "channel: email"), ("grain", "period_grain", "quarter"))
    )
    with looking(superset) as onlooker:
        onlooker.open(f"?native_filters=({chosen})")
        shown = onlooker.shown[analyst.id_of("chart", "slice_name", "Tickets created")]
    assert onlooker.complaints == []
    ours = told(marts, figure_keys(charts["Tickets created"]), ("channel", "email"), "quarter")
    assert len(ours) >= 4
    assert {period: values[0].expected for period, values in of_chart(shown, 1).items()} == {
        period: values[0] for period, values in ours.items()
    }


def test_the_next_publication_is_seen_by_the_next_query(superset: Served, analyst: Analyst) -> None:
    before = analyst.rows("kpi_values", CREATED)
    assert before
    published = superset.published.with_name("next.duckdb")
    shutil.copy(superset.published, published)
    subprocess.run([superset_python(), "-c", _PUBLISH_SEVEN_MORE, published], check=True)
    published.replace(superset.published)
    after = analyst.rows("kpi_values", CREATED)
    assert [row["figure_value"] for row in after] == [row["figure_value"] + 7 for row in before]


def test_a_second_start_goes_on_with_what_is_there(superset: Served, analyst: Analyst) -> None:
    number = analyst.id_of("chart", "slice_name", "Tickets created")
    status, _ = analyst.ask("PUT", f"/api/v1/chart/{number}", {"slice_name": "Ours"})
    assert status == 200
    copy = superset.home.with_name("second")
    shutil.copytree(superset.home, copy)
    with serve(superset_python(), superset.published.parent, copy) as again:
        assert again.password is None
        kept = Analyst(again.address, str(superset.password))
        assert kept.id_of("chart", "slice_name", "Ours") == number
    # As after a change of the shipped files: they come in place of what was changed here.
    (copy / "imported").write_text("another", encoding="utf-8")
    with serve(superset_python(), superset.published.parent, copy) as again:
        renewed = Analyst(again.address, str(superset.password))
        assert renewed.id_of("chart", "slice_name", "Tickets created") == number


def test_what_superset_keeps_is_for_its_owner_only(superset: Served) -> None:
    for file in (superset.home, *superset.home.iterdir()):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    assert str(superset.password) not in (superset.home / "prepare.log").read_text(encoding="utf-8")
