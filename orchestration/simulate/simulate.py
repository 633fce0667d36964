"""`helpdesk simulate`: realistic extracts to try the warehouse on, the same for the same seed."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path

from orchestration.errors import UsageError
from orchestration.simulate.chance import Chance
from orchestration.simulate.generic import write_generic
from orchestration.simulate.world import World, make_world
from orchestration.simulate.zendesk import write_zendesk

Report = Callable[[str], None]
SystemWriter = Callable[[Path, World, int, Chance, Report], None]

# A new system is one module and one line here.
SYSTEMS: dict[str, SystemWriter] = {"generic": write_generic, "zendesk": write_zendesk}
_EARLIEST = date(1970, 1, 1)


def simulate(
    out: Path,
    *,
    tickets: int = 10_000,
    days: int = 365,
    seed: int = 1,
    systems: Sequence[str] = ("generic",),
    ends_on: date = date(2017, 2, 18),
    report: Report,
) -> None:
    """Write simulated extracts, ``<out>/<system>/<stream>/…``; equal arguments give equal bytes.

    Args:
        out: A new or empty folder.
        tickets: Tickets per system.
        days: Days of history, the last of them ``ends_on``.
        seed: Any integer; another seed is another history.
        systems: Helpdesk systems to imitate.
        ends_on: Last UTC day; nothing is logged after it.
        report: Told now and then, in one line, how far it is.

    Raises:
        UsageError: A system is unknown, a number is below 1, or ``out`` is not a new or empty folder.
    """
    _check_numbers(tickets, days, ends_on)
    chosen = list(dict.fromkeys(systems))
    _check_systems(chosen)
    _make_empty_folder(out)
    for system in chosen:
        chance = Chance(f"{seed}/{system}")
        world = make_world(ends_on - timedelta(days=days - 1), ends_on, tickets, chance)
        SYSTEMS[system](out / system, world, tickets, chance, report)
        report(f"{system}: {tickets:,} tickets of {days:,} days up to {ends_on} written to {out / system}")


def _check_numbers(tickets: int, days: int, ends_on: date) -> None:
    if tickets < 1:
        raise UsageError(f"--tickets {tickets}: give a number from 1")
    longest = (ends_on - _EARLIEST).days + 1
    if not 1 <= days <= longest:
        raise UsageError(f"--days {days}: give a number from 1 to {longest} (history begins in 1970)")


def _check_systems(systems: Sequence[str]) -> None:
    known = ", ".join(sorted(SYSTEMS))
    if not systems:
        raise UsageError(f"--systems: name at least one of {known}")
    unknown = [system for system in systems if system not in SYSTEMS]
    if unknown:
        raise UsageError(f"--systems {','.join(unknown)}: cannot be simulated; known: {known}")


def _make_empty_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
        is_empty = not any(out.iterdir())
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(f"--out {out}: not a folder; name a new or empty one") from error
    except OSError as error:
        raise UsageError(f"--out {out}: cannot be written: {error.strerror}") from error
    if not is_empty:
        raise UsageError(f"--out {out}: not empty; name a new or empty folder")
