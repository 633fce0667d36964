"""Is there a folder of extracts, and is all that lies in it where it belongs?"""

from collections.abc import Iterator, Sequence

from orchestration.counting import counted
from orchestration.doctor.case import Case
from orchestration.doctor.extracts.looking import survey
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.doctor.sizes import size_text

_SHOWN = 10
_LAYOUT = "put files into <extracts>/<system>[@<account>]/<stream>/, for example extracts/zendesk/tickets/"


def findings(case: Case) -> Iterator[Finding]:
    """Folders and files by their names and places."""
    if not case.extracts.exists() and not case.is_extracts_named:
        yield note(f"there is no folder {case.extracts} here yet, and --extracts names none", _LAYOUT)
        return
    found = survey(case)
    for line in found.wrong:
        yield wrong(line)
    yield from _notes(found.notes)
    if not found.files and not found.wrong:
        yield wrong(f"{case.extracts}: holds no extract", _LAYOUT)
    if not found.files:
        return
    accounts = sorted({f"{file.system}@{file.account}" for file in found.files})
    streams = {(file.system, file.account, file.stream.name) for file in found.files}
    size = sum(file.path.stat().st_size for file in found.files)
    yield ok(
        f"{case.extracts}: {counted(len(found.files), 'file')}, {size_text(size)}, of"
        f" {counted(len(streams), 'stream')} of"
        f" {', '.join(accounts)}"
    )


def _notes(notes: Sequence[str]) -> Iterator[Finding]:
    for line in notes[:_SHOWN]:
        yield note(line)
    if len(notes) > _SHOWN:
        yield note(f"and {len(notes) - _SHOWN:,} more files are ignored")
