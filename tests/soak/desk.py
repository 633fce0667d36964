"""The helpdesk that faults are tried on: what is published before a fault, what must come out after it."""

import gzip
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from orchestration.warehouse import Warehouse
from tests.python.conftest import AS_OF, Helpdesk, run_helpdesk

_EARLIER_AS_OF = "2017-02-10T00:00:00"
_HALVED = ("tickets", "ticket_events", "messages")


@dataclass(frozen=True)
class Desk:
    """What every fault starts from, and what it is compared with.

    Attributes:
        extracts: Both loads.
        before: A warehouse into which the first load went; copied, never changed.
        undisturbed: The same after the second load, which nobody disturbed.
        seconds: What the undisturbed refresh of the second load took.
        run_id: What is published before the fault.
    """

    extracts: Path
    before: Warehouse
    undisturbed: Warehouse
    seconds: float
    run_id: str

    @contextmanager
    def copy(self, folder: Path) -> Iterator[Helpdesk]:
        """A warehouse of a fault's own, taken away after it."""
        try:
            yield Helpdesk(self.extracts, shutil.copytree(self.before.root, folder / "warehouse"))
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def prepare(folder: Path, seed: int) -> Desk:
    """Make the extracts and both warehouses: two refreshes.

    Args:
        folder: Where; what an earlier run left there is used again.
        seed: Of the simulated helpdesk.
    """
    from tests.soak.whole import whole

    parts = [folder / "first", folder / "both"]
    warehouses = [Warehouse(folder / "before"), Warehouse(folder / "undisturbed")]
    noted = folder / "seconds"
    if not noted.exists():
        shutil.rmtree(folder, ignore_errors=True)
        _deliver(folder, parts, seed)
        _refresh(Helpdesk(parts[0], warehouses[0].root), _EARLIER_AS_OF)
        shutil.copytree(warehouses[0].root, warehouses[1].root)
        began = time.monotonic()
        _refresh(Helpdesk(parts[1], warehouses[1].root), AS_OF)
        noted.write_text(str(time.monotonic() - began))
    return Desk(parts[1], warehouses[0], warehouses[1], float(noted.read_text()), whole(warehouses[0]))


def _refresh(helpdesk: Helpdesk, as_of: str) -> None:
    outcome = helpdesk.refresh("--as-of", as_of)
    assert outcome.status == 0, outcome.errors


def _deliver(folder: Path, parts: list[Path], seed: int) -> None:
    """Two loads: every second record of what changes, with all that does not, and then the rest."""
    source = folder / "simulated"
    arguments = ("--tickets", 60, "--days", 20, "--seed", seed, "--ends-on", AS_OF[:8] + "18")
    made = run_helpdesk("simulate", "--out", source, *arguments)
    assert made.status == 0, made.errors
    for file in sorted(path for path in source.rglob("*") if path.is_file()):
        stream = file.parent.name
        for half, part in enumerate(parts):
            target = part / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if stream not in _HALVED:
                shutil.copy(file, target)
                continue
            records = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
            for number in range(half + 1):
                name = f"{number}-{file.name.split('.')[0]}.jsonl"
                target.with_name(name).write_text("".join(records[number::2]))
