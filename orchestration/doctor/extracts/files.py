"""Can every file be read, and is it whole? In landing's own words, with a guess at what happened."""

from collections.abc import Iterator
from datetime import timedelta

from orchestration.doctor.case import Case
from orchestration.doctor.extracts.looking import look
from orchestration.doctor.extracts.opening import FileLook
from orchestration.doctor.finding import Finding, note, ok, wrong

# The sensor new_extracts waits as long for files to lie still.
_STILL = timedelta(minutes=1)
_SHOWN = 20
_NAMED = 3


def findings(case: Case) -> Iterator[Finding]:
    """Files that are refused, empty, or still arriving; and how much was looked at."""
    looks = look(case).files
    if not looks:
        return
    refused = [each for each in looks if _is_refused(each)]
    for each in refused[:_SHOWN]:
        yield wrong(f"{each.extract.relative_path}: {each.load.message if each.load else ''}", hint(each))
    if len(refused) > _SHOWN:
        yield wrong(
            f"and {len(refused) - _SHOWN:,} more files cannot land", "run again when these are mended"
        )
    empty = [each for each in looks if not _is_refused(each) and _is_empty(each)]
    if empty:
        yield note(f"no records in {_some(empty)}")
    arriving = [each for each in looks if timedelta(0) <= _age(each, case) < _STILL]
    if arriving:
        yield note(
            f"changed within the last minute, and perhaps still arriving: {_some(arriving)}",
            "write extracts under a hidden name (.name) or elsewhere, and rename them when they are whole",
        )
    yield _extent(looks, everything=case.everything)


def hint(each: FileLook) -> str:
    """What the first bytes look like, where that is none of the formats; empty otherwise."""
    start = each.start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "it begins like a web page: perhaps a login page was saved in place of the export"
    if start.startswith(b"[") and each.extract.format == "jsonl":
        return "it begins like one JSON array: name it .json"
    if start.startswith(b"pk\x03\x04"):
        return "it begins like a zip archive or an Excel file: unpack it, or save it as CSV in UTF-8"
    return ""


def _is_refused(each: FileLook) -> bool:
    return each.load is not None and each.load.status == "refused"


def _is_empty(each: FileLook) -> bool:
    return each.size == 0 or (each.load is not None and each.is_whole and not each.record_count)


def _age(each: FileLook, case: Case) -> timedelta:
    return timedelta(seconds=case.now.timestamp() - each.extract.path.stat().st_mtime)


def _some(looks: list[FileLook]) -> str:
    named = ", ".join(each.extract.relative_path for each in looks[:_NAMED])
    return named + (f" and {len(looks) - _NAMED:,} more files" if len(looks) > _NAMED else "")


def _extent(looks: tuple[FileLook, ...], *, everything: bool) -> Finding:
    opened = [each for each in looks if each.load]
    whole = sum(each.is_whole for each in opened)
    told = f"{len(opened):,} of {len(looks):,} files were opened, {whole:,} of them read to the end"
    return ok(told if everything or whole == len(looks) else f"{told}; --all reads every file to its end")
