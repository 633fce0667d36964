"""docs/kpis.md is written from the registry; run ``python -m tests.kpi_page`` after changing it."""

import csv
import sys
from itertools import groupby
from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT

PAGE = PROJECT_ROOT / "docs" / "kpis.md"
REGISTRY = PROJECT_ROOT / "seeds" / "kpi_registry.csv"
TEXTS = PROJECT_ROOT / "seeds" / "kpi_texts.csv"


def kpi_page() -> str:
    """The page: one section a category, one paragraph a KPI."""
    texts = {text["kpi_id"]: text for text in _rows(TEXTS)}
    kpis = [kpi | texts[kpi["kpi_id"]] for kpi in _rows(REGISTRY)]
    lines = [
        "# KPIs",
        "",
        "Written from `seeds/kpi_registry.csv` and `seeds/kpi_texts.csv` by `python -m tests.kpi_page`;"
        " not edited by hand.",
    ]
    for category, members in groupby(kpis, key=lambda kpi: kpi["category"]):
        lines += ["", f"## {category.capitalize().replace('_', ' ')}"]
        for kpi in members:
            lines += [
                "",
                f"### {kpi['name']} (`{kpi['kpi_id']}`)",
                kpi["definition"],
                "",
                f"- {kpi['formula']}",
                f"- {kpi['usage']}, owned by {kpi['owner']}: {kpi['question']}",
                f"- unit {kpi['unit']}, {kpi['direction'].replace('_', ' ')}, by {kpi['attribution']} date",
                f"- needs {_in_words(kpi['required_streams'])}; asked for by {kpi['source_article']}",
            ]
    return "\n".join(lines) + "\n"


def _in_words(streams: str) -> str:
    return streams.replace(" ", ", ").replace("|", " or ")


def _rows(seed: Path) -> list[dict[str, str]]:
    with seed.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def main() -> int:
    if "--check" not in sys.argv:
        PAGE.write_text(kpi_page(), encoding="utf-8")
    elif PAGE.read_text(encoding="utf-8") != kpi_page():
        sys.stdout.write("docs/kpis.md is not what the registry says: run python -m tests.kpi_page\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
