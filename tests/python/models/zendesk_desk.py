"""A small Zendesk account written by hand: records in the API's shape, run through the compiled models."""

from collections import defaultdict
from itertools import count
from typing import Any

from tests.python.models.compiled import ModelRun

CUSTOMER, ANN, BOB = 501, 701, 702
STREAMS = (
    "tickets",
    "ticket_audits",
    "ticket_metric_events",
    "satisfaction_ratings",
    "users",
    "schedules",
)
_WEB = {"channel": "web", "source": {"from": {}, "to": {}, "rel": None}}
_ACCOUNTS = tuple((system, "main", "UTC") for system in ("generic", "servicenow", "zendesk"))

Record = dict[str, Any]


class ZendeskDesk:
    """Records of one account by stream; Ann and Bob are its agents.

    Attributes:
        records: The records of each stream.
    """

    def __init__(self) -> None:
        self.records: dict[str, list[Record]] = defaultdict(list)
        self._ids = count(1)
        for user, role in ((CUSTOMER, "end-user"), (ANN, "agent"), (BOB, "agent")):
            self.add("users", id=user, role=role, name=f"User {user}", created_at="2020-01-01T00:00:00Z")

    def add(self, stream: str, **record: Any) -> None:
        """Add one record; without an id it gets the next one."""
        self.records[stream].append({"id": next(self._ids), **record})

    def ticket(self, number: int, created_at: str, *events: Record, **fields: Any) -> None:
        """Add a ticket of the customer, with the audit of its creation.

        Args:
            number: Its id.
            created_at: When it was created.
            events: What its first audit tells beside the status open and the description.
            fields: Further fields of the record.
        """
        record = {"id": number, "created_at": created_at, "status": "open", "via": _WEB}
        person = {"requester_id": CUSTOMER, "submitter_id": CUSTOMER}
        self.add("tickets", **(record | person | fields))
        self.audit(number, created_at, created("status", "open"), comment(CUSTOMER), *events, author=CUSTOMER)

    def audit(self, number: int, at: str, *events: Record, author: int = ANN) -> None:
        """Add an audit of a ticket: what one update of it did."""
        numbered = [{"id": next(self._ids), **event} for event in events]
        self.add(
            "ticket_audits", ticket_id=number, created_at=at, author_id=author, via=_WEB, events=numbered
        )

    def rating(self, number: int, rating_id: int, at: str, score: str) -> None:
        """Add a version of a rating of a ticket."""
        times = {"created_at": at, "updated_at": at}
        self.add("satisfaction_ratings", id=rating_id, ticket_id=number, score=score, **times)

    def build(self, run: ModelRun, as_of: str) -> None:
        """Replace the run's Zendesk records by these and build every model as of an instant."""
        for stream in STREAMS:
            run.load(f"raw_zendesk.{stream}", self.records[stream])
        run.build(as_of=as_of, accounts=_ACCOUNTS)


def created(field: str, value: Any) -> Record:
    """The event of an audit with which a field got its first value."""
    return {"type": "Create", "field_name": field, "value": value}


def changed(field: str, old: Any, new: Any) -> Record:
    """The event of an audit with which a field changed."""
    return {"type": "Change", "field_name": field, "previous_value": old, "value": new}


def comment(author: int, *, public: bool = True) -> Record:
    """The event of an audit that is a comment."""
    return {"type": "Comment", "author_id": author, "public": public, "body": "…"}


def weekdays_nine_to_five(schedule_id: int, time_zone: str) -> Record:
    """A schedule that opens from Monday to Friday, in minutes since Sunday midnight."""
    opening = [{"start_time": 1440 * day + 540, "end_time": 1440 * day + 1020} for day in range(1, 6)]
    name = {"name": "Office hours", "time_zone": time_zone, "created_at": "2020-01-01T00:00:00Z"}
    return {"id": schedule_id, **name, "intervals": opening}
