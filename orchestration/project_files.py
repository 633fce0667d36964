"""The files of the dbt project, and whether what dbt made of them is as new as they are."""

from pathlib import Path

from orchestration.warehouse import PROJECT_ROOT

PROJECT_FILES = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests/dbt")
MANIFEST = Path("target", "manifest.json")


def newest_change(root: Path = PROJECT_ROOT) -> float:
    """When a file of the dbt project changed last, in seconds since 1970.

    Args:
        root: The project.
    """
    paths = (root / name for name in PROJECT_FILES)
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    return max((file.stat().st_mtime for file in files if file.exists()), default=0.0)


def is_parsed(manifest: Path, root: Path = PROJECT_ROOT) -> bool:
    """Whether a manifest is there, and as new as the project.

    Args:
        manifest: The manifest.
        root: The project.
    """
    return manifest.exists() and manifest.stat().st_mtime >= newest_change(root)
