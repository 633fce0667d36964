"""The fingerprint changes with data, code and settings, and with nothing else."""

import duckdb
import pytest

from orchestration.kpi_settings import Thresholds
from orchestration.publishing.publish import inputs_fingerprint
from orchestration.settings import Settings


@pytest.fixture
def project(tmp_path):
    root = tmp_path / "project"
    for folder in ("models/core", "macros", "seeds", "orchestration"):
        (root / folder).mkdir(parents=True)
    (root / "dbt_project.yml").write_text("name: helpdesk")
    (root / "models" / "core" / "fct_tickets.sql").write_text("select 1")
    return root


def test_the_same_inputs_give_the_same_fingerprint(warehouse, project):
    first = inputs_fingerprint(warehouse, Settings(), project_root=project)
    (project / "orchestration" / "__pycache__").mkdir()
    (project / "orchestration" / "__pycache__" / "cli.pyc").write_bytes(b"compiled")
    (project / "models" / ".fct_tickets.sql.swp").write_text("being edited")

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) == first
    assert len(first) == 64


@pytest.mark.parametrize(
    "file",
    ["dbt_project.yml", "models/core/fct_tickets.sql", "seeds/kpis.csv", "macros/a.sql", "requirements.lock"],
)
def test_changed_code_changes_it(warehouse, project, file):
    before = inputs_fingerprint(warehouse, Settings(), project_root=project)
    (project / file).write_text("changed")

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) != before


def test_a_renamed_model_changes_it(warehouse, project):
    before = inputs_fingerprint(warehouse, Settings(), project_root=project)
    (project / "models/core/fct_tickets.sql").rename(project / "models/core/fct_ticket.sql")

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) != before


def test_changed_settings_change_it(warehouse, project):
    changed = Settings(thresholds=Thresholds(maturity_days=7))

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) != inputs_fingerprint(
        warehouse, changed, project_root=project
    )


@pytest.mark.parametrize(
    ("status", "rows_landed", "is_new"),
    [("landed", 1, True), ("landed", 0, False), ("duplicate", 1, False), ("refused", 1, False)],
)
def test_only_landed_records_are_new(warehouse, project, status, rows_landed, is_new):
    before = inputs_fingerprint(warehouse, Settings(), project_root=project)
    with duckdb.connect(str(warehouse.build_file)) as connection:
        connection.execute(
            "insert into meta.loads (load_id, status, rows_landed) values ('b1', ?, ?)", [status, rows_landed]
        )

    assert (inputs_fingerprint(warehouse, Settings(), project_root=project) != before) is is_new


def test_it_is_known_before_anything_has_landed(warehouse, project):
    warehouse.build_file.unlink()
    nothing = inputs_fingerprint(warehouse, Settings(), project_root=project)
    duckdb.connect(str(warehouse.build_file)).close()

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) == nothing


def test_whom_to_tell_of_failures_changes_nothing(warehouse, project):
    told = Settings.model_validate({"alerts": {"webhook_url": "https://example.org/hook"}})

    assert inputs_fingerprint(warehouse, Settings(), project_root=project) == inputs_fingerprint(
        warehouse, told, project_root=project
    )
