"""Time as text: what helpdesks write, read by the macros of macros/time.sql as people would read it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.python.models.rendered import RenderedMacros, time_macros
from tests.python.models.time_zones import FIRST, LAST, is_disputed, to_utc, zone_names

OFFSETS = {
    "": None,
    "Z": timedelta(),
    "z": timedelta(),
    "+00:00": timedelta(),
    "+05": timedelta(hours=5),
    "-11": timedelta(hours=-11),
    "+0530": timedelta(hours=5, minutes=30),
    "-0330": -timedelta(hours=3, minutes=30),
    "+05:45": timedelta(hours=5, minutes=45),
    "+14:00": timedelta(hours=14),
}
DAY_FIRST = {
    "29.02.2016 23:59:58": datetime(2016, 2, 29, 23, 59, 58),
    "1.3.2016 0:00:00": datetime(2016, 3, 1),
    "29.02.2015 00:00:00": None,
    "2016-02-29 00:00:00": None,
    None: None,
}
NO_TIMES: list[str | None] = [
    "2026-02-30",
    "2026-01-01T25:00:00",
    "2026-01-01T10:61",
    "32/01/2026 10:00",
    "soon",
    "?",
    "",
    None,
]
UNREADABLE_OFFSETS: list[str | None] = [
    "2026-01-01 10:00:00 +05:30",
    "2026-01-01T10:00:00+053",
    "2026-01-01T10:00:00 elsewhere",
]


@dataclass(frozen=True)
class Written:
    """A time as somebody wrote it in a zone, and the instant that is meant."""

    text: str
    time_zone: str
    instant: datetime


@st.composite
def written(draw: st.DrawFn) -> Written:
    moment = draw(st.datetimes(FIRST, LAST - timedelta(days=2)))
    zone = draw(st.sampled_from(zone_names()).filter(lambda name: not is_disputed(name, moment)))
    precision = draw(st.sampled_from(["day", "minute", "second", "millisecond", "microsecond", "nanosecond"]))
    separator = draw(st.sampled_from("Tt "))
    offset = draw(st.sampled_from(sorted(OFFSETS))) if precision != "day" else ""
    blanks = draw(st.sampled_from(["", " ", "\t", "\n", "\r\n"]))
    read, text = _at_precision(moment, precision, separator)
    shift = OFFSETS[offset]
    instant = to_utc(read, zone) if shift is None else read - shift
    return Written(f"{blanks}{text}{offset}{blanks}", zone, instant)


def _at_precision(moment: datetime, precision: str, separator: str) -> tuple[datetime, str]:
    """A moment as it is read back from a text of some precision, and the text."""
    day, minute = moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M")
    second = moment.strftime("%S")
    texts = {
        "day": (moment.replace(hour=0, minute=0, second=0, microsecond=0), day),
        "minute": (moment.replace(second=0, microsecond=0), f"{day}{separator}{minute}"),
        "second": (moment.replace(microsecond=0), f"{day}{separator}{minute}:{second}"),
        "millisecond": (
            moment.replace(microsecond=moment.microsecond // 1000 * 1000),
            f"{day}{separator}{minute}:{second}.{moment.microsecond // 1000:03}",
        ),
        "microsecond": (moment, f"{day}{separator}{minute}:{second}.{moment.microsecond:06}"),
        # Nobody's clock is that good: what is finer than a microsecond is cut off.
        "nanosecond": (moment, f"{day}{separator}{minute}:{second}.{moment.microsecond:06}789"),
    }
    return texts[precision]


@pytest.fixture(scope="module")
def macros() -> Iterator[RenderedMacros]:
    with duckdb.connect() as connection:
        yield RenderedMacros(time_macros(), connection)


def _read(macros: RenderedMacros, name: str, texts: list[str | None], zone: str) -> list[datetime | None]:
    return macros.values(name, {"text_value": texts, "time_zone": [zone] * len(texts)})


@pytest.mark.parametrize("macro", ["iso_to_utc", "servicenow_to_utc"])
@settings(max_examples=40, deadline=None)
@given(cases=st.lists(written(), min_size=1, max_size=100))
def test_iso_text_is_the_instant_that_is_meant(
    macros: RenderedMacros, macro: str, cases: list[Written]
) -> None:
    columns = {"text_value": [case.text for case in cases], "time_zone": [case.time_zone for case in cases]}
    found = macros.values(macro, columns)
    pairs = zip(cases, found, strict=True)
    assert [(case, instant) for case, instant in pairs if instant != case.instant] == []


@settings(max_examples=25, deadline=None)
@given(moment=st.datetimes(FIRST, LAST - timedelta(days=2)))
def test_servicenow_s_day_first_text_is_local(macros: RenderedMacros, moment: datetime) -> None:
    minute = moment.replace(second=0, microsecond=0)
    texts = [
        f"{moment:%d/%m/%Y %H:%M}",
        f"{moment.day}/{moment.month}/{moment.year} {moment.hour}:{moment:%M}",
    ]
    found = _read(macros, "servicenow_to_utc", [*texts], "Europe/London")
    assert found == [to_utc(minute, "Europe/London")] * 2


def test_text_in_a_format_is_read_as_written(macros: RenderedMacros) -> None:
    assert macros.values("text_to_timestamp", {"text_value": [*DAY_FIRST]}) == [*DAY_FIRST.values()]


@pytest.mark.parametrize("macro", ["iso_to_utc", "servicenow_to_utc"])
def test_what_is_no_time_is_nothing(macros: RenderedMacros, macro: str) -> None:
    assert _read(macros, macro, NO_TIMES, "Europe/Riga") == [None] * len(NO_TIMES)


def test_an_offset_that_cannot_be_read_is_never_taken_for_local_time(macros: RenderedMacros) -> None:
    assert _read(macros, "iso_to_utc", UNREADABLE_OFFSETS, "Europe/Riga") == [None] * len(UNREADABLE_OFFSETS)
