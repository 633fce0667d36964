"""The files of the dbt project, of which dbt's manifest is made."""

from orchestration.warehouse import PROJECT_ROOT

PROJECT_FILES = ("dbt_project.yml", "profiles.yml", "macros", "models", "seeds", "tests/dbt")


def changed_at() -> float:
    """When the newest of them was changed, as a file's time of change tells it."""
    paths = (PROJECT_ROOT / name for name in PROJECT_FILES)
    files = (file for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    return max(file.stat().st_mtime for file in files if file.exists())
