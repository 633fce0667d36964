"""Where in a PostgreSQL server the copy goes: its address, as it may be told, and its schemas."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from orchestration.errors import UsageError

_SCHEMES = ("postgresql", "postgres")
DEFAULT_SCHEMA = "helpdesk"
_EXAMPLE = "postgresql://user@host/database"
# PostgreSQL cuts longer names than 63 bytes, and the longest suffix is _core_next.
_NAME = re.compile("[a-z_][a-z0-9_]{0,52}")


@dataclass(frozen=True)
class Location:
    """One database and the schemas in it.

    Attributes:
        url: What libpq connects by; may hold a password, so it is never told.
        schema: Of the marts; those of core and meta are named after it.
    """

    url: str
    schema: str

    def __str__(self) -> str:
        parts = urlsplit(self.url)
        user = f"{parts.username}@" if parts.username else ""
        place = parts.netloc.rpartition("@")[2]
        return f"postgresql://{user}{place}{parts.path}"

    def __repr__(self) -> str:
        return f"Location({self})"

    @property
    def schemas(self) -> dict[str, str]:
        """Schema of the published file → schema there."""
        return {"marts": self.schema, "core": f"{self.schema}_core", "meta": f"{self.schema}_meta"}

    def without_password(self, text: str) -> str:
        """A text in which the password, should it be quoted there, cannot be read."""
        parts = urlsplit(self.url)
        pairs = [pair.partition("=") for pair in parts.query.split("&")]
        secrets = [parts.password or "", *(value for name, _, value in pairs if unquote(name) == "password")]
        for secret in {form for each in secrets for form in (each, unquote(each)) if form}:
            text = text.replace(secret, "***")
        return text


def staging_schema(schema: str) -> str:
    """Where the tables of a schema are made ready."""
    return f"{schema}_next"


def read_location(to: str, schema: str) -> Location:
    """Read ``--to`` and ``--schema``.

    Args:
        to: An address as libpq takes it; what it does not say libpq takes from PGPASSWORD, ~/.pgpass, …
        schema: Name of the schema of the marts.

    Raises:
        UsageError: It is no such address, or a name that would have to be quoted everywhere.
    """
    try:
        parts = urlsplit(to)
    except ValueError:
        # Its own words quote the address.
        raise UsageError(f"--to: is no address such as {_EXAMPLE}") from None
    if parts.scheme not in _SCHEMES or not to.startswith(f"{parts.scheme}://"):
        raise UsageError(f"--to: is no address such as {_EXAMPLE}")
    # libpq would take a part of such a password for the host, and quote it in its message.
    if parts.netloc.count("@") > 1 or "@" in f"{parts.path}{parts.query}{parts.fragment}":
        raise UsageError(
            "--to: in a password write @ as %40, / as %2F, ? as %3F, # as %23, : as %3A, % as %25"
        )
    if not _NAME.fullmatch(schema) or schema.startswith("pg_"):
        raise UsageError(
            f"--schema {schema}: takes at most 53 small letters, digits and _, not a digit or pg_ first"
        )
    return Location(to, schema)
