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


def findings(case: Case) -> Iterator[Finding]:
    """Files that are refused, empty, or still arriving; and how much was looked at."""
    looks = look(case).files
    if not looks:
        return
    faults = [found for each in looks for found in _faults(each, case)]
    yield from faults[:_SHOWN]
    if len(faults) > _SHOWN:
        yield note(f"and {len(faults) - _SHOWN:,} more such files", "run again when these are mended")
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


def _faults(each: FileLook, case: Case) -> Iterator[Finding]:
    name = each.extract.relative_path
    if each.load and each.load.status == "refused":
        yield wrong(f"{name}: {each.load.message}", hint(each))
    elif each.size == 0 or (each.load and each.is_whole and not each.record_count):
        yield note(f"{name}: holds no records")
    age = timedelta(seconds=case.now.timestamp() - each.extract.path.stat().st_mtime)
    if timedelta(0) <= age < _STILL:
        yield note(
            f"{name}: changed {age.seconds} seconds ago: it may still be arriving",
            "write extracts under a hidden name (.name) or elsewhere, and rename them when they are whole",
        )


def _extent(looks: tuple[FileLook, ...], *, everything: bool) -> Finding:
    opened = [each for each in looks if each.load]
    whole = sum(each.is_whole for each in opened)
    told = f"{len(opened):,} of {len(looks):,} files were opened, {whole:,} of them read to the end"
    return ok(told if everything or whole == len(looks) else f"{told}; --all reads every file to its end")
