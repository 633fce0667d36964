"""Finding extracts: which file in the folder belongs to which account and stream."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.landing.streams import Stream, Streams

_FORMATS = {
    "jsonl": "jsonl",
    "ndjson": "jsonl",
    "json": "json",
    "csv": "csv",
    "tsv": "tsv",
    "parquet": "parquet",
}
_COMPRESSIONS = {"gz": "gzip", "zst": "zstd"}
_SYSTEM_FOLDER = re.compile(r"(?P<system>[a-z][a-z0-9_]*)(@(?P<account>[A-Za-z0-9][A-Za-z0-9._-]*))?")


@dataclass(frozen=True)
class ExtractFile:
    """One file to land.

    Attributes:
        path: Where it is.
        system: Its adapter.
        account: Its account, ``main`` unless the folder names another.
        stream: Its stream.
        relative_path: Its path inside the extracts folder, with ``/``.
        format: ``jsonl`` (one object a line), ``json``, ``csv``, ``tsv`` or ``parquet``.
        compression: ``gzip``, ``zstd``, or None.
    """

    path: Path
    system: str
    account: str
    stream: Stream
    relative_path: str
    format: str
    compression: str | None


def find_extracts(extracts: Path, streams: Streams) -> tuple[list[ExtractFile], list[str]]:
    """Find every extract below a folder.

    Args:
        extracts: A folder ``<system>[@<account>]/<stream>/**/<file>``.
        streams: The registry.

    Returns:
        The files, sorted by path, and one note per file that was ignored.

    Raises:
        UsageError: The folder is missing, holds a folder of no known system or stream, or a link leads
            out of it; names every such folder. Or a folder may not be read.
    """
    files, notes, wrong = survey_extracts(extracts, streams)
    if wrong:
        raise UsageError("\n".join(wrong))
    return files, notes


def survey_extracts(extracts: Path, streams: Streams) -> tuple[list[ExtractFile], list[str], list[str]]:
    """Look through a folder of extracts, also where something in it is wrong.

    Args:
        extracts: As of ``find_extracts``.
        streams: The registry.

    Returns:
        The files, the notes, and what is wrong: any of it refuses a run.

    Raises:
        UsageError: The folder is missing, or a folder may not be read.
    """
    if not extracts.is_dir():
        what = "is not a folder" if extracts.exists() else "does not exist"
        raise UsageError(f"{extracts}: the extracts folder {what}: name it with --extracts")
    try:
        return _found(extracts.resolve(), streams)
    except OSError as error:
        raise UsageError(
            f"{error.filename}: cannot be read ({error.strerror}): let this user read it"
        ) from error


def _found(root: Path, streams: Streams) -> tuple[list[ExtractFile], list[str], list[str]]:
    files: list[ExtractFile] = []
    notes: list[str] = []
    wrong: list[str] = []
    for path in _walk(root, root, wrong):
        relative = path.relative_to(root)
        kind = _format(path.name)
        if len(relative.parts) < 3:
            if kind:
                notes.append(f"{relative}: ignored: it lies in no <system>/<stream>/ folder")
            continue
        stream, account = _place(relative.parts[0], relative.parts[1], streams, wrong)
        if stream and kind:
            files.append(ExtractFile(path, stream.system, account, stream, relative.as_posix(), *kind))
        elif stream:
            notes.append(
                f"{relative.as_posix()}: ignored: not a .jsonl, .ndjson, .json, .csv, .tsv or .parquet"
            )
    for folder in (path for path in sorted(root.iterdir()) if path.is_dir() and not _is_hidden(path)):
        _check_folders(folder, streams, wrong)
    return files, notes, list(dict.fromkeys(wrong))


def _walk(folder: Path, root: Path, wrong: list[str], above: tuple[Path, ...] = ()) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if _is_hidden(path):
            continue
        real = path.resolve()
        name = path.relative_to(root).as_posix()
        if not real.is_relative_to(root):
            wrong.append(f"{name}: a link that leads out of the extracts folder: copy the file in")
        elif not name.isprintable():
            wrong.append(f"{name!r}: the name holds characters that cannot be shown: rename it")
        elif path.is_dir():
            # A link to a folder above would be walked for ever.
            if real not in above:
                yield from _walk(path, root, wrong, (*above, real))
        elif path.is_file():
            yield path


def _check_folders(folder: Path, streams: Streams, wrong: list[str]) -> None:
    """Judge folders themselves, so that an empty one with a wrong name is told too."""
    _known(folder.name, streams, wrong)
    for child in sorted(folder.iterdir()):
        if child.is_dir() and not _is_hidden(child):
            _place(folder.name, child.name, streams, wrong)


def _known(folder: str, streams: Streams, wrong: list[str]) -> tuple[dict[str, Stream] | None, str]:
    match = _SYSTEM_FOLDER.fullmatch(folder)
    if match is None:
        wrong.append(f"{folder}/: not a folder name of the form <system> or <system>@<account>: rename it")
        return None, ""
    if match["system"] not in streams:
        known = _meant(match["system"], streams)
        wrong.append(f"{folder}/: unknown system {match['system']!r}: {known}")
    return streams.get(match["system"]), match["account"] or "main"


def _place(folder: str, child: str, streams: Streams, wrong: list[str]) -> tuple[Stream | None, str]:
    known, account = _known(folder, streams, wrong)
    if known is not None and child not in known:
        wrong.append(f"{folder}/{child}/: unknown stream: {_meant(child, known)}")
    return (known or {}).get(child), account


def _meant(name: str, known: Collection[str]) -> str:
    meant = get_close_matches(name.lower(), known, n=1)
    return f"{f'did you mean {meant[0]}? ' if meant else ''}known are {', '.join(sorted(known))}"


def _format(name: str) -> tuple[str, str | None] | None:
    parts = name.lower().split(".")
    compression = _COMPRESSIONS.get(parts[-1])
    if compression:
        parts.pop()
    extension = _FORMATS.get(parts[-1]) if len(parts) > 1 else None
    return (extension, compression) if extension else None


def _is_hidden(path: Path) -> bool:
    return path.name.startswith(".")
