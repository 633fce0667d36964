"""What one page of the project's own says of another is there."""

import itertools
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from orchestration.warehouse import PROJECT_ROOT

PAGES = sorted(
    subprocess.run(
        ["git", "ls-files", "*.md"], cwd=PROJECT_ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
)


def links(page: Path) -> Iterator[str]:
    for block in MarkdownIt().enable("table").parse(page.read_text(encoding="utf-8")):
        for token in block.children or ():
            target = token.attrGet("href") or token.attrGet("src")
            if target and "://" not in str(target):
                yield unquote(str(target))


def anchors(page: Path) -> set[str]:
    """Of each heading, as GitHub makes them: small, without signs, a hyphen for each blank."""
    tokens = MarkdownIt().parse(page.read_text(encoding="utf-8"))
    headings = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_somewhere(name: str) -> None:
    page = PROJECT_ROOT / name
    lost = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = page.parent / path if path else page
        if not target.exists() or (anchor and target.suffix == ".md" and anchor not in anchors(target)):
            lost.append(link)
    assert lost == []


def test_a_lost_page_and_a_lost_heading_are_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("# One: two\n[there](#one-two) ![gone](gone.png)\n\n| a |\n|---|\n| [other](x.md#y) |\n")
    assert list(links(page)) == ["#one-two", "gone.png", "x.md#y"]
    assert anchors(page) == {"one-two"}
