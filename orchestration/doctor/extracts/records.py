"""Are records as their streams must be? Landing's own checks, and its own limit."""

from collections import Counter
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.extracts.files import hint
from orchestration.doctor.extracts.looking import Looks, look
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.errors import RefusedError
from orchestration.landing.ledger import Load
from orchestration.landing.limits import refuse_if_bad
from orchestration.landing.staging import BAD_RECORDS
from orchestration.landing.statements import compose


def findings(case: Case) -> Iterator[Finding]:
    """Streams with more bad records than are accepted, in the words of a refresh; and those with fewer."""
    looks = look(case)
    readable = {each.load.file: each for each in looks.files if each.load and each.load.status == "landed"}
    loads = [each.load for each in readable.values() if each.load]
    if not loads:
        return
    bad = [load for load in loads if load.rows_quarantined]
    try:
        refuse_if_bad(looks.connection, loads, settings_of(case))
    except RefusedError as error:
        for line in str(error).splitlines():
            refused = next((name for name in readable if line.startswith(f"{name}: ")), None)
            part = "" if refused and readable[refused].is_whole else " (in the part that was looked at)"
            yield wrong(f"{line}{part}", hint(readable[refused]) if refused else "")
    accepted = Counter[str]()
    for load in bad:
        if load.status == "landed":
            accepted[f"{load.system}@{load.account}/{load.stream}"] += load.rows_quarantined
    for stream, count in accepted.items():
        first = next(load for load in bad if f"{load.system}@{load.account}/{load.stream}" == stream)
        yield note(
            f"{stream}: {count:,} bad record{'' if count == 1 else 's'} will be quarantined, the first in {_first(looks, first)}",
            "correct the export; the others land",
        )
    if not bad:
        yield ok(f"all {sum(load.rows_landed for load in loads):,} records that were read may land")


def _first(looks: Looks, load: Load) -> str:
    row = looks.connection.execute(
        compose("select line, reason from {bad} where load_id = ? order by line limit 1", bad=BAD_RECORDS),
        [load.load_id],
    ).fetchone()
    return f"{load.file}, line {row[0]}: {row[1]}" if row else load.file
