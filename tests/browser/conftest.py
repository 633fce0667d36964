"""A real browser on the report page of a published warehouse; ``make browser`` runs these tests."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, sync_playwright

from orchestration.report.site import write_site
from orchestration.warehouse import PROJECT_ROOT, Warehouse

_LONGEST_WAIT = 20_000


def chromium() -> str:
    """Debian's Chromium, or the one that HELPDESK_CHROMIUM names."""
    found = os.environ.get("HELPDESK_CHROMIUM") or shutil.which("chromium")
    assert found, "no chromium: apt-get install chromium, or name one in HELPDESK_CHROMIUM"
    return found


class Reader:
    """Somebody who reads the page, and notes whatever a page should not do."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.complaints: list[str] = []
        self.page: Page = context.new_page()
        self.page.set_default_timeout(_LONGEST_WAIT)
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        self.page.on("request", self._request)
        self.page.on("dialog", lambda dialog: self.complaints.append(f"dialog: {dialog.message}"))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "blob:", "data:")):
            self.complaints.append(f"request: {request.url}")

    def open(self, file: str = "index.html", query: str = "lang=en") -> Page:
        """Open a page of the site and wait until all is drawn."""
        self.page.goto(f"{self.site}/{file}?{query}")
        return self.settled()

    def settled(self) -> Page:
        """Wait until what was chosen is shown."""
        self.page.wait_for_selector("html[data-ready]", state="attached")
        assert self.page.evaluate("document.documentElement.dataset.ready") != "trouble", self.complaints
        return self.page

    def choose(self, control: str, value: str) -> Page:
        """Choose an option of a filter, by its value."""
        self.page.select_option(f"#{control}", value)
        return self.settled()

    def close(self) -> None:
        """End, and say what the pages should not have done."""
        self.context.close()
        assert self.complaints == []


@pytest.fixture(scope="session")
def published() -> Path:
    """The published file: of the shipped samples, as ``make run`` leaves it."""
    file = Warehouse(Path(os.environ.get("HELPDESK_WAREHOUSE", PROJECT_ROOT / "warehouse"))).published_file
    assert file.exists(), f"{file}: nothing is published there; make run first"
    return file


@pytest.fixture(scope="session")
def site(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its page, as this code writes it."""
    folder = tmp_path_factory.mktemp("page") / "report"
    write_site(published, folder)
    return folder


@pytest.fixture(scope="session")
def marts(published: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The published file; ``told`` has its figures by name, of the slices that can be chosen."""
    with duckdb.connect(str(published), read_only=True) as connection:
        connection.execute("""
            create temp table told as
            select
                kpi_id || ':' || variant || ':' || attribution || ':' || statistic || ':' || clock as figure,
                slice, slice_value, period_grain, period_start, value, n, is_complete
            from marts.kpi_values
            where slice = 'all' or (slice in ('channel', 'team', 'priority') and period_grain = 'month')
        """)
        yield connection


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    # Chromium's own sandbox does not start as root, as which containers run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield running
        running.close()


@pytest.fixture
def reader(browser: Browser, site: Path) -> Iterator[Reader]:
    """A reader at a desk, who opens the page from disk."""
    of_desk = Reader(browser.new_context(viewport={"width": 1440, "height": 900}), site.as_uri())
    yield of_desk
    of_desk.close()
