"""The models built on Spark in dbt's own process, one load after the other; their data is not tested."""

import json
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from uuid import uuid4

from orchestration.errors import HelpdeskError
from orchestration.lake.lake import Lake
from orchestration.lake.run_facts import ship_run
from orchestration.lake.ship import ship_landings
from orchestration.landing.land import land
from orchestration.publishing.builds import build_to_go_on_from, record_build
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse
from orchestration.publishing.pseudonym_key import write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse
from tests.engines.dbt import run_dbt
from tests.reference.pseudonyms import SECRET

_RULES = "the code and settings of this test"


@dataclass(frozen=True)
class SparkBuild:
    """A warehouse whose models Spark builds.

    Attributes:
        folder: Holds the warehouse, the lake and dbt's files.
        environment: The variables in which dbt's target ``spark`` is the Spark that builds.
        seconds: What each command of dbt took in the last load.
    """

    folder: Path
    environment: Mapping[str, str]
    seconds: dict[str, float] = field(default_factory=dict)

    def load_histories(self, extracts: Path, as_of: datetime) -> None:
        """Land extracts, and build what a later load goes on from: the histories of tickets.

        Args:
            extracts: A folder of extracts.
            as_of: The "now" of the build.
        """
        self._land_and_run(extracts, as_of, "--select", "+int_ticket_spells")

    def load_core(self, extracts: Path, as_of: datetime) -> None:
        """Land extracts, and build the models up to core, without the marts.

        Args:
            extracts: A folder of extracts.
            as_of: The "now" of the build.
        """
        self._land_and_run(extracts, as_of, "--select", "+path:models/core")

    def load(self, extracts: Path, as_of: datetime) -> str:
        """Land extracts, and build every model on from the load before.

        Args:
            extracts: A folder of extracts.
            as_of: The "now" of the build.

        Returns:
            The folder with core and marts.
        """
        lake, run_id = self._land_and_run(extracts, as_of)
        publication = f"{lake.uri}/publications/{run_id}"
        self._operate("write_publication", {"folder": publication})
        return publication.removeprefix("file://")

    def _land_and_run(self, extracts: Path, as_of: datetime, *selection: str) -> tuple[Lake, str]:
        warehouse, run_id = Warehouse(self.folder / "warehouse"), str(uuid4())
        prepare_warehouse(warehouse)
        lake, scratch = Lake.open(str(self.folder / "lake")), warehouse.private_dir / "lake"
        settings = Settings()
        with open_database(warehouse.build_file, read_only=False) as connection:
            land(connection, extracts, settings, loaded_at=datetime.now(UTC), report=_say)
            earlier = build_to_go_on_from(connection, engine="spark", rules=_RULES, as_of=as_of)
            write_run_settings(connection, run_id, as_of, settings, earlier)
            write_pseudonym_secret(connection, SECRET)
            ship_landings(connection, lake, scratch=scratch, report=_say)
            run = ship_run(connection, lake, run_id, scratch=scratch)
        self._operate("create_raw_tables", {"lake": lake.uri, "run": run})
        self._dbt("seed")
        self._dbt("run", *selection, *([] if earlier else ["--full-refresh"]))
        with open_database(warehouse.build_file, read_only=False) as connection:
            record_build(connection, engine="spark", rules=_RULES, as_of=as_of, built_at=datetime.now(UTC))
        return lake, run_id

    def _operate(self, macro: str, arguments: dict[str, str]) -> None:
        self._dbt("run-operation", macro, "--args", json.dumps(arguments))

    def _dbt(self, *arguments: str) -> None:
        step = f"dbt {' '.join(arguments[:2] if arguments[0] == 'run-operation' else arguments[:1])}"
        _say(step)
        began = time.perf_counter()
        done = run_dbt(*arguments, target="spark", folder=self.folder, environment=self.environment)
        self.seconds[step] = time.perf_counter() - began
        if done.returncode != 0:
            raise HelpdeskError(f"dbt {arguments[0]} failed:\n{done.stdout[-4000:]}{done.stderr[-2000:]}")


def _say(line: str) -> None:
    sys.stdout.write(f"  {line}\n")
    sys.stdout.flush()
