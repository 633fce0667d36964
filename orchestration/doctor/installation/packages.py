"""Is what is installed what was locked, and so tested?"""

from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.locked import pins
from orchestration.warehouse import PROJECT_ROOT

LOCK = PROJECT_ROOT / "requirements.lock"
_SHOWN = 5


def findings(case: Case) -> Iterator[Finding]:
    """Locked packages that are missing here, or are of another version."""
    if not LOCK.exists():
        yield note(f"{LOCK}: is not there, so nobody can tell which versions were tested")
        return
    locked = pins(LOCK.read_text(encoding="utf-8"), only_here=True)
    installed = {package: _version(package) for package in locked}
    missing = [f"{package} {_any(locked[package])}" for package in locked if installed[package] is None]
    others = [
        f"{package} is {installed[package]}, locked {_any(versions)}"
        for package, versions in locked.items()
        if installed[package] is not None and installed[package] not in versions
    ]
    do = "make setup (after touch requirements.lock, where it says nothing)"
    if missing:
        yield wrong(
            f"{len(missing)} of {len(locked)} locked packages are not installed: {_some(missing)}", do
        )
    if others:
        yield wrong(f"{len(others)} packages are not of the locked version: {_some(others)}", do)
    if not missing and not others:
        yield ok(f"all {len(locked)} packages are of the locked versions")


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _any(versions: set[str]) -> str:
    return " or ".join(sorted(versions))


def _some(texts: list[str]) -> str:
    more = f"; and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""
    return "; ".join(texts[:_SHOWN]) + more
