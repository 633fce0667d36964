"""Does anything here send usage data? The project turns it off; an own dagster.yaml may turn it on."""

from collections.abc import Iterator
from pathlib import Path

import yaml

from orchestration.dagster_home import home_of
from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok
from orchestration.warehouse import PROJECT_ROOT


def findings(case: Case, project: Path = PROJECT_ROOT) -> Iterator[Finding]:
    """What dbt's and Dagster's own settings say."""
    home = home_of(case.warehouse)
    sends = []
    flags = _read(project / "dbt_project.yml").get("flags", {})
    if flags.get("send_anonymous_usage_stats") is not False:
        sends.append(
            (
                f"{project / 'dbt_project.yml'}: dbt sends usage data",
                "flags: send_anonymous_usage_stats: false",
            )
        )
    dagster = home / "dagster.yaml"
    # Where there is none yet, the one that is written turns it off.
    if dagster.exists() and _read(dagster).get("telemetry", {}).get("enabled") is not False:
        sends.append((f"{dagster}: Dagster sends usage data", "telemetry: {enabled: false}"))
    for told, line in sends:
        yield note(told, f"write into it: {line}")
    if not sends:
        yield ok("dbt, Dagster and Great Expectations send no usage data")


def _read(file: Path) -> dict[str, dict[str, object]]:
    content = yaml.safe_load(file.read_text(encoding="utf-8")) if file.exists() else None
    return content if isinstance(content, dict) else {}
