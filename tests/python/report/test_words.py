"""The words of the page: the same in all six languages, and a word for all that the page names."""

import re

import pytest

from orchestration.report.pages import all_figures, load_pages
from orchestration.report.site import SCRIPTS
from orchestration.report.words import LANGUAGES, load_words
from orchestration.warehouse import PROJECT_ROOT

_REPORT = PROJECT_ROOT / "orchestration" / "report"


def test_the_languages_are_those_of_the_registry():
    labels = (PROJECT_ROOT / "seeds" / "kpi_labels.csv").read_text(encoding="utf-8").splitlines()[1:]

    assert {line.split(",")[1] for line in labels} == set(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_there_with_the_same_places(language):
    words = load_words()

    for key, text in words["en"].items():
        told = words[language][key]
        assert told and told.strip() == told, key
        assert set(re.findall(r"\{\w+\}", told)) == set(re.findall(r"\{\w+\}", text)), key


@pytest.mark.parametrize("language", [each for each in LANGUAGES if each != "en"])
def test_words_are_translated(language):
    words = load_words()
    same = [key for key, text in words["en"].items() if text == words[language][key]]

    assert len(same) < len(words["en"]) / 8, same


def test_whatever_the_pages_name_has_a_word():
    words = load_words()["en"]
    named = {f"page_{page.name}" for page in load_pages()}
    for page in load_pages():
        for section in page.sections:
            named |= {f"section_{section.title}"} | {f"chart_{chart.title}" for chart in section.charts}
    for figure in all_figures():
        _, variant, attribution, statistic, clock = figure.split(":")
        named |= {statistic, f"attribution_{attribution}"}
        named |= {f"clock_{clock}"} if clock != "none" else set()
        named |= {f"variant_{variant}"} if variant != "default" else set()

    assert named <= set(words), sorted(named - set(words))


def test_whatever_the_scripts_ask_for_has_a_word():
    words = load_words()["en"]
    text = "".join(
        (_REPORT / "assets" / f"{name}.js").read_text(encoding="utf-8") for name in (*SCRIPTS, "dictionary")
    )
    asked = set(re.findall(r"\bt\(\"(\w+)\"", text))

    assert len(asked) > 50
    assert asked <= set(words), sorted(asked - set(words))
