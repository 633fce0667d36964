"""The documentation beside the report page: the data dictionary, and dbt's own page of the models."""

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import duckdb
from jinja2 import Environment

from orchestration.dictionary.comments import read_comments
from orchestration.dictionary.tables import SCHEMAS, Table
from orchestration.project_files import MANIFEST, is_parsed
from orchestration.publishing.fingerprint import code_fingerprint
from orchestration.publishing.record import row_in
from orchestration.report.dbt_docs import write_dbt_docs
from orchestration.report.diagram import diagrams
from orchestration.report.words import LANGUAGES, load_words
from orchestration.warehouse import PROJECT_ROOT

FOLDER = "docs"
# Their words are those of the pages and sections of the same subject.
_SUBJECTS = {
    "tickets": "tickets",
    "calls": "section_calls",
    "workforce": "page_agents",
    "voice": "page_voice",
    "money": "page_cost",
    "self_service": "page_self_service",
}


def write_docs(
    connection: duckdb.DuckDBPyConnection, folder: Path, environment: Environment, data: Path
) -> None:
    """Write the documentation of a publication.

    Args:
        connection: The published file, read-only.
        folder: The site; its assets and data are there.
        environment: The site's templates.
        data: The site's data, a folder in it.

    Raises:
        OSError: The folder cannot be written.
    """
    docs = folder / FOLDER
    docs.mkdir()
    tables = read_comments(connection)
    manifest = _manifest_of(connection)
    if manifest is not None:
        write_dbt_docs(docs, manifest, tables)
    html = environment.get_template("dictionary.html.j2").render(
        schemas={name: [table for table in tables if table.schema == name] for name in SCHEMAS},
        referring=_referring(tables),
        diagrams=diagrams(tables),
        subjects=_SUBJECTS,
        has_models=manifest is not None,
        words=load_words()["en"],
        languages=LANGUAGES,
        data=data.relative_to(folder).as_posix(),
        version=data.name,
    )
    (docs / "index.html").write_text(html, encoding="utf-8")


def _referring(tables: list[Table]) -> dict[str, list[str]]:
    """The tables that refer to each table, by name."""
    found: dict[str, list[str]] = defaultdict(list)
    for table in tables:
        meant = {column.refers_to.rpartition(".")[0] for column in table.columns if column.refers_to}
        for name in meant:
            found[name].append(table.full_name)
    return found


def _manifest_of(connection: duckdb.DuckDBPyConnection) -> dict[str, Any] | None:
    """The project as dbt read it, where it is the one that made the publication."""
    made_by = row_in(connection).get("code_fingerprint")
    file = PROJECT_ROOT / MANIFEST
    if made_by is None or not is_parsed(file) or made_by != code_fingerprint():
        return None
    manifest: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return manifest
