"""The entity diagram: every fact of core is drawn once, and each key has a line to the table it means."""

import pytest

from orchestration.defs.models import MANIFEST
from orchestration.dictionary.subjects import SUBJECT_NAMES, SUBJECTS
from orchestration.dictionary.tables import Column, Table, documented_tables
from orchestration.report.diagram import Box, diagrams


@pytest.fixture(scope="module")
def tables() -> list[Table]:
    return documented_tables(MANIFEST)


def test_every_fact_belongs_to_one_subject(tables: list[Table]):
    facts = sorted(t.name for t in tables if t.schema == "core" and t.name.startswith("fct_"))

    assert sorted(name for names in SUBJECTS.values() for name in names) == facts
    assert set(SUBJECT_NAMES) == set(SUBJECTS)


def test_a_line_leaves_every_column_that_refers_to_something(tables: list[Table]):
    core = {table.name: table for table in tables if table.schema == "core"}
    for diagram in diagrams(tables):
        expected = {
            (name, column.name)
            for name in SUBJECTS[diagram.subject]
            for column in core[name].columns
            if column.refers_to and column.refers_to.startswith("core.")
        }
        drawn = {(box.name, column) for box in diagram.boxes for column, _ in box.rows}
        assert drawn == expected, diagram.subject
        assert len(diagram.lines) == len(expected)
        starts = {" ".join(path.split()[:2]) for path, _ in diagram.lines}
        assert starts == {f"M{box.x + box.width} {y}" for box in diagram.boxes for _, y in box.rows}


def test_boxes_neither_overlap_nor_leave_the_drawing(tables: list[Table]):
    def overlap(one: Box, other: Box) -> bool:
        return (
            one.x < other.x + other.width
            and other.x < one.x + one.width
            and one.y < other.y + other.height
            and other.y < one.y + one.height
        )

    for diagram in diagrams(tables):
        for at, box in enumerate(diagram.boxes):
            assert box.x > 0 and box.x + box.width < diagram.width
            assert box.y > 0 and box.y + box.height < diagram.height
            assert not [other.name for other in diagram.boxes[at + 1 :] if overlap(box, other)]


def test_a_line_ends_at_the_table_that_is_meant():
    column = Column("call_key", "string", "", None, "core.fct_calls.call_key")
    other = Column("wait_seconds", "bigint", "", "seconds", None)
    kpi = Column("kpi_id", "string", "", None, "marts.dim_kpi.kpi_id")
    legs = Table("core", "fct_call_legs", "", "", (other, column, kpi))

    (diagram,) = diagrams([legs, Table("core", "fct_calls", "", "", (other,))])

    boxes = {box.name: box for box in diagram.boxes}
    assert set(boxes) == {"fct_call_legs", "fct_calls"}
    assert [name for name, _ in boxes["fct_call_legs"].rows] == ["call_key"]
    ((path, _),) = diagram.lines
    assert path.startswith(f"M{boxes['fct_call_legs'].x + 230} {boxes['fct_call_legs'].rows[0][1]} ")
    assert path.endswith(f" {boxes['fct_calls'].x} {boxes['fct_calls'].y + 14}")
