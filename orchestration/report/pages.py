"""What stands on which page: pages.toml, read and checked."""

import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

_FILE = Path(__file__).with_name("pages.toml")
FIGURE_COLUMNS = ("kpi_id", "variant", "attribution", "statistic", "clock")
FigureName = str


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Chart(_Part):
    """A chart, and the table behind it; its figures share one unit."""

    title: str
    kind: Literal["line", "bar", "stacked"] = "line"
    figures: tuple[FigureName, ...] = Field(min_length=1, max_length=6)


class Section(_Part):
    """A part of a page: cards, charts, and what is told by no KPI alone (``extra``)."""

    title: str
    cards: tuple[FigureName, ...] = ()
    charts: tuple[Chart, ...] = ()
    extra: Literal["scorecard", "types", "staffing", "agents"] | None = None

    def figures(self) -> Iterator[FigureName]:
        """Every figure that the section shows, some of them twice."""
        yield from self.cards
        for chart in self.charts:
            yield from chart.figures


class Page(_Part):
    """A page of the site."""

    name: str
    sections: tuple[Section, ...]

    @property
    def file(self) -> str:
        """Its file; the first page is what a web server shows for the folder."""
        return "index.html" if self.name == "overview" else f"{self.name}.html"

    def figures(self) -> list[FigureName]:
        """Every figure that the page shows, once, in the order of the page."""
        return list(dict.fromkeys(figure for section in self.sections for figure in section.figures()))


@cache
def load_pages() -> tuple[Page, ...]:
    """The pages, in the order of the navigation."""
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return tuple(Page.model_validate(page) for page in content["pages"])


def all_figures() -> list[FigureName]:
    """Every figure of the site, once."""
    return list(dict.fromkeys(figure for page in load_pages() for figure in page.figures()))
