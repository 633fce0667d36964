"""How many KPIs these extracts can tell, and which stream would add most."""

import csv
from collections.abc import Iterator, Mapping
from functools import cache

from orchestration.doctor.case import Case
from orchestration.doctor.extracts.feeds import Account, account_streams, delivered_as, streams_there
from orchestration.doctor.finding import Finding, note, ok
from orchestration.warehouse import PROJECT_ROOT

_SHOWN = 6

# Of each set one stream is enough; every set is needed.
Needs = tuple[frozenset[str], ...]


@cache
def kpi_needs() -> Mapping[str, Needs]:
    """What each KPI needs, from the registry: streams, some of them instead of each other."""
    with (PROJECT_ROOT / "seeds" / "kpi_registry.csv").open(encoding="utf-8", newline="") as lines:
        return {
            row["kpi_id"]: tuple(frozenset(each.split("|")) for each in row["required_streams"].split())
            for row in csv.DictReader(lines)
        }


def told_kpis(has: Mapping[Account, set[str]]) -> set[str]:
    """The KPIs that at least one account has all streams for.

    Args:
        has: Streams of the open format by account.
    """
    return {
        kpi
        for kpi, needs in kpi_needs().items()
        if any(all(one & streams for one in needs) for streams in has.values())
    }


def findings(case: Case) -> Iterator[Finding]:
    """How many KPIs can be told, and what is missing for the others."""
    there = streams_there(case)
    if not there:
        return
    has = account_streams(there)
    told, total = told_kpis(has), len(kpi_needs())
    yield ok(f"with these streams, and what landed before, {len(told)} of {total} KPIs can be told")
    every = frozenset().union(*(one for needs in kpi_needs().values() for one in needs))
    gains = {
        stream: told_kpis({account: streams | {stream} for account, streams in has.items()}) - told
        for stream in every
    }
    best = sorted((stream for stream in gains if gains[stream]), key=lambda each: (-len(gains[each]), each))
    for stream in best[:_SHOWN]:
        kpis = sorted(gains[stream])
        more = f" and {len(kpis) - 3} more" if len(kpis) > 3 else ""
        yield note(f"add {_named(stream, has)} for {len(kpis)} more KPIs: {', '.join(kpis[:3])}{more}")
    if len(told) < total and not best:
        yield note("the other KPIs need two streams or more that are not there: see docs/kpis.md")


def _named(stream: str, has: Mapping[Account, set[str]]) -> str:
    """The stream, as the systems that are there call it."""
    own = sorted({f"{system}/{name}" for system, _ in has for name in delivered_as(system, stream)})
    return " or ".join(own or [f"generic/{stream}"])
