"""The fingerprint of everything a publication is made of."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from orchestration.forgetting.known import forgettings
from orchestration.publishing.database import has_table, open_database
from orchestration.publishing.pseudonym_key import pseudonym_secret, secret_digest
from orchestration.settings import Settings
from orchestration.warehouse import PROJECT_ROOT, Warehouse

# What the tables are made by.
CODE = ("dbt_project.yml", "macros", "models", "orchestration", "requirements.lock", "seeds")
# Whom to tell of failures, when to run, what to refuse, how much to keep, where to copy: history stays as it
# is built.
_CHANGES_NO_FIGURE: dict[str, bool | set[str]] = {
    "alerts": True,
    "landing": True,
    "postgres": True,
    "refresh": True,
    "publication": {"keep"},
}


def inputs_fingerprint(warehouse: Warehouse, settings: Settings, *, project_root: Path = PROJECT_ROOT) -> str:
    """A hash over landed data, code, settings and key; while it is the published one, nothing is new.

    Args:
        warehouse: The warehouse, into which the run's extracts have landed.
        settings: The settings of the run.
        project_root: The folder that holds models, macros, seeds and orchestration.

    Returns:
        64 hexadecimal digits.
    """
    rules = rules_fingerprint(warehouse, settings, project_root=project_root)
    return _hash([rules, *_landed_loads(warehouse)])


def rules_fingerprint(warehouse: Warehouse, settings: Settings, *, project_root: Path = PROJECT_ROOT) -> str:
    """A hash over code, settings and key; while it is the same, the same records give the same tables.

    Args:
        warehouse: The warehouse, for the key of its pseudonyms.
        settings: The settings of the run.
        project_root: The folder that holds models, macros, seeds and orchestration.

    Returns:
        64 hexadecimal digits.
    """
    key = secret_digest(pseudonym_secret(warehouse))
    return _hash([_settings_line(settings), key, *_code_lines(project_root)])


def settings_fingerprint(settings: Settings) -> str:
    """A hash over the settings alone, 64 hexadecimal digits; the same with the same settings.

    Args:
        settings: The settings of the run.
    """
    return _hash([_settings_line(settings)])


def code_fingerprint(*, project_root: Path = PROJECT_ROOT) -> str:
    """A hash over the code alone, 64 hexadecimal digits; the same with the same code, committed or not.

    Args:
        project_root: The folder that holds models, macros, seeds and orchestration.
    """
    return _hash(_code_lines(project_root))


def _settings_line(settings: Settings) -> str:
    told = settings.model_dump(mode="json", exclude=_CHANGES_NO_FIGURE)
    return json.dumps(told, sort_keys=True)


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
        forgotten = forgettings(connection)
    return [f"load {row[0]}" for row in rows] + [f"forgotten {told}" for told in forgotten]


def _code_lines(project_root: Path) -> Iterator[str]:
    for name in CODE:
        top = project_root / name
        files = [top] if top.is_file() else sorted(path for path in top.rglob("*") if path.is_file())
        for file in files:
            relative = file.relative_to(project_root)
            # Caches and editors' swap files change without the code changing.
            if "__pycache__" in relative.parts or any(part.startswith(".") for part in relative.parts):
                continue
            with file.open("rb") as content:
                yield f"{relative.as_posix()} {hashlib.file_digest(content, 'sha256').hexdigest()}"
