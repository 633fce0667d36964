"""A desk with one customer who asks to be forgotten, and others who are easily taken for her."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from orchestration.forgetting.command import run_forget
from orchestration.landing.land import LandingResult, land
from orchestration.publishing.database import open_database
from orchestration.publishing.folders import prepare_warehouse
from orchestration.settings import Landing, Settings
from orchestration.warehouse import Warehouse

ADA = "cust-4711"
ADDRESS = "Ada.Lovelace@example.org"
NAME = "Ada Lovelace"
PHONE = "+44 (0)1632 960-123"
SECRETS = (ADA, "ada.lovelace@example.org", ADDRESS, NAME, "browser-77aa", "my poor cat", PHONE)
AT = "2026-03-01T09:00:00Z"
FIRST_LANDING = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
ZENDESK_ID = "900000000011"


@dataclass
class Desk:
    """Extracts, and the warehouse into which they land; nothing is built."""

    extracts: Path
    warehouse: Warehouse
    landings: int = 0

    def write(self, name: str, *records: dict[str, object] | str) -> None:
        """Write a file of records, or of lines that are none."""
        path = self.extracts / name
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = [each if isinstance(each, str) else json.dumps(each) for each in records]
        path.write_text("".join(f"{line}\n" for line in lines))

    def land(self) -> LandingResult:
        """Land what is new, a day after the landing before."""
        loaded_at = FIRST_LANDING + timedelta(days=self.landings)
        self.landings += 1
        settings = Settings(landing=Landing(max_bad_record_rate=1))
        with open_database(self.warehouse.build_file, read_only=False) as connection:
            return land(connection, self.extracts, settings, loaded_at=loaded_at, report=lambda _: None)

    def forget(self, customer: str | None = ADA, **options: object) -> None:
        """``helpdesk forget --yes``."""
        arguments: dict[str, object] = {
            "customer": customer,
            "email": None,
            "system": None,
            "account": "main",
            "config": None,
            "dry_run": False,
            "yes": True,
        }
        run_forget(warehouse=self.warehouse, **(arguments | options))  # type: ignore[arg-type]

    def rows(self, query: str) -> list[tuple]:
        """What the build file answers."""
        with duckdb.connect(str(self.warehouse.build_file), read_only=True) as connection:
            return connection.execute(query).fetchall()

    def files_that_hold(self, *texts: str) -> list[tuple[str, str]]:
        """Every file of the warehouse in whose bytes a text stands."""
        return [
            (str(path.relative_to(self.warehouse.root)), text)
            for path in sorted(self.warehouse.root.rglob("*"))
            if path.is_file()
            for text in texts
            if text.lower().encode() in path.read_bytes().lower()
        ]


def ticket(number: int, requester: str, **values: object) -> dict[str, object]:
    return {"ticket_id": f"t{number}", "created_at": AT, "requester_id": requester, **values}


def message(number: int, ticket_number: int, author: str, kind: str, **values: object) -> dict[str, object]:
    own = {"message_id": f"m{number}", "ticket_id": f"t{ticket_number}", "sent_at": AT}
    return {**own, "author_id": author, "author_type": kind, **values}


def write_generic(desk: Desk) -> None:
    """One helpdesk of the open format, with Ada in every stream that can hold her."""
    desk.write(
        "generic/tickets/1.jsonl",
        ticket(1, ADA, submitter_id=ADA, subject=f"help, says {NAME}", tags=["vip"], note="my poor cat"),
        ticket(3, "other", subject="emptied", note=f"call {ADDRESS.lower()}", follower_ids=[ADA, "other"]),
        ticket(4, "other", subject="kept", note="kept", follower_ids=["other"]),
    )
    desk.write("generic/tickets/2.jsonl", ticket(1, f" {ADA} ", status="closed", subject=NAME))
    desk.write(
        "generic/messages/1.jsonl",
        message(1, 1, ADA, "customer", body="my poor cat"),
        message(2, 1, "agent-1", "agent", body=f"Dear {NAME}"),
        message(4, 3, ADA, "customer", body="my poor cat, too"),
    )
    desk.write(
        "generic/customers/1.jsonl",
        {"customer_id": ADA, "name": NAME, "email": ADDRESS, "language": "en", "phone": PHONE},
    )
    changes = {"event_id": "e1", "ticket_id": "t3", "occurred_at": AT, "field": "requester_id"}
    desk.write(
        "generic/ticket_events/1.jsonl",
        {"event_id": "e0", "ticket_id": "t1", "occurred_at": AT, "field": "status", "new_value": "closed"},
        {"event_id": "e2", "ticket_id": "t1", "occurred_at": AT, "field": "subject", "new_value": NAME},
        {**changes, "ticket_id": "t5", "old_value": ADA, "new_value": "other"},
    )
    desk.write(
        "generic/knowledge_events/1.jsonl",
        {
            "event_id": "k1",
            "occurred_at": AT,
            "kind": "search",
            "visitor_id": "browser-77aa",
            "query": "my poor cat",
        },
        {
            "event_id": "k2",
            "occurred_at": AT,
            "kind": "view",
            "visitor_id": "browser-77aa",
            "customer_id": ADA,
        },
    )
    desk.write(
        "generic/orders/1.jsonl",
        {"order_id": "o1", "customer_id": ADA, "ordered_at": AT, "amount": "5", "currency": "EUR"},
        {"order_id": "o2", "customer_id": ADA, "ordered_at": "no day"},
        {"order_id": "o3", "customer_id": "other", "ordered_at": "no day"},
        f'{{"order_id": "o4", "note": "{ADDRESS}"',
        f'{{"order_id": "o5", "customer_id": "{ADA}", "ordered',
    )


def write_lookalikes(desk: Desk) -> None:
    """Others who are not Ada: a longer id or address, an agent with her id, her id in another account."""
    desk.write(
        "generic/tickets/lookalikes.jsonl",
        ticket(11, f"{ADA}1", subject="kept", note="kept"),
        ticket(12, "other", subject="kept", note=f"call n{ADDRESS.lower()}"),
        ticket(13, "other", submitter_id=ADA, subject="kept"),
    )
    desk.write("generic/messages/lookalikes.jsonl", message(11, 11, ADA, "agent", body="kept"))
    desk.write(
        "generic/customers/lookalikes.jsonl",
        {"customer_id": f"{ADA}1", "name": "Ann", "email": ADDRESS},
    )
    desk.write("generic/agents/lookalikes.jsonl", {"agent_id": ADA, "name": "An Agent"})
    desk.write(
        "generic/orders/lookalikes.jsonl", {"order_id": "o11", "customer_id": f"{ADA}1", "ordered_at": "no"}
    )
    desk.write("generic@other/tickets/1.jsonl", ticket(1, ADA, subject="kept"))


def audit(number: int, ticket_id: str, author: int, *events: dict[str, object]) -> dict[str, object]:
    own = {"id": number, "ticket_id": ticket_id, "created_at": AT, "author_id": author}
    via = {"channel": "email", "source": {"from": {"address": ADDRESS, "name": NAME}, "to": {}, "rel": None}}
    return {**own, "via": via, "metadata": {"system": {"client": NAME}}, "events": list(events)}


def write_zendesk(desk: Desk) -> None:
    """One account of Zendesk, with what stands in the JSON of its records."""
    ada, bob, agent = int(ZENDESK_ID), 900000000012, 900000000001
    user = {"created_at": AT, "role": "end-user"}
    desk.write(
        "zendesk/users/1.jsonl",
        {"id": ada, "name": NAME, "email": ADDRESS, "phone": "+44 1", "tags": ["countess"], **user},
        {"id": bob, "name": "Bob", "email": "bob@example.org", **user},
        {"id": agent, "name": "Agent", "email": "agent@example.com", "created_at": AT, "role": "agent"},
    )
    own = {
        "created_at": AT,
        "status": "open",
        "via": {"channel": "email", "source": {"from": {"name": NAME}}},
    }
    desk.write(
        "zendesk/tickets/1.jsonl",
        {
            "id": 1,
            "requester_id": ada,
            "submitter_id": ada,
            "subject": NAME,
            "description": "my poor cat",
            **own,
        },
        {
            "id": 2,
            "requester_id": bob,
            "subject": "kept",
            "collaborator_ids": [ada],
            "status": "open",
            "created_at": AT,
        },
    )
    comment = {"id": 71, "type": "Comment", "author_id": agent, "public": True, "body": f"Dear {NAME}"}
    desk.write(
        "zendesk/ticket_audits/1.jsonl",
        audit(11, "1", ada, {"id": 70, "type": "Create", "field_name": "requester_id", "value": ZENDESK_ID}),
        audit(12, "1", agent, comment, {"id": 72, "type": "Change", "field_name": "status", "value": "open"}),
        audit(
            13, "1", ada, {"id": 73, "type": "Change", "field_name": "satisfaction_comment", "value": NAME}
        ),
        {**audit(21, "2", bob, {"id": 80, "type": "Cc", "recipients": [ada]}), "via": None, "metadata": None},
        {**audit(22, "2", bob, {"id": 81, "type": "Comment", "body": "kept"}), "via": None, "metadata": None},
    )
    desk.write(
        "zendesk/satisfaction_ratings/1.jsonl",
        {
            "id": 5,
            "ticket_id": 1,
            "requester_id": ada,
            "score": "good",
            "comment": "my poor cat",
            "created_at": AT,
        },
    )


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk whose warehouse is ready and empty."""
    extracts = tmp_path / "extracts"
    extracts.mkdir()
    warehouse = Warehouse(tmp_path / "warehouse")
    prepare_warehouse(warehouse)
    yield Desk(extracts, warehouse)
