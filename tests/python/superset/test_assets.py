"""The files of the dashboard fit each other and the marts, without a Superset."""

import csv
from collections.abc import Iterator

import pytest
import yaml

from orchestration.warehouse import PROJECT_ROOT
from tests.superset_columns import columns_of_marts, described, written

ASSETS = PROJECT_ROOT / "deploy" / "superset" / "assets"
KEYS = ("kpi_id", "variant", "attribution", "statistic", "clock")


def files(kind: str) -> dict[str, dict]:
    return {
        file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ASSETS / kind).glob("*.yaml")
    }


CHARTS = files("charts")
DATASETS = {dataset["uuid"]: dataset for dataset in files("datasets").values()}
DASHBOARD = files("dashboards")["customer_service_kpis"]
PLACES = [
    each["meta"]
    for each in DASHBOARD["position"].values()
    if isinstance(each, dict) and each["type"] == "CHART"
]
CHOSEN = {each["id"]: each for each in DASHBOARD["metadata"]["native_filter_configuration"]}


def dataset_of(chart: dict) -> dict:
    return DATASETS[chart["dataset_uuid"]]


def filters(chart: dict) -> dict[str, object]:
    """What a chart is narrowed to, by column."""
    found = chart["params"]["adhoc_filters"]
    return {each["subject"]: each["comparator"] for each in found if each["expressionType"] == "SIMPLE"}


def used_columns(chart: dict) -> Iterator[str]:
    params = chart["params"]
    yield from filters(chart)
    for name in ("groupby", "all_columns"):
        told = params.get(name, [])
        yield from [told] if isinstance(told, str) else told
    if "x_axis" in params:
        yield params["x_axis"]


def used_metrics(chart: dict) -> list[str]:
    params = chart["params"]
    return params.get("metrics", []) + [params[name] for name in ("metric",) if name in params]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_uses_what_its_dataset_has(name: str) -> None:
    dataset = dataset_of(CHARTS[name])
    assert set(used_columns(CHARTS[name])) <= {column["column_name"] for column in dataset["columns"]}
    assert set(used_metrics(CHARTS[name])) <= {metric["metric_name"] for metric in dataset["metrics"]}


def test_a_mark_of_a_kpi_is_one_figure() -> None:
    with (PROJECT_ROOT / "seeds" / "kpi_registry.csv").open(encoding="utf-8", newline="") as file:
        known = {row["kpi_id"] for row in csv.DictReader(file)}
    over_time = {
        name: chart for name, chart in CHARTS.items() if dataset_of(chart)["table_name"] == "kpi_values"
    }
    assert len(over_time) >= 15
    for name, chart in over_time.items():
        figures = [dict(zip(KEYS, key.split(":"), strict=True)) for key in filters(chart)["figure_key"]]
        assert sorted({figure["kpi_id"] for figure in figures}) == sorted(filters(chart)["kpi_id"]), name
        assert known.issuperset(filters(chart)["kpi_id"]), name
        # What names the lines of a chart tells its figures apart.
        for column in chart["params"].get("groupby", []):
            if column != "figure":
                assert len({figure[column] for figure in figures}) == len(figures), name
        assert bool(chart["params"].get("groupby")) == (len(figures) > 1), name
        assert filters(chart)["is_complete"] is True, name
        assert all(metric.startswith("figure_") for metric in used_metrics(chart)), name


def test_metrics_of_kpis_refuse_more_than_one_figure() -> None:
    (values,) = (dataset for dataset in DATASETS.values() if dataset["table_name"] == "kpi_values")
    for metric in values["metrics"]:
        assert metric["expression"].startswith("case when count(*) > 1 then error("), metric["metric_name"]


def test_every_chart_is_on_the_dashboard_once() -> None:
    assert sorted(place["uuid"] for place in PLACES) == sorted(chart["uuid"] for chart in CHARTS.values())
    assert len({place["chartId"] for place in PLACES}) == len(PLACES)


def test_a_filter_reaches_the_charts_that_have_its_column() -> None:
    ids = {place["uuid"]: place["chartId"] for place in PLACES}
    chosen = [each for each in CHOSEN.values() if each.get("filterType") == "filter_select"]
    assert len(chosen) == 5
    for each in chosen:
        (target,) = each["targets"]
        column = target["column"]["name"]
        assert column in {known["column_name"] for known in DATASETS[target["datasetUuid"]]["columns"]}
        for name, chart in CHARTS.items():
            if ids[chart["uuid"]] not in each["scope"]["excluded"]:
                has = {known["column_name"] for known in dataset_of(chart)["columns"]}
                assert column in has, (each["name"], name)


def test_figures_of_several_parts_or_grains_cannot_be_chosen_together() -> None:
    for name, default in (("grain", "month"), ("part", "All tickets")):
        one = CHOSEN[f"NATIVE_FILTER-{name}"]
        assert one["controlValues"]["multiSelect"] is False
        assert one["controlValues"]["enableEmptyFilter"] is True
        assert one["defaultDataMask"]["filterState"]["value"] == [default]


def test_the_file_is_opened_read_only_and_nothing_else() -> None:
    (database,) = files("databases").values()
    address, _, options = database["sqlalchemy_uri"].partition("?")
    assert address == "duckdb:///warehouse/helpdesk.duckdb"
    assert sorted(options.split("&")) == [
        "access_mode=read_only",
        "enable_external_access=false",
        "lock_configuration=true",
    ]
    assert not any(database[name] for name in ("allow_dml", "allow_ctas", "allow_cvas", "allow_csv_upload"))


@pytest.mark.parametrize("dataset", DATASETS.values(), ids=lambda dataset: dataset["table_name"])
def test_every_column_is_described_as_its_mart_describes_it(dataset: dict) -> None:
    assert written(described(dataset, columns_of_marts())) == written(dataset)
    assert [column["column_name"] for column in dataset["columns"] if not column["description"]] == []
    assert [metric["metric_name"] for metric in dataset["metrics"] if not metric["description"]] == []


def test_a_column_that_a_mart_gained_is_noticed() -> None:
    (calls,) = (dataset for dataset in DATASETS.values() if dataset["table_name"] == "calls")
    marts = columns_of_marts()
    marts["calls"] = [
        *marts["calls"],
        {"column_name": "new", "type": "DATE", "is_dttm": True, "description": "New."},
    ]
    columns = [column["column_name"] for column in described(calls, marts)["columns"]]
    assert columns[-2:] == ["new", "weekday"]
