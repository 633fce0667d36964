"""What can be said of MetricFlow's metrics without MetricFlow; ``make metrics`` asks it."""

import csv
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from orchestration.errors import UsageError
from orchestration.metrics import ask_nobody_else, main, prepare
from orchestration.warehouse import PROJECT_ROOT, Warehouse


def _metrics() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    for file in (PROJECT_ROOT / "models").rglob("*.yml"):
        told += yaml.safe_load(file.read_text(encoding="utf-8")).get("metrics", [])
    return [metric for metric in told if not metric["name"].startswith("cases_")]


def _texts() -> dict[str, dict[str, str]]:
    with (PROJECT_ROOT / "seeds" / "kpi_texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["kpi_id"]: row for row in csv.DictReader(file)}


def _kpi(metric: dict[str, Any], texts: dict[str, dict[str, str]]) -> dict[str, str]:
    """The KPI that a metric's name begins with: the longest, for some begin with another."""
    found = [kpi for kpi in texts if f"{metric['name']}_".startswith(f"{kpi}_")]
    return texts[max(found, key=len)]


def test_metrics_are_named_as_the_registry_names_kpis() -> None:
    texts, metrics = _texts(), _metrics()
    assert len(metrics) > 180
    for metric in metrics:
        kpi = _kpi(metric, texts)
        assert metric["description"] == kpi["definition"], metric["name"]
        assert f"{metric['label']}, ".startswith(f"{kpi['name']}, "), metric["name"]
        assert f"'{kpi['kpi_id']}'" in metric.get("filter", f"'{metric['name']}'"), metric["name"]
    labels = [metric["label"] for metric in metrics]
    assert len(labels) == len(set(labels))


def test_without_a_publication_there_is_nothing_to_ask(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing is published there; name a warehouse"):
        prepare(Warehouse(tmp_path))


def test_without_metricflow_it_says_how_to_get_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "update_checker", None)
    with pytest.raises(UsageError):
        ask_nobody_else()
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert capsys.readouterr().err == "helpdesk-mf: MetricFlow is not installed: run make setup-semantic\n"
