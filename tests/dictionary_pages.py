"""docs/dictionary/ and docs/core.md, written from the models' yml: ``python -m tests.dictionary_pages``."""

import json
import sys
from pathlib import Path

from orchestration.dbt import dbt_project
from orchestration.dictionary.references import key_of
from orchestration.dictionary.tables import SCHEMAS, Column, Table, documented_tables
from orchestration.warehouse import PROJECT_ROOT

from .entity_diagram import entity_page

_BY_HAND = "Written from the yml beside each model by `python -m tests.dictionary_pages`; not edited by hand."
_ABOUT = {
    "marts": "Wide tables and KPIs: nothing to join.",
    "core": "The star schema: facts (`fct_`) and dimensions (`dim_`), drawn in [core.md](../core.md).",
    "meta": "What a publication is made of, and what was found wrong.",
}


def pages() -> dict[Path, str]:
    """Every page that is written, by its file."""
    manifest = json.loads(dbt_project().manifest_path.read_text(encoding="utf-8"))
    tables = documented_tables(manifest)
    docs = PROJECT_ROOT / "docs"
    return {
        docs / "core.md": entity_page(tables, key_of(manifest), _BY_HAND),
        **{docs / "dictionary" / f"{schema}.md": _schema_page(schema, tables) for schema in SCHEMAS},
    }


def _schema_page(schema: str, tables: list[Table]) -> str:
    lines = [f"# Schema {schema}", "", f"{_ABOUT[schema]} {_BY_HAND}"]
    for table in tables:
        if table.schema == schema:
            lines += ["", f"## {table.name}", f"One row: {table.grain}", "", _plain(table.description), ""]
            lines += ["| column | type | unit | what it holds |", "|---|---|---|---|"]
            lines += [_row(column) for column in table.columns]
    return "\n".join(lines) + "\n"


def _row(column: Column) -> str:
    refers_to = f" → `{column.refers_to}`" if column.refers_to else ""
    told = f"{_plain(column.description)}{refers_to}"
    return f"| `{column.name}` | {column.data_type} | {column.unit or ''} | {told} |"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def main() -> int:
    for file, text in pages().items():
        if "--check" not in sys.argv:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != text:
            place = file.relative_to(PROJECT_ROOT)
            sys.stdout.write(f"{place} is not what the models say: run python -m tests.dictionary_pages\n")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
