"""dbt as a child that does not outlive its refresh: ``helpdesk-dbt``, which Dagster runs for ``dbt``.

A killed refresh cannot end its dbt. Left alone that goes on until its next line finds nobody who reads it,
and holds the build file until then: the next refresh would find it held.
"""

import os
import signal
import sys
import threading
import time

_POLL_SECONDS = 0.2


def main() -> None:
    """Run dbt's own command line in this process, and end with the process that started it."""
    threading.Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    from dbt.cli.main import cli

    sys.exit(cli())


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(_POLL_SECONDS)
    # As its refresh ended: nothing is tidied up, DuckDB's log says what was written.
    os.kill(os.getpid(), signal.SIGKILL)
