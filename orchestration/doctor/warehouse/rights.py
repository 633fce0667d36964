"""Who may read and write what lies in the warehouse?"""

import os
import pwd
from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.publishing.folders import private_files
from orchestration.warehouse import Warehouse

_ROOT = 0


def findings(case: Case) -> Iterator[Finding]:
    """Owners and modes of the folders and files, and the mode that the next publication gets."""
    faults = [*_owners(case.warehouse), *_modes(case.warehouse)]
    yield from faults
    with private_files() as mode:
        is_shared = bool(mode & 0o040)
    if not is_shared:
        yield note(
            "the umask here lets nobody else read files: the next publication is for this user alone",
            "umask 0027 (UMask= of the unit) lets the group of analysts read it",
        )
    if not faults and case.warehouse.private_dir.exists():
        yield ok("the private part is closed to others, and its files are this user's")


def _owners(warehouse: Warehouse) -> Iterator[Finding]:
    user = os.geteuid()
    others = {file.stat().st_uid for file in _files(warehouse)} - {user}
    for owner in sorted(others):
        told = f"files of {warehouse.root} belong to {user_name(owner)}, and this is {user_name(user)}"
        if user == _ROOT:
            yield note(f"{told}: what root writes there, that user cannot", f"run as {user_name(owner)}")
        else:
            yield wrong(told, f"run as {user_name(owner)}, or have the folder given to this user (chown -R)")


def _modes(warehouse: Warehouse) -> Iterator[Finding]:
    open_to_others = [file for file in _files(warehouse, private=True) if file.stat().st_mode & 0o077]
    # A closed folder closes what is in it.
    if open_to_others and warehouse.private_dir in open_to_others:
        yield wrong(
            f"{warehouse.private_dir}: others may enter it: names, addresses and texts of people lie there",
            f"chmod -R go= {warehouse.private_dir} (the next refresh closes the folder itself)",
        )


def _files(warehouse: Warehouse, *, private: bool = False) -> list[Path]:
    places = [warehouse.private_dir, warehouse.build_file, warehouse.lock_file, warehouse.pseudonym_key_file]
    if not private:
        places += [warehouse.root, warehouse.published_file, warehouse.versions_dir, warehouse.report_dir]
    return [place for place in places if place.exists()]


def user_name(number: int) -> str:
    """A user's name, or the number where the machine knows none."""
    try:
        return pwd.getpwuid(number).pw_name
    except KeyError:
        return f"user {number}"
