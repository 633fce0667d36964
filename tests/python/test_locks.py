"""A lock that would let in something else than what was locked is noticed."""

import json
import re
from email.message import Message
from importlib.metadata import Distribution

import pytest

from orchestration.warehouse import PROJECT_ROOT
from tests.locks import differing_pins, licence_faults, lock_faults, pins

HASH = f"--hash=sha256:{'0' * 64}"
GOOD = f"numpy==2.4.6 ; python_full_version < '3.12' \\\n    {HASH} \\\n    {HASH}\nwheel[all]==1.0 {HASH}\n"


def test_a_good_lock_has_no_faults() -> None:
    assert list(lock_faults("a.lock", GOOD)) == []
    assert pins(GOOD) == {"numpy": {"2.4.6"}, "wheel": {"1.0"}}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ("pip==1.0", "a.lock: pip==1.0: has no hash"),
        (f"pip>=1.0 {HASH}", "a.lock: pip>=1.0: is not pinned to one version"),
        (f"pip==1.* {HASH}", "a.lock: pip==1.*: is not pinned to one version"),
        (
            f"pip@file:///p.whl {HASH}",
            "a.lock: pip@file:///p.whl: is not pinned to one version",
        ),
        ("--index-url https://example.org", "a.lock: --index-url: is no requirement of a package"),
    ],
)
def test_what_is_not_pinned_and_hashed_is_told(line: str, fault: str) -> None:
    assert list(lock_faults("a.lock", f"{GOOD}{line}\n")) == [fault]


def test_two_locks_pin_the_same() -> None:
    assert list(differing_pins(GOOD, GOOD)) == []
    (fault,) = differing_pins(GOOD, GOOD.replace("2.4.6", "2.4.7"))
    assert fault.startswith("numpy: ")


class _Package(Distribution):
    """An installed package of one licence."""

    def __init__(self, licence: str, words: str = "") -> None:
        self._licence, self._words = licence, words

    def read_text(self, filename: str) -> str | None:
        if filename == "licenses/LICENSE":
            return self._words
        message = Message()
        message["License-File"] = "LICENSE"
        message["Name"], message["Version"], message["License-Expression"] = "wheel", "1.0", self._licence
        return str(message) if filename == "METADATA" else None

    def locate_file(self, path: object) -> object:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("licence", "is_told"), [("MIT", False), ("LGPL-3.0-only", True), ("AGPL-3.0-only", True), ("", True)]
)
def test_an_unknown_licence_is_told(licence: str, is_told: bool) -> None:
    assert bool(list(licence_faults(pins(GOOD), iter([_Package(licence)])))) is is_told
    assert list(licence_faults({}, iter([_Package(licence)]))) == []


@pytest.mark.parametrize(("words", "is_told"), [("MIT License\n\nCopyright", False), ("All mine\nMIT", True)])
def test_a_licence_may_be_told_in_its_own_words(words: str, is_told: bool) -> None:
    assert bool(list(licence_faults(pins(GOOD), iter([_Package("", words)])))) is is_told


def test_nodes_lock_has_one_version_of_each_package_its_hash_and_no_host() -> None:
    text = (PROJECT_ROOT / "tests/clients/node/package-lock.json").read_text(encoding="utf-8")
    packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
    assert "://" not in text
    assert all(re.fullmatch(r"[\d.]+(-r\.\d+)?", each["version"]) for each in packages.values())
    # Of DuckDB's binaries only those for the machines that run the tests are told with their hash.
    unhashed = {name for name, each in packages.items() if "integrity" not in each}
    assert all("node-bindings-" in name and packages[name]["optional"] for name in unhashed)
    assert not any("-linux-x64" in name for name in unhashed)
