"""Runs whole made-up worlds through the compiled models, with the account's default schedule."""

from typing import Any

from orchestration.landing.streams import load_streams
from tests.python.models.compiled import ModelRun
from tests.reference.worlds import World


class WorldRun(ModelRun):
    """An in-memory warehouse of one account of the open format."""

    def __init__(self, models: list[tuple[str, str]]) -> None:
        super().__init__(models, load_streams())

    def build_world(self, world: World) -> None:
        """Load a world's records and build every model as of its instant."""
        records = {
            "tickets": world.tickets,
            "ticket_events": world.events,
            "messages": world.messages,
            "schedules": world.schedules,
            "holidays": world.holidays,
        }
        for stream, rows in records.items():
            self.load(f"raw_generic.{stream}", list(rows))
        self.build(as_of=f"{world.as_of:%Y-%m-%d %H:%M:%S}", default_schedule_id=world.default_schedule_id)

    def by_ticket(self, table: str, order: str) -> dict[str, list[dict[str, Any]]]:
        """The rows of a fact by ticket id, in order."""
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.rows(
            f"select tickets.ticket_id, facts.* from publication.core.{table} as facts"
            " inner join publication.core.fct_tickets as tickets using (ticket_key)"
            f" order by {order}"
        ):
            found.setdefault(row["ticket_id"], []).append(row)
        return found
