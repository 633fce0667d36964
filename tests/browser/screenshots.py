"""Pictures of the report page for the README: ``make screenshots``."""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from .conftest import chromium

_PICTURES = (
    ("overview-light", "index.html", "en", 1440, "light"),
    ("overview-dark", "index.html", "en", 1440, "dark"),
    ("resolution-dark", "resolution.html", "en", 1440, "dark"),
    ("responses-turkish", "responses.html", "tr", 1440, "light"),
    ("overview-arabic-phone", "index.html", "ar", 390, "light"),
    ("volume-phone", "volume.html", "en", 390, "dark"),
)
_HEIGHT = {1440: 1000, 390: 844}


def main(report: Path, target: Path) -> None:
    """Take every picture.

    Args:
        report: The page of a published warehouse.
        target: Folder for the pictures.
    """
    target.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        for name, file, language, width, scheme in _PICTURES:
            context = browser.new_context(
                viewport={"width": width, "height": _HEIGHT[width]},
                color_scheme=scheme,
                device_scale_factor=1,
            )
            page = context.new_page()
            page.goto(f"{(report / file).resolve().as_uri()}?lang={language}")
            page.wait_for_selector("html[data-ready]", state="attached")
            page.screenshot(path=target / f"{name}.png")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
