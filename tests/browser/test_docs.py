"""The documentation beside the page: found, opened, read in every language, by everybody, and quiet."""

import duckdb
import pytest

from orchestration.report.words import LANGUAGES, load_words

from .accessibility import violations
from .conftest import Reader

_DICTIONARY = "docs/index.html"


def opened(reader: Reader, address: str = _DICTIONARY, language: str = "en"):
    file, _, place = address.partition("#")
    return reader.open(file, f"lang={language}" + (f"#{place}" if place else ""))


def test_the_page_leads_to_the_dictionary_and_back_in_the_same_language(reader: Reader):
    page = opened(reader, "index.html", "da")

    page.click("footer a")
    reader.settled()
    assert page.text_content("h1") == load_words()["da"]["page_dictionary"]
    page.click("nav a >> nth=0")
    reader.settled()
    assert page.text_content("h1") == load_words()["da"]["page_overview"]


@pytest.mark.parametrize("width", [1440, 390])
def test_every_language_fits(reader: Reader, width: int):
    reader.page.set_viewport_size({"width": width, "height": 844})
    page = opened(reader)

    for language in LANGUAGES:
        reader.choose("language", language)
        words = load_words()[language]
        assert page.text_content("h1") == words["page_dictionary"]
        assert page.text_content("label[for=wanted]") == words["find_column"]
        assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, language


def test_a_word_finds_tables_and_columns(reader: Reader, marts: duckdb.DuckDBPyConnection):
    page = opened(reader)
    (tables, columns) = marts.execute(
        "select count(distinct schema_name || table_name), count(*) from duckdb_columns()"
        " where schema_name in ('core', 'marts', 'meta')"
    ).fetchone()
    assert page.text_content("#found") == f"{tables} tables, {columns:,} columns"

    page.fill("#wanted", "IVR second")
    rows = page.locator("tbody tr:visible")
    assert {"ivr_seconds"} == set(rows.locator("th").all_text_contents())
    assert page.locator("details.table:visible").count() == rows.count() > 0

    page.fill("#wanted", "fct_calls")
    assert page.locator("details[id='core.fct_calls']").is_visible()
    page.fill("#wanted", "no such column")
    assert page.text_content("#found") == "Nothing to show here."
    assert page.locator("details.table:visible").count() == 0


def test_a_reference_opens_the_table_that_is_meant(reader: Reader):
    page = opened(reader, f"{_DICTIONARY}#core.fct_calls")
    assert page.locator("details[id='core.fct_calls'] table").is_visible()

    page.click("details[id='core.fct_calls'] td a >> nth=0")
    assert page.locator("details[id='core.fct_tickets'] table").is_visible()
    page.fill("#wanted", "ticket_key")
    page.click("details[id='core.fct_tickets'] p a >> nth=0")
    assert page.input_value("#wanted") == ""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_in_the_way_of_assistive_technology(reader: Reader, scheme: str):
    reader.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page = opened(reader, f"{_DICTIONARY}#core.fct_tickets")
    page.locator("#entities").evaluate("(each) => { each.open = true }")

    assert violations(page) == []


def test_the_models_can_be_read_and_ask_nobody(reader: Reader):
    page = opened(reader)
    page.click("nav a[href^='dbt.html']")
    page.get_by_text("How the figures are made").wait_for()

    page.goto(f"{reader.site}/docs/dbt.html#!/model/model.helpdesk_warehouse.fct_calls")
    page.get_by_text("One row per phone call that is over.").first.wait_for()
    assert "select * from final" in page.content()
    page.goto(f"{reader.site}/docs/dbt.html#!/exposure/exposure.helpdesk_warehouse.report_page")
    page.get_by_text("Support lead").first.wait_for()
