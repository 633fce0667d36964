"""A look into the extracts: which files there are, and what landing would make of their beginnings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from pathlib import Path
from tempfile import gettempdir

import duckdb

from orchestration.doctor.case import Case
from orchestration.doctor.configuration.settings import settings_of
from orchestration.doctor.extracts.opening import FileLook, Visit, opened
from orchestration.errors import RefusedError, UsageError
from orchestration.landing.discovery import ExtractFile, survey_extracts
from orchestration.landing.ledger import create_tables
from orchestration.landing.limits import refuse_if_bad
from orchestration.landing.staging import create_bad_records
from orchestration.landing.streams import load_streams
from orchestration.settings import Settings

# Of each stream of an account so many files are opened: the first, the last, and one in between …
FILES_PER_STREAM = 3
# … unless all are so small that reading them to the end takes seconds.
SMALL_FOLDER_BYTES = 4 << 20
# Made by DuckDB only where memory does not suffice, and removed by it.
_SPILL = "helpdesk-doctor.duckdb.tmp"


@dataclass(frozen=True)
class Survey:
    """What lies in the folder: the files, what landing would note, and what refuses a run."""

    files: tuple[ExtractFile, ...] = ()
    notes: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


@dataclass(frozen=True)
class Looks:
    """All files; and what a refresh would refuse of those that can be read, in its words, by file."""

    files: tuple[FileLook, ...]
    beyond_limit: dict[str, str]


@cache
def survey(case: Case) -> Survey:
    """Find the extracts; a folder that cannot be read has none, and that is wrong."""
    if not case.extracts.exists() and not case.is_extracts_named:
        return Survey()
    try:
        files, notes, wrong = survey_extracts(case.extracts, load_streams())
    except UsageError as error:
        return Survey(wrong=tuple(str(error).splitlines()))
    return Survey(tuple(files), tuple(notes), tuple(wrong))


@cache
def look(case: Case) -> Looks:
    """Open some files of every stream, or all; what is unpacked lies among the machine's temporary files."""
    files = survey(case).files
    size = sum(extract.path.stat().st_size for extract in files)
    everything = case.everything or size <= SMALL_FOLDER_BYTES
    wanted = set(files if everything else _chosen(files))
    with duckdb.connect(config={"temp_directory": str(Path(gettempdir(), _SPILL))}) as connection:
        connection.execute("set TimeZone = 'UTC'")
        create_tables(connection, load_streams())
        create_bad_records(connection)
        looks = [
            opened(connection, extract, Visit(str(number), case.now, everything))
            if extract in wanted
            else FileLook(extract, extract.path.stat().st_size)
            for number, extract in enumerate(files)
        ]
        return Looks(tuple(looks), _beyond_limit(connection, looks, settings_of(case)))


def _beyond_limit(
    connection: duckdb.DuckDBPyConnection, looks: list[FileLook], settings: Settings
) -> dict[str, str]:
    # Copies: what is refused for its share of bad records could be read all the same.
    loads = [replace(each.load) for each in looks if each.load and each.load.status == "landed"]
    try:
        refuse_if_bad(connection, loads, settings)
    except RefusedError:
        return {load.file: load.message for load in loads if load.status == "refused"}
    return {}


def plain_bytes(case: Case) -> float:
    """About how many bytes all extracts have without compression; 0 where there are none."""
    looks = look(case).files
    read = sum(each.size for each in looks if each.load)
    ratio = sum(each.plain_bytes for each in looks if each.load) / read if read else 1.0
    return sum(each.size for each in looks) * max(ratio, 1.0)


def _chosen(files: tuple[ExtractFile, ...]) -> Iterator[ExtractFile]:
    for _, group in groupby(files, key=lambda each: (each.system, each.account, each.stream.name)):
        members = list(group)
        if len(members) <= FILES_PER_STREAM:
            yield from members
        else:
            last = len(members) - 1
            yield from (members[round(n * last / (FILES_PER_STREAM - 1))] for n in range(FILES_PER_STREAM))
