"""dbt is handed the project as it was read, where it was read by the same dbt for the same database."""

from pathlib import Path

import pytest
from dbt.contracts.graph.manifest import Manifest

from orchestration.dbt import dbt_project
from orchestration.parsed_project import parsed_project

from .conftest import Helpdesk


@pytest.fixture(scope="module")
def parsed() -> Path:
    return dbt_project().manifest_path.with_name("partial_parse.msgpack")


def test_a_refresh_s_dbt_does_not_read_the_project_again(published: Helpdesk) -> None:
    log = (published.warehouse.private_dir / "dbt" / "dbt.log").read_text(encoding="utf-8")
    assert "Completed successfully" in log
    assert "partial pars" not in log.lower()


def test_the_project_is_whole(parsed: Path) -> None:
    manifest = parsed_project(parsed)
    assert manifest is not None
    tickets = "model.helpdesk_warehouse.fct_tickets"
    assert tickets in manifest.nodes
    assert manifest.parent_map[tickets]


@pytest.mark.parametrize("other", [{"dbt_version": "1.0.0"}, {"adapter_type": "spark"}])
def test_another_s_reading_is_not_taken(parsed: Path, other: dict[str, str], tmp_path: Path) -> None:
    manifest = Manifest.from_msgpack(parsed.read_bytes())
    for name, value in other.items():
        setattr(manifest.metadata, name, value)
    file = tmp_path / parsed.name
    file.write_bytes(manifest.to_msgpack())
    assert parsed_project(file) is None


def test_without_a_reading_dbt_reads_for_itself(tmp_path: Path) -> None:
    assert parsed_project(tmp_path / "partial_parse.msgpack") is None
