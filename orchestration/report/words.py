"""The words of the page in the six languages of the registry: words.csv, one row a key."""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("words.csv")
# In the order of marts.dim_kpi; each by its own name, as people look for it.
LANGUAGES = {
    "en": "English",
    "tr": "Türkçe",
    "lv": "Latviešu",
    "ar": "العربية",
    "da": "Dansk",
    "zh": "中文",
}


@cache
def load_words() -> Mapping[str, Mapping[str, str]]:
    """The words by language and key."""
    with _FILE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return {language: {row["key"]: row[language] for row in rows} for language in LANGUAGES}
