"""What models know of a run lies beside the landings: of the latest run alone."""

import uuid
from datetime import UTC, datetime

import pytest

from orchestration.errors import HelpdeskError
from orchestration.lake.run_facts import ship_run
from orchestration.publishing.pseudonym_key import write_pseudonym_secret
from orchestration.publishing.run_settings import write_run_settings
from orchestration.settings import Settings
from tests.reference.pseudonyms import SECRET

from .conftest import Shipping

AS_OF = datetime(2026, 3, 1, 2, tzinfo=UTC)


def ship(shipping: Shipping, run_id: str) -> str:
    connection = shipping.landed.connection
    write_run_settings(connection, run_id, AS_OF, Settings())
    write_pseudonym_secret(connection, SECRET)
    return ship_run(connection, shipping.lake, run_id, scratch=shipping.scratch)


def test_a_run_replaces_the_one_before(shipping: Shipping) -> None:
    shipping.land_first()
    for run_id in (str(uuid.uuid4()), str(uuid.uuid4())):
        # A run that is tried again writes the same folder.
        for _ in range(2):
            assert ship(shipping, run_id) == f"{shipping.lake.uri}/runs/{run_id}"
        assert shipping.files() == [
            f"runs/{run_id}/meta/accounts/records.parquet",
            f"runs/{run_id}/meta/landings/records.parquet",
            f"runs/{run_id}/meta/pseudonym_key/records.parquet",
            f"runs/{run_id}/meta/run/records.parquet",
            f"runs/{run_id}/meta/streams/records.parquet",
        ]
        for table in ("run", "pseudonym_key", "accounts", "streams"):
            shipped = shipping.read(f"runs/{run_id}/meta/{table}")
            source = shipping.landed.connection.sql(f"from meta.{table}")
            assert (shipped.columns, shipped.types) == (source.columns, source.types)
            assert sorted(shipped.fetchall()) == sorted(source.fetchall())
        assert shipping.read(f"runs/{run_id}/meta/landings").fetchall() == [
            ("raw_generic.messages", "landing=20260301T020000Z"),
            ("raw_generic.tickets", "landing=20260301T020000Z"),
        ]
    assert not shipping.scratch.exists()


def test_runs_and_landings_do_not_meet(shipping: Shipping) -> None:
    shipping.land_first()
    ship(shipping, str(uuid.uuid4()))
    assert shipping.lake.landings() == set()
    (landing,) = shipping.ship()
    assert sorted(path.name for path in shipping.folder.iterdir()) == [landing, "runs"]


def test_a_store_takes_runs_too(store) -> None:
    store.shipping.land_first()
    for run_id in (str(uuid.uuid4()), str(uuid.uuid4())):
        ship(store.shipping, run_id)
        assert [name.split("/")[1] for name in store.fetch().files()] == [run_id] * 5


@pytest.mark.parametrize("run_id", ["", "..", "../../etc", "a/b", "{00000000-0000-0000-0000-000000000000}"])
def test_an_id_that_could_be_a_path_is_refused(shipping: Shipping, run_id: str) -> None:
    shipping.land_first()
    with pytest.raises(HelpdeskError, match="not a UUID"):
        ship(shipping, run_id)
    assert list(shipping.folder.iterdir()) == []
