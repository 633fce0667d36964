"""The section [postgres] of helpdesk.toml: where each publication is copied to. Without it, nowhere."""

from typing import Annotated
from urllib.parse import parse_qs, urlsplit

from pydantic import AfterValidator, Field

from orchestration.errors import UsageError
from orchestration.kpi_settings import Section
from orchestration.postgres.location import DEFAULT_SCHEMA, Location, read_location


def _address(to: str) -> str:
    # What is wrong with it is not quoted: messages about settings get into logs.
    try:
        read_location(to, DEFAULT_SCHEMA)
    except UsageError as error:
        raise ValueError(str(error).removeprefix("--to: ")) from error
    parts = urlsplit(to)
    if parts.password or "password" in parse_qs(parts.query):
        raise ValueError("takes no password: that is read from PGPASSWORD, ~/.pgpass or a service file")
    return to


def _schema(name: str) -> str:
    try:
        read_location("postgresql://", name)
    except UsageError as error:
        raise ValueError(str(error).removeprefix("--schema ")) from error
    return name


class Postgres(Section):
    """A PostgreSQL database that gets a copy of each publication.

    ``to``: its address, without a password.
    ``schema_name``: of the marts; core and meta go into two named after it.
    ``wait_seconds``: how long readers there are waited for.
    """

    to: Annotated[str, AfterValidator(_address)]
    schema_name: Annotated[str, AfterValidator(_schema)] = DEFAULT_SCHEMA
    wait_seconds: float = Field(default=300, ge=0)

    @property
    def location(self) -> Location:
        """Database and schemas."""
        return read_location(self.to, self.schema_name)
