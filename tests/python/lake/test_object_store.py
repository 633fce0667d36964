"""A store that cannot rename: files are written where they belong, and the mark says when all are there."""

import pytest

from orchestration.errors import HelpdeskError
from orchestration.lake.verify import verify_landings

from .conftest import TABLES
from .test_interruptions import fail_after

FIRST = "landing=20260301T020000Z"


def test_a_store_holds_the_same_as_a_folder(store) -> None:
    store.shipping.land_first()
    store.shipping.land_second()
    assert store.shipping.ship() == [FIRST, "landing=20260301T020001Z"]
    assert store.shipping.ship() == []
    fetched = store.fetch()
    for table in TABLES:
        fetched.assert_same(table)
    assert [name for name in fetched.files() if not name.startswith("landing=")] == []
    landings = verify_landings(store.shipping.landed.connection, store.shipping.lake)
    assert [landing.uri.rpartition("/")[2] for landing in landings] == [FIRST, "landing=20260301T020001Z"]
    assert landings[0].uri.startswith("fsspec+memory://")


def test_the_mark_is_written_when_all_else_is_there(store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.shipping.land_first()
    with monkeypatch.context() as patch, pytest.raises(HelpdeskError, match="No space left on device"):
        fail_after(patch, 3)
        store.shipping.ship()
    left = store.fetch().files()
    assert f"{FIRST}/meta/loads/records.parquet" in left
    assert f"{FIRST}/_SUCCESS" not in left
    assert store.shipping.lake.landings() == set()
    assert store.shipping.ship() == [FIRST]
    fetched = store.fetch()
    assert f"{FIRST}/_SUCCESS" in fetched.files()
    for table in TABLES:
        fetched.assert_same(table)


def test_what_is_left_of_an_interrupted_landing_is_removed_first(store) -> None:
    store.shipping.land_first()
    stray = f"{store.root}/{FIRST}/raw_generic/groups/records.parquet"
    with store.filesystem.open_output_stream(stray) as stream:
        stream.write(b"half")
    store.shipping.ship()
    assert [name for name in store.fetch().files() if "groups" in name] == []


def test_a_half_written_object_is_told(store) -> None:
    store.shipping.land_first()
    store.shipping.ship()
    with store.filesystem.open_output_stream(
        f"{store.root}/{FIRST}/raw_generic/tickets/records.parquet"
    ) as stream:
        stream.write(b"PAR1")
    with pytest.raises(HelpdeskError, match=r"tickets/records\.parquet: is not a whole Parquet file: remove"):
        verify_landings(store.shipping.landed.connection, store.shipping.lake)
