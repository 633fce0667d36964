"""The entity diagram of core as Mermaid, one a subject, so that each can be read."""

from collections.abc import Mapping

from orchestration.dictionary.subjects import SUBJECT_NAMES, SUBJECTS
from orchestration.dictionary.tables import Table


def entity_page(tables: list[Table], keys: Mapping[str, list[str]], by_hand: str) -> str:
    """docs/core.md: which table of core refers to which.

    Args:
        tables: Every published table.
        keys: Columns of which each table has one row a value, by its full name.
        by_hand: The sentence that says how the page is made.

    Raises:
        KeyError: A fact of core belongs to no subject.
    """
    core = {table.name: table for table in tables if table.schema == "core"}
    drawn = {name for names in SUBJECTS.values() for name in names}
    missing = sorted(name for name in core if name.startswith("fct_") and name not in drawn)
    if missing:
        raise KeyError(f"orchestration/dictionary/subjects.py: no subject has {', '.join(missing)}")
    lines = [
        "# Core: who refers to whom",
        "",
        "An arrow's label is the column; it may be NULL. Keys marked PK are those of which a table has one"
        " row a value. Every column named `…_on` or `date_day` is a reporting day, as in `dim_date`;"
        " `bridge_date_period` tells the weeks, months, quarters and years of a day."
        " Columns: [dictionary/core.md](dictionary/core.md).",
        "",
        by_hand,
    ]
    for subject, names in SUBJECTS.items():
        lines += [
            "",
            f"## {SUBJECT_NAMES[subject]}",
            "",
            "```mermaid",
            "erDiagram",
            *_diagram(names, core, keys),
            "```",
        ]
    return "\n".join(lines) + "\n"


def _diagram(names: tuple[str, ...], core: Mapping[str, Table], keys: Mapping[str, list[str]]) -> list[str]:
    arrows = []
    entities = list(names)
    for name in names:
        for column in core[name].columns:
            if column.refers_to and column.refers_to.startswith("core."):
                meant = column.refers_to.split(".")[1]
                arrows.append(f"    {meant} |o--o{{ {name} : {column.name}")
                if meant not in entities:
                    entities.append(meant)
    boxes = [line for name in entities for line in _box(core[name], keys.get(f"core.{name}", []))]
    return [*boxes, *arrows]


def _box(table: Table, key: list[str]) -> list[str]:
    lines = [f"    {table.name} {{"]
    for column in table.columns:
        marks = [mark for mark, is_so in (("PK", column.name in key), ("FK", column.refers_to)) if is_so]
        if marks:
            data_type = column.data_type.partition("(")[0]
            lines.append(f"        {data_type} {column.name} {', '.join(marks)}")
    return [*lines, "    }"]
