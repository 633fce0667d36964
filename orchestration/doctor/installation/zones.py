"""Are time zones known here, to Python and to DuckDB alike?"""

from collections.abc import Iterator
from zoneinfo import available_timezones

import duckdb

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, ok, wrong

_SURE = "Europe/Riga"


def findings(case: Case) -> Iterator[Finding]:
    """The IANA time zones."""
    zones = available_timezones()
    with duckdb.connect() as connection:
        known = {name for (name,) in connection.execute("select name from pg_timezone_names()").fetchall()}
    if _SURE not in zones or _SURE not in known:
        who = "Python" if _SURE not in zones else "DuckDB"
        yield wrong(f"{who} knows no time zones here", "make setup installs tzdata and DuckDB's icu")
    else:
        yield ok(f"{len(zones & known)} time zones are known")
