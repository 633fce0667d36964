"""What each stream brings: about how many records, from when to when."""

from collections.abc import Iterator
from itertools import groupby

from orchestration.counting import counted
from orchestration.doctor.case import Case
from orchestration.doctor.extracts.looking import look
from orchestration.doctor.extracts.opening import FileLook
from orchestration.doctor.finding import Finding, note, ok


def findings(case: Case) -> Iterator[Finding]:
    """One line a stream."""
    readable = (each for each in look(case).files if not each.load or each.load.status == "landed")
    for name, group in groupby(readable, key=stream_name):
        members = list(group)
        records = _records(members)
        if records:
            yield ok(f"{name}: {records}{_period(members)}")
        else:
            yield note(f"{name}: brings no records")


def stream_name(each: FileLook) -> str:
    """The stream of a file, as ``generic@main/tickets``."""
    return f"{each.extract.system}@{each.extract.account}/{each.extract.stream.name}"


def _records(members: list[FileLook]) -> str:
    """How many records the files have; those that were not opened are taken to be like the others."""
    known = [each for each in members if each.record_count is not None]
    known_bytes = sum(each.size for each in known)
    if not known:
        return "records that only --all can count"
    if not known_bytes:
        return ""
    count = sum(each.record_count or 0 for each in known) / known_bytes * sum(each.size for each in members)
    if len(known) == len(members) and all(each.is_whole for each in known):
        return counted(round(count), "record") if round(count) else ""
    rounded = float(f"{count:.2g}")
    return f"about {rounded:,.0f} records" if rounded else ""


def _period(members: list[FileLook]) -> str:
    firsts = [each.instants.first for each in members if each.instants and each.instants.first]
    newest = [each.instants.newest for each in members if each.instants and each.instants.newest]
    if not firsts or not newest:
        return ""
    whole = "" if all(each.is_whole for each in members) else " in what was read"
    return f", {min(firsts):%Y-%m-%d} to {max(newest):%Y-%m-%d}{whole}"
