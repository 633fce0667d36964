"""Every page in every language, light and dark, wide and narrow, by keyboard alone; from disk and served."""

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from orchestration.report.pages import load_pages
from orchestration.report.site import write_site
from orchestration.report.words import LANGUAGES, load_words
from tests.python.report.small_publication import write_publication

from .accessibility import violations
from .conftest import Reader

_FILES = [page.file for page in load_pages()]
_PAINTED = """() => [...document.querySelectorAll('.chart canvas')].map((canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.some((part, at) => at % 4 === 3 && part > 0);
})"""


@pytest.mark.parametrize("file", _FILES)
def test_every_page_in_every_language(reader, file):
    page = reader.open(file)
    name = file.removesuffix(".html").replace("index", "overview")

    for language in LANGUAGES:
        words = load_words()[language]
        reader.choose("language", language)
        root = page.evaluate("({ lang: document.documentElement.lang, dir: document.documentElement.dir })")
        assert root == {"lang": language, "dir": "rtl" if language == "ar" else "ltr"}
        assert page.text_content("h1") == words[f"page_{name}"]
        assert page.title() == f"{words[f'page_{name}']} – {words['site_title']}"
        assert page.locator("nav a[aria-current]").text_content() == words[f"page_{name}"]
        text = page.inner_text("body")
        assert "undefined" not in text and "NaN" not in text and "{" not in text, language
        assert page.evaluate("getComputedStyle(document.querySelector('.chart')).direction") == "ltr"
        painted = page.evaluate(_PAINTED)
        assert painted and all(painted), language


def test_arabic_runs_from_right_to_left(reader):
    page = reader.open("index.html", "lang=ar")
    links = page.locator("nav a")
    first, last = links.first.bounding_box(), links.last.bounding_box()
    heading = page.locator("h1").bounding_box()
    main = page.locator("main").bounding_box()

    assert first["x"] > last["x"]
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).textAlign") == "start"
    assert heading["x"] + heading["width"] > main["x"] + main["width"] - 60
    cards = page.locator(".card")
    assert cards.nth(0).bounding_box()["x"] > cards.nth(1).bounding_box()["x"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", _FILES)
def test_nothing_is_in_the_way_of_assistive_technology(reader, file, scheme):
    reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = reader.open(file)
    page.evaluate(
        "document.querySelectorAll('main > details, figure details').forEach((each) => { each.open = true })"
    )

    assert violations(page) == []


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_details_of_a_figure_are_accessible_too(reader, language):
    page = reader.open("responses.html", f"lang={language}")
    page.locator(".about").first.click()

    assert violations(page) == []


@pytest.mark.parametrize("file", _FILES)
def test_a_phone_shows_it_without_scrolling_sideways(reader, file):
    reader.page.set_viewport_size({"width": 390, "height": 844})
    page = reader.open(file)

    for language in LANGUAGES:
        reader.choose("language", language)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, language


def test_the_keyboard_reaches_everything(reader):
    page = reader.open("index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "figures"

    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
        if page.evaluate("document.activeElement.className") == "about":
            break
    assert {"grain", "from", "to", "channel", "team", "priority", "reset", "about"} <= reached
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"

    page.keyboard.press("Enter")
    dialog = page.locator("dialog")
    assert dialog.is_visible()
    told = dialog.inner_text()
    for word in (
        "Definition",
        "Counted (n)",
        "Not known yet (censored)",
        "Told by the records of",
        "The last refresh",
    ):
        assert word in told, word
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.className") == "about"


def test_what_is_chosen_goes_along_to_other_pages_and_comes_back(reader):
    page = reader.open("index.html")
    reader.choose("grain", "week")
    reader.choose("priority", "1")
    address = page.url

    page.click("nav a[href^='resolution']")
    reader.settled()
    assert (page.input_value("#grain"), page.input_value("#priority")) == ("week", "1")

    page.goto(address)
    reader.settled()
    assert (page.input_value("#grain"), page.input_value("#priority")) == ("week", "1")
    page.click("#reset")
    reader.settled()
    assert page.input_value("#priority") == ""


def test_the_appearance_can_be_chosen_and_is_kept(reader):
    page = reader.open("index.html")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")

    page.select_option("#theme", "dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    reader.open("cost.html")

    assert light != dark == page.evaluate("getComputedStyle(document.body).backgroundColor")


def test_what_failed_in_the_last_refresh_stands_on_top(reader, marts):
    page = reader.open("index.html")
    failed = marts.execute("select count(*) from meta.checks where status <> 'passed'").fetchone()[0]
    quarantined = marts.execute("select count(*) from meta.quarantine").fetchone()[0]
    line = page.text_content("#health-line")

    assert f"{failed} warnings" in line and f"{quarantined} records quarantined" in line
    assert "As of 19 Feb 2017, 00:00 UTC" in line
    page.click("#health summary")
    assert page.locator("#health-details table").first.locator("tbody tr").count() == failed


def test_a_replaced_publication_asks_to_reload(reader, site, tmp_path):
    copy = tmp_path / "report"
    shutil.copytree(site, copy)
    reader.site = copy.as_uri()
    page = reader.open("index.html")
    for file in copy.glob("data/*/overview-channel.js"):
        file.unlink()

    page.select_option("#channel", "0")
    page.wait_for_selector("#trouble:not([hidden])")

    assert "Reload the page" in page.text_content("#trouble")
    reader.complaints.clear()


def test_hostile_names_are_shown_as_they_are(reader, tmp_path):
    names = ("<script>alert(1)</script>", "__proto__", "<img src=x onerror=alert(1)>")
    write_site(write_publication(tmp_path / "published.duckdb", teams=names), tmp_path / "report")
    reader.site = (tmp_path / "report").as_uri()
    page = reader.open("index.html")

    shown = set(page.locator("#team option").all_text_contents())
    assert set(names) <= shown
    for place in ("0", "1", "2"):
        reader.choose("team", place)
        assert page.locator(".card .figure").first.text_content() != "–"
    assert page.locator("main script, main img").count() == 0


def test_a_warehouse_without_a_day_says_so(reader, tmp_path):
    write_site(write_publication(tmp_path / "published.duckdb", teams=(), days=0), tmp_path / "report")
    reader.site = (tmp_path / "report").as_uri()

    page = reader.open("index.html")

    assert page.text_content("#trouble") == "Nothing to show here."
    assert "As of 19 Feb 2017" in page.text_content("#health-line")


def test_it_works_behind_a_web_server_too(browser, site):
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    reader = Reader(browser.new_context(), f"http://127.0.0.1:{server.server_port}")
    try:
        page = reader.open("index.html")
        reader.choose("channel", "1")
        assert page.locator(".card .figure").first.text_content() != "–"
        assert page.evaluate("performance.getEntriesByType('paint').length") > 0
    finally:
        reader.close()
        server.shutdown()
        server.server_close()
