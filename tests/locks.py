"""What can be said of the locked requirements without a network; run with ``python -m tests.locks``.

Known vulnerabilities are another matter: ``make audit`` asks for them.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from orchestration.locked import HASH, locked_lines, pins
from orchestration.warehouse import PROJECT_ROOT

BASE = "requirements.lock"
EXTRAS = ("requirements-spark.lock", "requirements-browser.lock", "requirements-postgres.lock")
# Of a choice of licences one is enough; whoever ships this with its requirements owes nobody its own code.
# The LGPL asks that much of who changes such a package, not of who imports it.
_LICENCES = re.compile(r"\b(LGPL|MIT|Apache|BSD|ISC|PSF|Python Software|MPL|Mozilla|Artistic|Zlib|0BSD)\b")


def lock_faults(name: str, lock: str) -> Iterator[str]:
    """Every requirement of a lock that could be something else than what was locked."""
    for line in locked_lines(lock):
        told = line.split()[0]
        try:
            requirement = Requirement(HASH.sub("", line))
        except InvalidRequirement:
            yield f"{name}: {told}: is no requirement of a package"
            continue
        exact = [each.operator for each in requirement.specifier] == ["=="]
        if requirement.url or not exact or "*" in str(requirement.specifier):
            yield f"{name}: {told}: is not pinned to one version"
        if not HASH.search(line):
            yield f"{name}: {told}: has no hash"


def differing_pins(one: str, other: str) -> Iterator[str]:
    """Packages that two locks pin to other versions: what one was tested with is not what the other runs."""
    second = pins(other)
    for package, versions in pins(one).items():
        if second.get(package, versions) != versions:
            yield f"{package}: pinned to other versions in {BASE} and a lock made from it"


def licence_faults(locked: Mapping[str, set[str]], installed: Iterator[Distribution]) -> Iterator[str]:
    """Every locked package that is installed here under a licence nobody has looked at."""
    for package in installed:
        if canonicalize_name(package.name) in locked and not _LICENCES.search(_licence(package)):
            yield f"{package.name}: licence {_licence(package) or 'not told'}; see whether it may be required"


def _licence(package: Distribution) -> str:
    told = package.metadata.get_all("License-Expression", [])
    told += [each for each in package.metadata.get_all("Classifier", []) if each.startswith("License ::")]
    told += [str(package.metadata.get("License", ""))] * (not told)
    if not any(told):
        # Some tell it in the licence's own words alone.
        files = package.metadata.get_all("License-File", [])
        told = [package.read_text(f"licenses/{name}") or "" for name in files]
    return "; ".join(text.strip().partition("\n")[0] for text in told)


def main() -> int:
    texts = {name: (PROJECT_ROOT / name).read_text(encoding="utf-8") for name in (BASE, *EXTRAS)}
    found = [fault for name, text in texts.items() for fault in lock_faults(name, text)]
    if not found:
        for name in EXTRAS:
            found += differing_pins(texts[BASE], texts[name])
        locked = {package: versions for text in texts.values() for package, versions in pins(text).items()}
        found += licence_faults(locked, distributions())
    sys.stdout.write("\n".join(found) + "\n" if found else "locks: pinned, hashed, agreed, licences known\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
