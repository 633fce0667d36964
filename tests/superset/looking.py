"""Somebody who opens the dashboard in a real browser, and what the charts got to show."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response, sync_playwright

from tests.browser.conftest import chromium

from .served import Served

_LONGEST_WAIT = 60_000
# A page lies still when for so many moments no figures were asked for.
_MOMENT, _STILL = 250, 6
_FIGURES = "/api/v1/chart/data"
# Superset's own pixel that counts who uses it; its request is refused before it leaves the browser.
_PIXEL = "https://apachesuperset.gateway.scarf.sh/"


class Onlooker:
    """Somebody who looks at the dashboard, and notes whatever it should not do."""

    def __init__(self, page: Page, served: Served) -> None:
        self.page = page
        self.address = served.address
        self.complaints: list[str] = []
        self.shown: dict[int, list[dict[str, Any]]] = {}
        self._asked: set[Request] = set()
        page.set_default_timeout(_LONGEST_WAIT)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("request", self._request)
        page.on("requestfinished", self._ended)
        page.on("requestfinished", self._answered)
        page.on("requestfailed", self._ended)
        page.on("response", self._response)
        page.goto(f"{served.address}/login/")
        page.wait_for_load_state("networkidle")
        page.fill("input[name=username], #username", "admin")
        page.fill("input[name=password], #password", str(served.password))
        page.click("button[type=submit]")
        page.wait_for_url("**/superset/welcome/")

    def open(self, query: str = "") -> None:
        """Open the dashboard: its first tab."""
        self.shown.clear()
        self.page.goto(f"{self.address}/superset/dashboard/helpdesk/{query}")
        self._settled()

    def tabs(self) -> Iterator[str]:
        """Look at one tab after the other."""
        tabs = self.page.locator(".dashboard-component-tabs [role=tab]")
        for number in range(tabs.count()):
            tabs.nth(number).click()
            self._settled()
            yield tabs.nth(number).inner_text()

    def _settled(self) -> None:
        self.page.wait_for_selector(".dashboard-component-chart-holder:visible")
        still = 0
        for _ in range(_LONGEST_WAIT // _MOMENT):
            self.page.wait_for_timeout(_MOMENT)
            still = 0 if self._asked else still + 1
            if still == _STILL:
                return
        raise AssertionError(f"charts still wait: {self._asked}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and _PIXEL not in message.text:
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if _FIGURES in request.url:
            self._asked.add(request)

    def _ended(self, request: Request) -> None:
        self._asked.discard(request)

    def _answered(self, request: Request) -> None:
        if not request.url.startswith((self.address, "blob:", "data:")):
            self.complaints.append(f"request: {request.url}")

    def _response(self, response: Response) -> None:
        query = parse_qs(urlsplit(response.url).query)
        if _FIGURES in response.url and "form_data" in query and response.ok:
            chart = json.loads(query["form_data"][0])["slice_id"]
            self.shown[chart] = response.json()["result"][0]["data"]


@contextmanager
def looking(served: Served, width: int = 1440, height: int = 1000) -> Iterator[Onlooker]:
    """A browser, logged in."""
    # Chromium's own sandbox does not start as root, as which containers run.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        yield Onlooker(browser.new_page(viewport={"width": width, "height": height}), served)
        browser.close()
