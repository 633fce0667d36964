"""The fingerprint of everything a publication is made of."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from orchestration.publishing.database import has_table, open_database
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse

_CODE = ("dbt_project.yml", "macros", "models", "orchestration", "requirements.lock", "seeds")


def inputs_fingerprint(warehouse: Warehouse, settings: Settings, *, project_root: Path = PROJECT_ROOT) -> str:
    """A hash over landed data, code and settings; while it is the published one, nothing is new.

    Args:
        warehouse: The warehouse, into which the run's extracts have landed.
        settings: The settings of the run.
        project_root: The folder that holds models, macros, seeds and orchestration.

    Returns:
        64 hexadecimal digits.
    """
    return _hash([rules_fingerprint(settings, project_root=project_root), *_landed_loads(warehouse)])


def rules_fingerprint(settings: Settings, *, project_root: Path = PROJECT_ROOT) -> str:
    """A hash over code and settings; while it is the same, the same records give the same tables.

    Args:
        settings: The settings of the run.
        project_root: The folder that holds models, macros, seeds and orchestration.

    Returns:
        64 hexadecimal digits.
    """
    # Whom to tell of failures changes no figure.
    told = settings.model_dump(mode="json", exclude={"alerts"})
    return _hash([json.dumps(told, sort_keys=True), *_code_lines(project_root)])


def _hash(parts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        # Each part is one JSON line: no two lists of parts give the same bytes.
        digest.update(json.dumps(part).encode() + b"\n")
    return digest.hexdigest()


def _landed_loads(warehouse: Warehouse) -> list[str]:
    if not warehouse.build_file.exists():
        return []
    with open_database(warehouse.build_file, read_only=True) as connection:
        if not has_table(connection, "meta", "loads"):
            return []
        rows = connection.execute(
            # A file that held no record gives nothing to build.
            "select load_id from meta.loads where status = 'landed' and rows_landed > 0 order by load_id"
        ).fetchall()
    return [f"load {row[0]}" for row in rows]


def _code_lines(project_root: Path) -> Iterator[str]:
    for name in _CODE:
        top = project_root / name
        files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        for file in files:
            relative = file.relative_to(project_root)
            # Caches and editors' swap files change without the code changing.
            if "__pycache__" in relative.parts or any(part.startswith(".") for part in relative.parts):
                continue
            with file.open("rb") as content:
                yield f"{relative.as_posix()} {hashlib.file_digest(content, 'sha256').hexdigest()}"
