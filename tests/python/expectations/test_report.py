from html.parser import HTMLParser
from pathlib import Path

import pytest

from orchestration.expectations.report import write_report
from orchestration.expectations.run import check_publication, check_raw
from tests.python.expectations.databases import AS_OF, REGISTRY, TICKET, PublicationFile, RawFile

MARKUP = "<img src='https://example.org/x.png'><script>alert(1)</script>"


class Page(HTMLParser):
    """What a browser would load, follow and show."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.text = ""
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        for name, value in attributes:
            if name == "href" and tag == "a":
                self.links.append(value)
            elif name in ("src", "href", "srcset", "data", "action", "style"):
                self.loads.append(value)

    def handle_data(self, data):
        self.text += f" {data.strip()}"


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("report")
    raw = RawFile(folder).add("raw_generic.tickets", TICKET | {"created_at": "2124-01-01", "_file": MARKUP})
    publication = PublicationFile(folder).run("drop table marts.dim_kpi")
    publication.add("core.fct_tickets", ticket_key="b", ticket_id="2", status=MARKUP)
    check_raw(raw.path, as_of=AS_OF, streams=REGISTRY, results=folder / "results")
    check_publication(publication.path, as_of=AS_OF, results=folder / "results")
    (folder / "pages").mkdir()
    (folder / "pages" / "raw_generic.gone.html").write_text("of an earlier registry")
    index = write_report(folder / "results", folder / "pages")
    assert index == folder / "pages" / "index.html"
    return {path.name: Page(path) for path in index.parent.iterdir()}


def test_there_is_one_page_for_every_table_and_none_of_an_earlier_report(pages):
    assert set(pages) == {
        "index.html",
        "meta.streams.html",
        "raw_generic.tickets.html",
        "raw_generic.ticket_events.html",
        "raw_servicenow.incidents.html",
        "core.fct_tickets.html",
        "core.fct_ticket_spells.html",
        "core.fct_backlog_daily.html",
        "marts.kpi_values.html",
        "marts.kpi_scorecard.html",
        "marts.dim_kpi.html",
    }


def test_the_pages_load_nothing_and_run_nothing(pages):
    for page in pages.values():
        assert page.tags.isdisjoint({"script", "img", "link", "iframe", "object", "embed", "form", "base"})
        assert not [load for load in page.loads if "//" in load or "url(" in load]
        assert "@import" not in page.text
        assert "url(" not in page.text


def test_every_link_leads_to_a_page_of_the_report(pages):
    for page in pages.values():
        assert {link for link in page.links if not link.startswith("#")} <= set(pages)
    assert set(pages["index.html"].links) == set(pages) - {"index.html"}


def test_the_index_counts_the_checks_of_each_table_and_puts_trouble_first(pages):
    text = " ".join(pages["index.html"].text.split())
    assert "raw_servicenow.incidents 10 – – passed stream absent" in text
    assert "raw_generic.tickets 10 2 – warning" in text
    assert "core.fct_tickets 7 – 1 failed" in text
    assert "marts.dim_kpi 0 1 1 failed" in text
    attention = text[text.index("What needs attention") : text.index("Raw tables")]
    assert attention.index("could not run marts.dim_kpi") < attention.index("warning raw_generic.tickets")


def test_a_page_shows_our_line_and_great_expectations_own_result(pages):
    text = " ".join(pages["core.fct_tickets.html"].text.split())
    assert "7 of 8 checks passed, 1 refuse publication" in text
    assert (
        "failed status is one of new, open, pending, hold, solved, closed. 1 of 2 rows break it (50.00 %)"
        in text
    )
    assert "1 unexpected values found. 50% of 2 total rows." in text


def test_a_table_that_is_missing_still_has_its_page(pages):
    assert "there is no table marts.dim_kpi" in pages["marts.dim_kpi.html"].text


def test_delivered_markup_is_shown_as_text(pages):
    assert "<script>alert(1)</script>" in pages["core.fct_tickets.html"].text
    assert "<img src='https://example.org/x.png'>" in pages["raw_generic.tickets.html"].text


def test_a_report_before_any_check_says_so(tmp_path):
    index = write_report(tmp_path / "results", tmp_path / "pages")
    assert "Nothing has been checked yet" in Page(index).text


def test_results_of_an_earlier_run_of_the_stage_are_forgotten(tmp_path):
    results = tmp_path / "results"
    check_raw(RawFile(tmp_path).path, as_of=AS_OF, streams=REGISTRY, results=results)
    (tmp_path / "build.duckdb").unlink()
    fewer = {"servicenow": REGISTRY["servicenow"]}
    check_raw(RawFile(tmp_path).path, as_of=AS_OF, streams=fewer, results=results)
    index = write_report(results, tmp_path / "pages")
    assert Page(index).links == ["raw_servicenow.incidents.html", "meta.streams.html"]
