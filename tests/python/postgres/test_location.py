"""The address of the database: what is taken, and that its password is never told."""

import pytest

from orchestration.errors import UsageError
from orchestration.postgres.location import read_location, staging_schema

SECRET = "s3cret%21"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        (f"postgresql://owner:{SECRET}@db.example:5433/bi", "postgresql://owner@db.example:5433/bi"),
        (
            f"postgres://owner@db.example/bi?password={SECRET}&sslmode=require",
            "postgresql://owner@db.example/bi",
        ),
        (f"postgresql://:{SECRET}@a,b/bi", "postgresql://a,b/bi"),
        ("postgresql:///bi?host=/run/postgresql", "postgresql:///bi"),
        ("postgresql://", "postgresql://"),
    ],
)
def test_a_location_is_told_without_its_password(url: str, told: str) -> None:
    location = read_location(url, "helpdesk")
    assert str(location) == told
    assert SECRET not in repr(location)
    for quoted in (SECRET, "s3cret!"):
        assert quoted not in location.without_password(f"could not translate {quoted}") or SECRET not in url


@pytest.mark.parametrize(
    "url",
    [
        *("warehouse.db", "duckdb://x", "host=db password=hidden", "postgresql:bi", ""),
        *("postgresql://owner:p@hidden@db/bi", "postgresql://owner:p/hidden@db/bi"),
        *(
            "postgresql://owner:p#hidden@db/bi",
            "postgresql://owner:p?hidden@db/bi",
            "postgresql://[hidden/bi",
        ),
    ],
)
def test_what_is_no_address_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(UsageError, match="--to: ") as refusal:
        read_location(url, "helpdesk")
    assert "hidden" not in str(refusal.value)


def test_core_and_meta_are_named_after_the_schema_of_the_marts() -> None:
    location = read_location("postgresql://db/bi", "a" * 53)
    assert location.schemas == {"marts": "a" * 53, "core": "a" * 53 + "_core", "meta": "a" * 53 + "_meta"}
    assert max(len(staging_schema(schema)) for schema in location.schemas.values()) == 63


@pytest.mark.parametrize("schema", ["", "a" * 54, "Helpdesk", "1st", "a-b", 'a"; drop', "pg_helpdesk", "a\n"])
def test_a_schema_that_would_have_to_be_quoted_is_refused(schema: str) -> None:
    with pytest.raises(UsageError, match="takes at most 53 small letters"):
        read_location("postgresql://db/bi", schema)
