"""Can a warehouse be where it is, or is going to be?"""

import os
from collections.abc import Iterator
from pathlib import Path

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.doctor.places import there
from orchestration.publishing.folders import refuse_unusable_path

MOUNTS = Path("/proc/self/mounts")
# Locks and memory maps over a network are promises that not every server keeps.
NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "ceph", "glusterfs", "lustre", "fuse.sshfs"}


def findings(case: Case) -> Iterator[Finding]:
    """The folder of the warehouse or, before it is made, the one that it will lie in."""
    # Raises where dbt or Dagster cannot use the path.
    refuse_unusable_path(case.warehouse)
    root = case.warehouse.root
    place = there(root)
    kind = file_system(place)
    if not place.is_dir():
        yield wrong(f"{place}: is a file; --warehouse takes a folder", "name another folder")
    elif os.statvfs(place).f_flag & os.ST_RDONLY:
        yield wrong(
            f"{place}: lies on a disk that can only be read", "mount it writable; look at the disk first"
        )
    elif not os.access(place, os.W_OK | os.X_OK):
        yield wrong(
            f"{place}: this user may not write there", "give --warehouse another folder, or this user rights"
        )
    elif kind in NETWORK:
        yield note(
            f"{place}: lies on a network file system ({kind}): locks and large files may fail there",
            "keep the warehouse on a local disk, and copy what is published",
        )
    elif place != root.absolute():
        yield ok(f"{root}: is not there yet; the first refresh makes it in {place}")
    else:
        yield ok(f"{root}: a folder that can be written")


def file_system(place: Path) -> str:
    """The type of the file system that a folder lies on; empty where the machine does not tell."""
    if not MOUNTS.exists():
        return ""
    found = ("", "")
    for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        _, mount, kind, *_ = line.split(" ")
        mount = mount.replace("\\040", " ")
        if place.resolve().is_relative_to(mount) and len(mount) >= len(found[0]):
            found = (mount, kind)
    return found[1]
