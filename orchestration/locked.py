"""The locked requirements: which version of each package this project was tested with."""

import re
from collections.abc import Iterator

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def locked_lines(lock: str) -> Iterator[str]:
    """The requirements of a lock, each on one line with its hashes.

    Args:
        lock: The lock's text.
    """
    for line in lock.replace("\\\n", " ").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def pins(lock: str, *, only_here: bool = False) -> dict[str, set[str]]:
    """Versions of each package that a lock allows, one for each of its markers.

    Args:
        lock: The lock's text.
        only_here: Whether to leave out what is locked for another Python or machine than this one.
    """
    found: dict[str, set[str]] = {}
    for line in locked_lines(lock):
        requirement = Requirement(HASH.sub("", line))
        if only_here and requirement.marker and not requirement.marker.evaluate():
            continue
        version = str(requirement.specifier).removeprefix("==")
        found.setdefault(canonicalize_name(requirement.name), set()).add(version)
    return found
