"""What is in the way of assistive technology, by axe."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Without fetching the style sheets, which the page's own policy forbids to whoever asks.
_OPTIONS = {"resultTypes": ["violations"], "preload": False}


def violations(page: Page) -> list[tuple[str, list[tuple[list[str], str]]]]:
    """The rules that a page breaks, each with up to three places and what axe says of them."""
    return [
        (each["id"], [(node["target"], node["failureSummary"]) for node in each["nodes"][:3]])
        for each in Axe().run(page, options=_OPTIONS).response["violations"]
    ]
