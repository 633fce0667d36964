"""The lake itself: folders of Parquet that are there whole or not at all."""

import shutil
from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path

from pyarrow import dataset, fs, parquet

from orchestration.lake.location import flush_to_disk, locate, make_writable, renames_at_once, telling

LANDING_PREFIX = "landing="
_SUCCESS = "_SUCCESS"
_WRITING = ".writing"
_CHUNK_BYTES = 8 << 20


class Lake:
    """A folder or an object store that holds landings.

    Attributes:
        uri: Its URI as Spark writes it, without a slash at its end.
    """

    def __init__(self, filesystem: fs.FileSystem, path: str, uri: str) -> None:
        self.uri = uri
        self._filesystem = filesystem
        self._path = path
        self._renames = renames_at_once(filesystem)

    @classmethod
    def open(cls, uri: str) -> "Lake":
        """Open a lake for writing; its folder is created where there is none.

        Args:
            uri: A folder's path, or a URI such as ``s3://bucket/helpdesk``.

        Raises:
            UsageError: It is no place for a lake, or cannot be reached or written.
        """
        filesystem, path, shown = locate(uri)
        make_writable(filesystem, path, shown)
        return cls(filesystem, path, shown)

    def landings(self) -> set[str]:
        """Names of the landings that were written whole.

        Raises:
            HelpdeskError: The lake cannot be read.
        """
        with self._telling("", "read"):
            names = [name for name in self._folders("") if name.startswith(LANDING_PREFIX)]
            marks = self._filesystem.get_file_info([self._at(f"{name}/{_SUCCESS}") for name in names])
            return {
                name for name, mark in zip(names, marks, strict=True) if mark.type != fs.FileType.NotFound
            }

    def folders(self, parent: str) -> list[str]:
        """Names of the folders in a folder of the lake; none when that is missing.

        Raises:
            HelpdeskError: The lake cannot be read.
        """
        with self._telling(parent, "read"):
            return self._folders(parent)

    def rows(self, file: str) -> int:
        """How many records a Parquet file of the lake holds, by its footer.

        Args:
            file: Its path in the lake.

        Raises:
            FileNotFoundError: There is no such file.
            ValueError: It is not a whole Parquet file.
            OSError: It cannot be read.
        """
        return int(parquet.read_metadata(self._at(file), filesystem=self._filesystem).num_rows)

    def dataset(self, folder: str) -> dataset.Dataset:
        """The records of all Parquet files in a folder of the lake, to be read without copying them first.

        Args:
            folder: Its path in the lake.

        Raises:
            HelpdeskError: The lake cannot be read.
        """
        with self._telling(folder, "read"):
            return dataset.dataset(self._at(folder), filesystem=self._filesystem, format="parquet")

    def write(self, folder: str, files: Iterable[tuple[str, Path]], *, mark: bool) -> None:
        """Write a folder, in place of what an interrupted write may have left there.

        Args:
            folder: Its path in the lake.
            files: Path in the folder and local file of each; taken one by one.
            mark: Whether ``_SUCCESS`` is written last: without it a landing does not exist.

        Raises:
            HelpdeskError: It cannot be written; nothing of it is visible as a landing.
        """
        parent, _, name = folder.rpartition("/")
        unfinished = f"{parent}/.{name}{_WRITING}".lstrip("/") if self._renames else folder
        with self._telling(folder, "written"):
            self.remove(unfinished)
            self.remove(folder)
            for relative, file in files:
                self._copy(file, f"{unfinished}/{relative}")
            if mark:
                self._filesystem.open_output_stream(self._at(f"{unfinished}/{_SUCCESS}")).close()
            if self._renames:
                flush_to_disk(self._filesystem, self._at(unfinished))
                self._filesystem.move(self._at(unfinished), self._at(folder))
                flush_to_disk(self._filesystem, self._at(parent), deep=False)

    def remove(self, folder: str) -> None:
        """Remove a folder of the lake, if it is there.

        Raises:
            HelpdeskError: It cannot be removed.
        """
        with self._telling(folder, "removed"):
            if self._filesystem.get_file_info(self._at(folder)).type == fs.FileType.Directory:
                self._filesystem.delete_dir(self._at(folder))

    def remove_unfinished(self) -> None:
        """Remove what interrupted writes have left of landings; nobody else may be writing the lake.

        Raises:
            HelpdeskError: Something cannot be removed.
        """
        finished = self.landings()
        for name in self.folders(""):
            written_in_place = name.startswith(LANDING_PREFIX) and name not in finished
            if written_in_place or (name.startswith(f".{LANDING_PREFIX}") and name.endswith(_WRITING)):
                self.remove(name)

    def _at(self, path: str) -> str:
        return f"{self._path}/{path}".rstrip("/")

    def _folders(self, parent: str) -> list[str]:
        found = self._filesystem.get_file_info(fs.FileSelector(self._at(parent), allow_not_found=True))
        return sorted(entry.base_name for entry in found if entry.type == fs.FileType.Directory)

    def _copy(self, file: Path, target: str) -> None:
        if self._renames:
            self._filesystem.create_dir(self._at(target).rpartition("/")[0], recursive=True)
        with (
            file.open("rb") as source,
            self._filesystem.open_output_stream(self._at(target), compression=None) as sink,
        ):
            shutil.copyfileobj(source, sink, _CHUNK_BYTES)

    def _telling(self, folder: str, done: str) -> AbstractContextManager[None]:
        return telling(f"{self.uri}/{folder}".rstrip("/"), done)
