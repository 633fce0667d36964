"""The site written: pages from templates, figures and words as scripts, so that it opens from disk."""

import json
import shutil
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from orchestration.publishing.database import open_database
from orchestration.report.content import (
    read_extras,
    read_health,
    read_kpis,
    read_minimum,
    read_scorecard,
)
from orchestration.report.docs import write_docs
from orchestration.report.figures import Figures, Row, read_figures
from orchestration.report.limits import LARGEST_SITE_BYTES, LEVELS, SLICES, Limits
from orchestration.report.packed import write_packed
from orchestration.report.pages import load_pages
from orchestration.report.words import LANGUAGES, load_words

_FOLDER = Path(__file__).parent
# The order in which the page loads them: each uses what the ones before it define.
SCRIPTS = (
    *("start", "data", "format", "state", "series"),
    *("dom", "detail", "cards", "charts", "tables", "extras", "main"),
)
_RUN_LENGTH = 8


def write_site(published: Path, folder: Path) -> None:
    """Write the report page of a publication.

    Args:
        published: A published file; it is only read.
        folder: Where to write; a new or empty folder.

    Raises:
        HelpdeskError: The file cannot be opened.
        duckdb.Error: It lacks a table or column that the page tells of.
        OSError: The folder cannot be written.
    """
    with open_database(published, read_only=True) as connection:
        connection.execute("set enable_progress_bar = false")
        health = read_health(connection)
        # Of another publication's figures nothing can be loaded by a page that is open: they lie elsewhere.
        data = folder / "data" / data_name(str(health["run_id"]))
        data.mkdir(parents=True)
        kpis = read_kpis(connection)
        write_packed(data / "words.js", "words", load_words())
        write_packed(data / "scorecard.js", "scorecard", read_scorecard(connection))
        write_packed(data / "extras.js", "extras", read_extras(connection))
        shutil.copytree(_FOLDER / "assets", folder / "assets")
        shutil.copytree(_FOLDER / "vendor", folder / "assets" / "vendor")
        _write_pages(folder, data, kpis)
        about = {"health": health, "minimum": read_minimum(connection), "kpis": kpis}
        for limits in LEVELS:
            _write_figures(data, about, read_figures(connection, limits), limits)
            if sum(file.stat().st_size for file in folder.rglob("*")) <= LARGEST_SITE_BYTES:
                break
        # Not among those bytes: nobody loads it who reads figures.
        write_docs(connection, folder, _environment(), data)


def data_name(run_id: str) -> str:
    """The folder, in ``data``, of the figures of one publication."""
    return run_id[:_RUN_LENGTH]


def write_notice(folder: Path, reason: str) -> None:
    """Write one page that says why a publication has no report.

    Args:
        folder: Where to write; it is emptied first.
        reason: Why, in one line.
    """
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    html = _environment().get_template("notice.html.j2").render(reason=reason)
    (folder / "index.html").write_text(html, encoding="utf-8")


def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _write_pages(folder: Path, data: Path, kpis: dict[str, Row]) -> None:
    template = _environment().get_template("page.html.j2")
    for page in load_pages():
        html = template.render(
            page=page,
            content=json.dumps([section.model_dump() for section in page.sections]),
            pages=load_pages(),
            words=load_words()["en"],
            labels={kpi_id: kpi["labels"][0] for kpi_id, kpi in kpis.items()},
            languages=LANGUAGES,
            scripts=SCRIPTS,
            data=data.relative_to(folder).as_posix(),
            # So that no browser takes the scripts of an earlier version for those of this page.
            version=data.name,
        )
        (folder / page.file).write_text(html, encoding="utf-8")


def _write_figures(data: Path, about: dict[str, Any], figures: Figures, limits: Limits) -> None:
    """What all pages share, and for each page a script for all tickets and one for each slice."""
    site = about | {
        "periods": figures.periods,
        "slices": figures.slices,
        "sliceCounts": figures.slice_counts,
        "eachPeriods": limits.of_each,
    }
    write_packed(data / "site.js", "site", site)
    for page in load_pages():
        for slice_name in ("all", *SLICES):
            found = figures.series.get(slice_name, {})
            told = {figure: found[figure] for figure in page.figures() if figure in found}
            name = f"{page.name}-{slice_name}"
            write_packed(data / f"{name}.js", name, told)
