"""Which code made a publication: the commit, and whether the work tree differed from it."""

import os
import shutil
import subprocess
from pathlib import Path

from orchestration.publishing.fingerprint import CODE
from orchestration.warehouse import PROJECT_ROOT

_PATIENCE_SECONDS = 30


def git_commit(project_root: Path = PROJECT_ROOT) -> str | None:
    """The commit checked out in a folder, read from git's own files so that no git needs to be installed.

    Args:
        project_root: The top folder of a work tree.

    Returns:
        The commit's full hash, or None where there is no readable commit.
    """
    try:
        folder = project_root / ".git"
        if folder.is_file():
            folder = project_root / folder.read_text(encoding="utf-8").removeprefix("gitdir:").strip()
        head = (folder / "HEAD").read_text(encoding="utf-8").strip()
        if not head.startswith("ref:"):
            return head
        reference = head.removeprefix("ref:").strip()
        common = folder / "commondir"
        shared = folder / common.read_text(encoding="utf-8").strip() if common.exists() else folder
        loose = shared / reference
        if loose.exists():
            return loose.read_text(encoding="utf-8").strip()
        packed = (shared / "packed-refs").read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    return next((line.split()[0] for line in packed if line.endswith(f" {reference}")), None)


def has_local_changes(project_root: Path = PROJECT_ROOT) -> bool | None:
    """Whether the code in a work tree differs from its commit, new files included.

    Args:
        project_root: The top folder of a work tree.

    Returns:
        None where there is no commit, or no git that could tell.
    """
    git = shutil.which("git")
    if git is None or git_commit(project_root) is None:
        return None
    try:
        done = subprocess.run(
            [git, "-C", str(project_root), "status", "--porcelain", "--", *CODE],
            # What a hook says of its own repository is not meant; and looking must not write git's index.
            env={name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
            | {"GIT_OPTIONAL_LOCKS": "0"},
            capture_output=True,
            check=False,
            timeout=_PATIENCE_SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return bool(done.stdout.strip()) if done.returncode == 0 else None
