"""The documentation beside the page: complete, of this publication's code, and silent about the machine."""

import getpass
import json
import re
import sys
from html.parser import HTMLParser
from pathlib import Path

import duckdb
import pytest

from orchestration.dictionary.comments import read_comments
from orchestration.report import dbt_docs
from orchestration.report.site import write_site
from orchestration.warehouse import PROJECT_ROOT

from ..conftest import SECRETS, Helpdesk
from .small_publication import write_publication

_LARGEST_BYTES = 7_000_000


class _Page(HTMLParser):
    """Ids, addresses, columns told, and script or style that stands in the page itself."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]


def models_told(page: Path) -> dict:
    text = page.read_text(encoding="utf-8")
    found = re.search(r"manifest:(\{.*?\}),catalog:\{", text)
    assert found
    return json.loads(found[1])


def test_the_dictionary_tells_every_table_and_column(published: Helpdesk):
    docs = published.warehouse.report_dir / "docs"
    text = (docs / "index.html").read_text(encoding="utf-8")
    page = _Page()
    page.feed(text)
    with duckdb.connect(str(published.warehouse.published_file), read_only=True) as connection:
        tables = read_comments(connection)

    assert {table.full_name for table in tables} <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))
    assert text.count('<th scope="row">') == sum(len(table.columns) for table in tables) > 1300
    assert "Seconds of waiting in the queue, without the menu." in text
    assert not page.inline
    assert "default-src 'none'; script-src 'self'; style-src 'self'" in text
    for address in page.addresses:
        if address.startswith("#"):
            assert address[1:] in page.ids, address
        else:
            assert (docs / address.split("?")[0]).exists(), address


def test_the_models_are_told_and_nothing_of_the_machine(published: Helpdesk):
    docs = published.warehouse.report_dir / "docs"
    page = docs / "dbt.html"
    told = models_told(page)
    template = (Path(dbt_docs.files("dbt.task.docs").joinpath("index.html"))).read_text(encoding="utf-8")
    added = page.read_text(encoding="utf-8")
    machine = [str(PROJECT_ROOT), str(published.root), str(Path.home()), sys.prefix]

    assert told["nodes"]["model.helpdesk_warehouse.fct_calls"]["raw_code"].startswith(
        "-- Grain: one phone call"
    )
    assert set(told["metadata"]) == {"dbt_schema_version", "dbt_version", "project_name", "adapter_type"}
    assert [word for word in machine if len(word) > 4 and word in added and word not in template] == []
    assert [word for word in SECRETS.values() if word in added] == []
    keys = {key for kind in ("nodes", "sources", "exposures") for node in told[kind].values() for key in node}
    assert (
        keys & {"root_path", "compiled_path", "build_path", "compiled_code", "created_at", "checksum"}
        == set()
    )
    assert f"/{getpass.getuser()}/" not in json.dumps(told)
    assert "default-src 'none'" in added and '<use xlink:href="{{' not in added
    assert added.count("</script") == template.count("</script")
    assert sum(file.stat().st_size for file in docs.iterdir()) < _LARGEST_BYTES


def test_of_other_code_no_models_are_told(tmp_path: Path):
    # A publication of a release that did not say of which code it is.
    write_site(write_publication(tmp_path / "published.duckdb", teams=("One",)), tmp_path / "report")
    docs = tmp_path / "report" / "docs"

    assert {file.name for file in docs.iterdir()} == {"index.html"}
    assert "dbt.html" not in (docs / "index.html").read_text(encoding="utf-8")


def test_another_page_of_dbt_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "index.html").write_text("<head></head>", encoding="utf-8")
    monkeypatch.setattr(dbt_docs, "files", lambda _: tmp_path)

    with pytest.raises(ValueError, match="dbt's page has no"):
        dbt_docs.write_dbt_docs(tmp_path, {}, [])


def test_a_script_cannot_be_ended_by_a_model():
    assert "<" not in dbt_docs._script({"raw_code": "</script><script>alert(1)//"})
