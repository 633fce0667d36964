"""The models as an incremental run builds them: on what is built, from load after load."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from orchestration.landing.streams import load_streams
from orchestration.publishing.builds import Build
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from tests.python.models.compiled import ModelRun
from tests.python.models.incremental_models import IncrementalModel

FIRST_LANDING = datetime(2026, 1, 1)
_DIFFERENCE = """
    (select 'only incremental' as side, * from (select * from {kept} except all select * from {whole}))
    union all
    (select 'only whole' as side, * from (select * from {whole} except all select * from {kept}))
"""


class IncrementalRun(ModelRun):
    """An in-memory warehouse in which load after load lands, and models go on from the build before."""

    def __init__(
        self,
        models: list[tuple[str, str]],
        incremental: Sequence[IncrementalModel],
        accounts: Sequence[str],
        *,
        beyond: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Make it without a record.

        Args:
            models: (Relation, SQL) of what is built after each load: incremental models and their parents.
            incremental: How those are built that are incremental.
            accounts: Accounts of every helpdesk.
            beyond: Further models, which are built and compared at the end: no load finds them in place.
        """
        super().__init__([*models, *beyond], load_streams())
        for system in ("generic", "servicenow", "zendesk"):
            known = [[system, account] for account in accounts]
            self.connection.executemany("insert into meta.accounts values (?, ?, 'UTC', 'S1')", known)
        self.incremental = kept = {model.relation: model for model in incremental}
        self.compared = [r for r, _ in self.models if r in kept or '"publication"' in r]
        # Seeds are made once: no build changes them.
        for relation, statement in self.models:
            if '"lookups"' in relation:
                self.connection.execute(f"create table {relation} as {statement}")
        self._models, self._beyond = (
            [m for m in part if '"lookups"' not in m[0]] for part in (models, beyond)
        )
        self._loads = 0
        self.connection.execute("create schema memory.kept")
        self._build: Build | None = None

    def start_anew(self) -> None:
        """Forget every record and every build."""
        self.forget_records()
        self._loads, self._build = 0, None

    def land(self, records: Mapping[str, Sequence[tuple[str, dict[str, Any]]]]) -> None:
        """Append records (raw table, values) by account as one load, a second after the one before."""
        lines = [(account, *record) for account, told in records.items() for record in told]
        self._loads += 1 if lines else 0
        for line, (account, table, record) in enumerate(lines, 1):
            names = [column.name for column in self.streams[table].columns]
            values = (record.get(name) for name in names)
            texts = [json.dumps(value) if isinstance(value, list) else value for value in values]
            quoted = ", ".join(f'"{name}"' for name in names)
            self.connection.execute(
                f"insert into {table} (_load_id, _file, _line, _account, _loaded_at, {quoted})"
                f" values (?, ?, ?, ?, ?, {', '.join('?' * len(names))})",
                [f"load {self._loads}", f"file-{self._loads}", line, account, self._landed_at(), *texts],
            )

    def go_on(self, as_of: datetime) -> None:
        """Build as a nightly run does: on from the last build, if there is one."""
        self._make(as_of, self._build)
        # As meta.builds has it: what has never landed is not gone on from.
        self._build = Build(as_of, self._landed_at()) if self._loads else None

    def differences(self, as_of: datetime) -> dict[str, list[dict[str, Any]]]:
        """Rows by relation that only the last build has or only one from scratch, which then stands."""
        self._make_whole(self._beyond)
        for number, relation in enumerate(self.compared):
            self.connection.execute(f"create or replace table memory.kept.t{number} as from {relation}")
        self._make(as_of, None)
        self._make_whole(self._beyond)
        found = {}
        for number, relation in enumerate(self.compared):
            compared = _DIFFERENCE.format(kept=f"memory.kept.t{number}", whole=relation)
            rows = self.rows(f"{compared} limit 4")
            if rows:
                found[relation] = rows
        return found

    def _landed_at(self) -> datetime:
        return FIRST_LANDING + timedelta(seconds=self._loads)

    def _make(self, as_of: datetime, earlier: Build | None) -> None:
        write_run_settings(self.connection, "test", as_of, Settings(), earlier)
        for relation, statement in self._models:
            model = self.incremental.get(relation) if earlier else None
            if model:
                self._put_in_place(model)
            else:
                self._make_whole([(relation, statement)])

    def _make_whole(self, models: Iterable[tuple[str, str]]) -> None:
        for relation, statement in models:
            self.connection.execute(f"create or replace table {relation} as {statement}")

    def _put_in_place(self, model: IncrementalModel) -> None:
        """The hook, then delete+insert, in the order of dbt-duckdb."""
        if model.forgets_first:
            rebuilt = "select ticket_key from build.intermediate.int_rebuilt_tickets"
            self.connection.execute(f"delete from {model.relation} where ticket_key in ({rebuilt})")
        self.connection.execute(f"create or replace temp table news as {model.news}")
        self.connection.execute(
            f"delete from {model.relation} where {model.key} in (select {model.key} from news)"
        )
        self.connection.execute(f"insert into {model.relation} by name from news")
