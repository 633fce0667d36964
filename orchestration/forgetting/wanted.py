"""Who is meant by the options of ``helpdesk forget``."""

from datetime import datetime

import duckdb

from orchestration.forgetting.known import forgotten_at
from orchestration.forgetting.people import Person, find_people
from orchestration.forgetting.records import known_accounts
from orchestration.landing.streams import load_streams


class Wanted:
    """Who is meant, as the options say."""

    def __init__(
        self, customer: str | None, email: str | None, system: str | None, account: str | None
    ) -> None:
        self._customer, self._email = customer, email
        self._system, self._account = system, account

    def __str__(self) -> str:
        # An address is a value of a record; an id is what the helpdesk calls it.
        return f"--customer {self._customer}" if self._customer is not None else "--email"

    @property
    def is_anybody(self) -> bool:
        """Whether an option says who."""
        return self._customer is not None or self._email is not None

    def find(self, connection: duckdb.DuckDBPyConnection) -> list[Person]:
        """Who it is, in each account.

        Args:
            connection: The build file.

        Raises:
            UsageError: An id is known in several accounts, or is an agent's.
        """
        if not self.is_anybody:
            return []
        return find_people(
            connection,
            load_streams(),
            customer=self._customer,
            email=self._email,
            system=self._system,
            account=self._account,
        )

    def forgotten_since(self, connection: duckdb.DuckDBPyConnection) -> datetime | None:
        """When the customer with this id was forgotten; UTC without a zone, None when that never was.

        Args:
            connection: The build file.
        """
        if self._customer is None:
            return None
        found = [
            forgotten_at(connection, place, self._customer)
            for place in known_accounts(connection)
            if (self._system or place.system) == place.system and (self._account or place.name) == place.name
        ]
        return max((at for at in found if at), default=None)
