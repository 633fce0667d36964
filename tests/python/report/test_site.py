"""The site of a publication: whole, small, of nobody else's making, and the same figures as the marts."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from orchestration.report.figures import FIGURE_COLUMNS
from orchestration.report.limits import LARGEST_SITE_BYTES, SLICES
from orchestration.report.packed import read_packed
from orchestration.report.pages import all_figures, load_pages
from orchestration.report.site import write_site

from ..cli.test_privacy import delivered
from ..conftest import Helpdesk
from .small_publication import write_publication

HOSTILE = ("<script>alert(1)</script>", "__proto__", '"];alert(1)//', "O'Neill & Söhne", "فريق الدعم")
_SVG = "http://www.w3.org/2000/svg"


class _Resources(HTMLParser):
    """What a page loads or leads to, and whether it holds script or style of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.inline: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.addresses += [value for name, value in attrs if name in ("src", "href") and value]
        if tag == "style" or (tag == "script" and "src" not in given):
            self.inline.append(tag)
        self.inline += [name for name in given if name.startswith("on") or name == "style"]


def size(folder: Path) -> int:
    """Bytes of the page, without the documentation beside it."""
    docs = set((folder / "docs").rglob("*"))
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file() and file not in docs)


def data_of(folder: Path, name: str) -> object:
    (file,) = folder.glob(f"data/*/{name}.js")
    return read_packed(file)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    write_site(write_publication(folder / "published.duckdb", teams=HOSTILE), folder / "report")
    return folder / "report"


def test_a_refresh_leaves_a_page_of_the_run_it_published(published: Helpdesk):
    report = published.warehouse.report_dir

    assert {page.file for page in load_pages()} <= {file.name for file in report.iterdir()}
    assert (
        data_of(report, "site")["health"]["run_id"]
        == published.rows("select run_id from meta.publication")[0][0]
    )
    assert size(report) < LARGEST_SITE_BYTES
    assert not list(published.root.glob(".report*"))


def test_pages_load_nothing_from_elsewhere_and_hold_no_script(published: Helpdesk):
    report = published.warehouse.report_dir

    for page in report.glob("*.html"):
        text = page.read_text(encoding="utf-8")
        found = _Resources()
        found.feed(text)
        assert found.addresses and not found.inline, page.name
        for address in found.addresses:
            assert re.fullmatch(r"#figures|(docs/)?[a-z_]+\.html|(assets|data)/[\w/.-]+(\?\w+)?", address), (
                address
            )
            assert address.startswith("#") or (report / address.split("?")[0]).exists(), address
        assert "default-src 'none'; script-src 'self'; style-src 'self'" in text
    for script in report.rglob("*.js"):
        named = re.findall(r"https?://[^\s\"'`)]+", script.read_text(encoding="utf-8"))
        assert set(named) <= {_SVG}, (script.name, named)
    assert "url(" not in (report / "assets" / "report.css").read_text(encoding="utf-8")


def test_echarts_comes_with_its_licence_and_is_the_recorded_build(published: Helpdesk):
    from hashlib import sha256

    vendor = published.warehouse.report_dir / "assets" / "vendor"
    recorded = json.loads((vendor / "echarts.json").read_text(encoding="utf-8"))

    assert sha256((vendor / "echarts.js").read_bytes()).hexdigest() == recorded["sha256"]
    assert "Apache License" in (vendor / "LICENSE").read_text(encoding="utf-8")
    assert "Apache ECharts" in (vendor / "NOTICE").read_text(encoding="utf-8")


def test_figures_are_those_of_the_marts(published: Helpdesk):
    report = published.warehouse.report_dir
    site = data_of(report, "site")
    expected = {
        (*row[:5], row[5], row[6], row[7], row[8]): row[9:]
        for row in published.rows(
            f"select {', '.join(FIGURE_COLUMNS)}, slice, slice_value, period_grain,"
            " cast(period_start as varchar), value, n, n_censored, is_complete from marts.kpi_values"
        )
    }

    compared = 0
    for page in load_pages():
        for name in ("all", *SLICES):
            for figure, by_place in data_of(report, f"{page.name}-{name}").items():
                for place, by_grain in by_place.items():
                    value_name = "all" if name == "all" else site["slices"][name][int(place)]
                    for grain, series in by_grain.items():
                        compared += _compare(
                            series,
                            site["periods"][grain],
                            expected,
                            (*figure.split(":"), name, value_name, grain),
                        )
    assert compared > 5000


def _compare(series: dict, periods: list[str], expected: dict, key: tuple) -> int:
    compared = 0
    for at, value in enumerate(series["v"]):
        position = series["s"] + at
        told = expected.get((*key, periods[position]))
        if told is None:
            assert value is None, key
            continue
        if position in series.get("u", ()):
            assert value is None and told[1] < 5, key
        else:
            assert value == (None if told[0] is None else pytest.approx(told[0], rel=1e-6)), (
                key,
                periods[position],
            )
        assert (series["n"][at] if "n" in series else value) == told[1], key
        assert (series["c"][at] if "c" in series else None) == (told[2] or None), key
        assert (position in series.get("i", ())) is not told[3], key
        compared += 1
    return compared


def test_nobody_is_named_on_the_page(published: Helpdesk):
    told = [page.read_text(encoding="utf-8") for page in published.warehouse.report_dir.glob("*.html")]
    for file in published.warehouse.report_dir.glob("data/*/*.js"):
        told.append(json.dumps(read_packed(file), ensure_ascii=False))
    everything = "\n".join(told)

    for stream, column in (
        ("customers", "email"),
        ("customers", "name"),
        ("agents", "email"),
        ("agents", "name"),
    ):
        names = delivered(published, stream, column)
        assert len(names) > 10
        assert [name for name in names if f'"{name}"' in everything or f">{name}<" in everything] == []
    assert "@example" not in everything


def test_every_figure_of_the_pages_is_registered_and_measured(published: Helpdesk):
    known = set(published.rows("select kpi_id, statistic from marts.dim_kpi cross join core.dim_statistic"))

    for name in all_figures():
        kpi, _, attribution, statistic, clock = name.split(":")
        assert (kpi, statistic) in known, name
        assert attribution in ("created", "solved", "event", "as_of") and clock in (
            "none",
            "calendar",
            "business",
        )


def test_what_too_few_have_answered_is_not_told(hostile: Path):
    series = data_of(hostile, "overview-all")["csat_score:default:event:rate:none"]["0"]["day"]
    told = [at for at, n in enumerate(series["n"]) if n >= 5]
    kept = [at for at, n in enumerate(series["n"]) if n < 5]

    assert told and kept
    assert all(series["v"][at] is not None for at in told)
    assert all(series["v"][at] is None and series["s"] + at in series["u"] for at in kept)


def test_a_repeated_file_is_not_told_as_refused(hostile: Path):
    assert data_of(hostile, "site")["health"]["loads"] == {"files": 3, "landed": 10, "refused": 1}


def test_hostile_names_stay_names(hostile: Path):
    slices = data_of(hostile, "site")["slices"]["team"]

    assert sorted(slices) == sorted(HOSTILE)
    assert set(data_of(hostile, "overview-team")["tickets_created:default:created:count:none"]) == set(
        "01234"
    )
    for file in [*hostile.glob("*.html"), *hostile.rglob("data/**/*.js")]:
        assert "alert(1)" not in file.read_text(encoding="utf-8"), file.name


def test_five_years_of_everything_stay_small(tmp_path: Path):
    file = write_publication(
        tmp_path / "published.duckdb", teams=[f"Team {n}" for n in range(16)], days=5 * 365
    )

    write_site(file, tmp_path / "report")

    site = data_of(tmp_path / "report", "site")
    assert size(tmp_path / "report") < LARGEST_SITE_BYTES
    assert len(site["periods"]["day"]) == 400
    assert len(site["periods"]["month"]) == 61
    assert site["sliceCounts"]["team"] == 16 > len(site["slices"]["team"]) >= 6


def test_the_same_publication_gives_the_same_bytes(hostile: Path, tmp_path: Path):
    write_site(write_publication(tmp_path / "published.duckdb", teams=HOSTILE), tmp_path / "report")

    for file in hostile.rglob("*"):
        if file.is_file():
            assert (tmp_path / "report" / file.relative_to(hostile)).read_bytes() == file.read_bytes(), (
                file.name
            )
