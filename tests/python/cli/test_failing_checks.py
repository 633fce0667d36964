"""A check that does not pass refuses the publication, whoever runs it: Great Expectations or dbt."""

import json
import shutil
from pathlib import Path

from orchestration.alerts.settings import Alerts
from orchestration.alerts.tell import tell_failure
from orchestration.publishing.database import open_database
from orchestration.publishing.runs import last_run
from tests.python.alerts.servers import Hook, Mailbox, mail_server, web_server

from ..conftest import AS_OF, Helpdesk, Outcome, run_helpdesk


def refused(desk: Helpdesk, *options: object, **environment: str) -> Outcome:
    """A refresh that was refused and left the publication as it was, byte for byte."""
    before = desk.published_bytes()
    outcome = desk.refresh("--as-of", AS_OF, *options, **environment)
    assert outcome.status == 1, outcome.output
    assert "Traceback" not in outcome.errors
    assert desk.published_bytes() == before
    told = run_helpdesk("status", "--warehouse", desk.root)
    assert told.status == 0
    assert ": refused" in told.output
    assert "  rows that break a check: helpdesk status --rows" in outcome.output
    return outcome


def rows_shown(desk: Helpdesk, check: str) -> list[dict]:
    """The rows that ``helpdesk status --rows`` shows of one check."""
    lines = run_helpdesk("status", "--rows", "--warehouse", desk.root).output.splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Rows  "))
    (at,) = [number for number in range(start, len(lines)) if lines[number].endswith(f" {check}")]
    rows = []
    for line in lines[at + 1 :]:
        if not line.startswith("    "):
            break
        rows.append(json.loads(line))
    return rows


def mail_config(folder: Path, box: Mailbox) -> Path:
    """A helpdesk.toml that tells failures by e-mail."""
    config = folder / "helpdesk.toml"
    config.write_text(
        '[alerts]\nemail_to = ["ops@example.org"]\nemail_from = "helpdesk@example.org"\n'
        f'smtp_host = "127.0.0.1"\nsmtp_port = {box.port}\nsmtp_security = "none"\n'
    )
    return config


def test_raw_records_of_no_known_load_are_refused_before_anything_is_built(
    desk: Helpdesk, tmp_path: Path
) -> None:
    with open_database(desk.warehouse.build_file, read_only=False) as connection:
        connection.execute("delete from meta.loads where stream = 'groups'")
    shutil.rmtree(desk.extracts / "generic" / "groups")
    with mail_server(Mailbox()) as box, web_server(Hook(status=500)) as hook:
        config = mail_config(tmp_path, box)
        own = {"HELPDESK_WEBHOOK_URL": hook.url, "no_proxy": "127.0.0.1"}
        outcome = refused(desk, "--full", "--config", config, **own)
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: raw_generic.groups: load_is_known: ")
    assert "; rows came past landing: restore " in line
    assert line.removeprefix("helpdesk: ") not in outcome.output
    assert "building models" not in outcome.output
    rows = rows_shown(desk, "raw_generic.groups load_is_known")
    assert {row["_file"].split("/")[1] for row in rows} == {"groups"}
    # Told once, on every channel, and a channel that fails is one line that changes nothing.
    assert "  alert sent by e-mail; alert not sent by webhook: HTTP status 500" in outcome.output
    assert hook.url not in outcome.output + outcome.errors
    (message,) = box.messages
    assert message["Subject"] == "Helpdesk refresh refused by 1 check"
    assert "raw_generic.groups: load_is_known: " in message.get_payload(decode=True).decode()
    assert len(hook.posts) == 1
    with open_database(desk.warehouse.build_file, read_only=True) as connection:
        run = last_run(connection)
    assert run is not None
    # What Dagster's sensor would do of the same run.
    assert tell_failure(desk.warehouse, Alerts(webhook_url="http://127.0.0.1:9/"), run.run_id) is None


def test_a_failing_data_test_refuses_and_its_query_is_kept(desk: Helpdesk) -> None:
    """An eighth day of the week, put where landing would have stopped it."""
    with open_database(desk.warehouse.build_file, read_only=False) as connection:
        connection.execute("update raw_generic.schedules set weekday = '8' where weekday = '1'")
    outcome = refused(desk, "--full")
    check = "accepted_values_stg_generic__schedules_weekday"
    assert any(f"staging.stg_generic__schedules: {check}" in line for line in outcome.error_lines)
    assert "checking what is to be published" not in outcome.output
    assert "alert" not in outcome.output
    folder = desk.warehouse.private_dir / "dbt"
    assert all(f"; see {folder / 'failed'} and {folder / 'dbt.log'}" in line for line in outcome.error_lines)
    (query,) = (folder / "failed").glob(f"{check}*.sql")
    assert "stg_generic__schedules" in query.read_text()
    assert check in (folder / "dbt.log").read_text()
    assert (folder / "run_results.json").exists()
    (row,) = rows_shown(desk, query.stem)
    assert row["value_field"] == 8
    leftovers = [path for path in desk.warehouse.private_dir.rglob("*") if path.stat().st_mode & 0o077]
    assert [path for path in leftovers if path.is_file()] == []
