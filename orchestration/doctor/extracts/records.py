"""Are records as their streams must be? Landing's own checks, and its own limit."""

from collections.abc import Iterator
from itertools import groupby

from orchestration.counting import counted
from orchestration.doctor.case import Case
from orchestration.doctor.extracts.files import hint
from orchestration.doctor.extracts.looking import look
from orchestration.doctor.extracts.opening import FileLook
from orchestration.doctor.extracts.streams import stream_name
from orchestration.doctor.finding import Finding, note, ok, wrong


def findings(case: Case) -> Iterator[Finding]:
    """Streams with more bad records than are accepted, in the words of a refresh; and those with fewer."""
    looks = look(case)
    readable = [each for each in looks.files if each.load and each.load.status == "landed"]
    for each in readable:
        message = looks.beyond_limit.get(each.extract.relative_path)
        if message:
            part = "" if each.is_whole else " (in the part that was looked at)"
            yield wrong(f"{each.extract.relative_path}: {message}{part}", hint(each))
    bad = [each for each in readable if each.first_bad]
    accepted = (each for each in bad if each.extract.relative_path not in looks.beyond_limit)
    for stream, group in groupby(accepted, key=stream_name):
        yield _quarantined(stream, list(group))
    if readable and not bad:
        count = sum(each.load.rows_landed for each in readable if each.load)
        yield ok(f"no bad record among {count:,} that were read")


def _quarantined(stream: str, members: list[FileLook]) -> Finding:
    count = sum(each.load.rows_quarantined for each in members if each.load)
    line, reason = members[0].first_bad or (0, "")
    return note(
        f"{stream}: {counted(count, 'bad record')} will be quarantined,"
        f" the first in {members[0].extract.relative_path}, line {line}: {reason}",
        "correct the export; the others land",
    )
