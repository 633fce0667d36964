"""Loss of power, replayed: what a disk may hold after any number of a publication's steps.

Python tells each step that changes a folder, wherever it is taken (``sys.addaudithook``); syncs are watched.
What was synced is on the disk; of all else any part may be, in any order: file systems promise no more.
"""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain, combinations
from pathlib import Path
from unittest.mock import patch

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC

# The page is made anew from the publication by the next refresh, if it is not there.
_NO_PUBLICATION = re.compile(r"private|\.?report.*")

# Which file, by a number of its own, has which name; names are relative to the warehouse.
Names = dict[str, int]
_FOLDER = -1


@dataclass(frozen=True)
class Step:
    """What reaches the disk whole or not at all: names that a file gets, that are lost, or a sync."""

    gets: tuple[tuple[str, int], ...] = ()
    loses: tuple[str, ...] = ()
    synced_folder: str | None = None
    synced_file: int | None = None

    def on(self, names: Names) -> Names:
        """The names after this step."""
        return {name: file for name, file in names.items() if name not in self.loses} | dict(self.gets)

    def is_in(self, folder: str) -> bool:
        """Whether it changes the names of a folder."""
        changed = (*(name for name, _ in self.gets), *self.loses)
        return any(_parent(name) == folder for name in changed)


@dataclass
class Recording:
    """What a publication did to the folders that readers see.

    Attributes:
        root: The warehouse; its private folder and the report page are of no interest here.
        names: The names before the first step, all of them on the disk.
        contents: What each file held at last.
        written: Files that were written: until they are synced a part of them may be on the disk.
        steps: In order.
    """

    root: Path
    names: Names = field(default_factory=dict)
    contents: dict[int, bytes] = field(default_factory=dict)
    written: set[int] = field(default_factory=set)
    steps: list[Step] = field(default_factory=list)
    now: Names = field(default_factory=dict)

    def name(self, path: object) -> str:
        """A path as it is named here; of what is elsewhere or no publication a name that no file has."""
        absolute = Path(os.fsdecode(path) if isinstance(path, bytes | str | Path) else "/").absolute()
        if not absolute.is_relative_to(self.root):
            return ""
        name = absolute.relative_to(self.root)
        return "" if name.parts and _NO_PUBLICATION.fullmatch(name.parts[0]) else str(name)

    def hear(self, event: str, arguments: tuple) -> None:
        """Take what Python tells before it does it."""
        if event == "open" and arguments[2] & _WRITES:
            name = self.name(arguments[0])
            if name and name not in self.now:
                self._add(Step(gets=((name, 1000 + len(self.steps)),)))
            self.written |= {self.now[name]} if name else set()
        elif event in ("os.rename", "os.link") and self.name(arguments[0]) in self.now:
            old, new = map(self.name, arguments[:2])
            self._keep(old)
            self._add(Step(gets=((new, self.now[old]),), loses=(old,) if event == "os.rename" else ()))
        elif event == "os.mkdir" and self.name(arguments[0]) and not Path(arguments[0]).exists():
            self._add(Step(gets=((self.name(arguments[0]), _FOLDER),)))
        elif event == "os.remove" and self.name(arguments[0]) in self.now:
            self._keep(self.name(arguments[0]))
            self._add(Step(loses=(self.name(arguments[0]),)))

    def synced(self, descriptor: int) -> None:
        """A file, or the names in a folder, are on the disk for good."""
        path = Path(f"/dev/fd/{descriptor}").resolve()
        name = self.name(path)
        if self.now.get(name, _FOLDER) != _FOLDER:
            self._keep(name)
            self._add(Step(synced_file=self.now[name]))
        elif name:
            self._add(Step(synced_folder=name))

    def _add(self, step: Step) -> None:
        self.steps.append(step)
        self.now = step.on(self.now)

    def _keep(self, name: str) -> None:
        self.contents[self.now[name]] = (self.root / name).read_bytes()


@contextmanager
def recorded(root: Path) -> Iterator[Recording]:
    """Record what the block does to a warehouse; what is there before it is on the disk.

    Args:
        root: The warehouse.
    """
    recording = Recording(root)
    numbers: dict[int, int] = {}
    for path in sorted(root.rglob("*")):
        name = recording.name(path)
        if name and path.is_dir():
            recording.names[name] = _FOLDER
        elif name:
            recording.names[name] = numbers.setdefault(path.stat().st_ino, len(numbers))
            recording.contents[recording.names[name]] = path.read_bytes()
    recording.now = dict(recording.names)
    sync = os.fsync

    def watched(descriptor: int) -> None:
        sync(descriptor)
        recording.synced(descriptor)

    _HEARING.append(recording)
    try:
        with patch("os.fsync", watched):
            yield recording
    finally:
        _HEARING.remove(recording)


def states(recording: Recording) -> list[dict[str, bytes]]:
    """Every state in which a disk may be found after power was lost at some moment of a recording.

    Args:
        recording: What was done.

    Returns:
        What each file holds, by name; no state twice. A file with two names holds the same under both.
    """
    found: dict[tuple[tuple[str, bytes], ...], None] = {}
    for done in range(len(recording.steps) + 1):
        steps = recording.steps[:done]
        synced = {step.synced_file for step in steps}
        for names in _possible_names(recording.names, steps):
            for damage in _DAMAGES:
                state = {
                    name: recording.contents[file]
                    if file in synced or file not in recording.written
                    else damage(recording.contents[file])
                    for name, file in names.items()
                    if file != _FOLDER and (_parent(name) == "." or _parent(name) in names)
                }
                found[tuple(sorted(state.items()))] = None
    return [dict(state) for state in found]


def _possible_names(names: Names, steps: list[Step]) -> Iterator[Names]:
    unsure = [
        position
        for position, step in enumerate(steps)
        if (step.gets or step.loses) and not _is_synced(step, steps[position + 1 :])
    ]
    for lost in chain.from_iterable(combinations(unsure, count) for count in range(len(unsure) + 1)):
        result = names
        for position, step in enumerate(steps):
            result = result if position in lost else step.on(result)
        yield result


def _parent(name: str) -> str:
    return str(Path(name).parent)


def _is_synced(step: Step, later: list[Step]) -> bool:
    return any(sync.synced_folder is not None and step.is_in(sync.synced_folder) for sync in later)


_DAMAGES = (
    lambda content: content,
    lambda content: b"",
    lambda content: content[: len(content) // 2],
    lambda content: bytes(len(content)),
)
_HEARING: list[Recording] = []


def _hear(event: str, arguments: tuple) -> None:
    for recording in _HEARING:
        recording.hear(event, arguments)


sys.addaudithook(_hear)
