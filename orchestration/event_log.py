"""Dagster's log of events in SQLite, with its files kept open: a refresh writes thousands of small events."""

import os
import re
import sqlite3
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from dagster._core.storage.event_log.schema import AssetCheckExecutionsTable
from dagster._core.storage.event_log.sqlite.sqlite_event_log import SqliteEventLogStorage
from dagster._core.storage.sqlite import SQLITE_BUSY_TIMEOUT_SECONDS, create_db_conn_string
from dagster._serdes import ConfigurableClassData
from sqlalchemy import Connection, Engine, create_engine, event

_OPEN_FILES = 8
RUN_ID = re.compile(r"[0-9a-f-]{36}")


class OpenSqliteEventLogStorage(SqliteEventLogStorage):
    """Dagster's own storage opens, syncs and closes a file for every event: 14 of a refresh's 50 seconds.

    The same files in the same format, which any process of Dagster reads. What a power cut may lose are the
    last events of a run that it interrupted anyway. A daemon runs for months: of the files of many runs only
    the last few stay open, and those of a run that is deleted are removed.
    """

    def __init__(self, base_dir: str, inst_data: ConfigurableClassData | None = None) -> None:
        self._engines: OrderedDict[str, Engine] = OrderedDict()
        super().__init__(base_dir, inst_data)

    @classmethod
    def config_type(cls) -> dict[str, Any]:
        """Nothing to configure: the files are where Dagster keeps them, also after the folder was moved."""
        return {}

    @classmethod
    def from_config_value(
        cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, object]
    ) -> Self:
        """Made by Dagster from the instance's dagster.yaml."""
        return cls(str(Path(os.environ["DAGSTER_HOME"]) / "history" / "runs"), inst_data)

    @contextmanager
    def _connect(self, shard: str) -> Iterator[Connection]:
        with self._db_lock:
            engine = self._engine(shard)
            if shard not in self._initialized_dbs:
                self._initdb(engine)
                self._initialized_dbs.add(shard)
            with engine.connect() as connection, connection.begin():
                yield connection

    def _engine(self, shard: str) -> Engine:
        if shard not in self._engines:
            file = create_db_conn_string(self._base_dir, shard)
            engine = create_engine(file, connect_args={"timeout": SQLITE_BUSY_TIMEOUT_SECONDS})
            event.listen(engine, "connect", _sync_at_checkpoints)
            self._engines[shard] = engine
        self._engines.move_to_end(shard)
        while len(self._engines) > _OPEN_FILES:
            self._engines.popitem(last=False)[1].dispose()
        return self._engines[shard]

    def get_run_shards(self) -> set[str]:
        """The runs that have a file, also those that Dagster's history has lost."""
        return {name for name in self.get_all_run_ids() if RUN_ID.fullmatch(name)}

    def delete_events(self, run_id: str) -> None:
        """Delete what is known of a run; Dagster's own storage leaves its file, and results of checks."""
        super().delete_events(run_id)
        with self.index_connection() as connection:
            checks = AssetCheckExecutionsTable
            connection.execute(checks.delete().where(checks.c.run_id == run_id))
        with self._db_lock:
            if run_id in self._engines:
                self._engines.pop(run_id).dispose()
            self._initialized_dbs.discard(run_id)
            file = Path(self.path_for_shard(run_id))
            for path in (file, file.with_name(f"{file.name}-wal"), file.with_name(f"{file.name}-shm")):
                path.unlink(missing_ok=True)

    def dispose(self) -> None:
        """Close every file."""
        for engine in self._engines.values():
            engine.dispose()
        self._engines.clear()
        super().dispose()


def _sync_at_checkpoints(connection: sqlite3.Connection, _record: object) -> None:
    connection.execute("PRAGMA synchronous = NORMAL")
