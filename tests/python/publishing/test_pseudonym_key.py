"""Where the key of pseudonyms comes from, and that nothing tells it."""

import stat

import duckdb
import pytest

from orchestration.errors import UsageError
from orchestration.publishing.fingerprint import inputs_fingerprint, rules_fingerprint
from orchestration.publishing.pseudonym_key import (
    VARIABLE,
    pseudonym_secret,
    secret_digest,
    write_pseudonym_secret,
)
from orchestration.settings import Settings
from tests.reference.pseudonyms import SECRET, TEST_KEY

SHORT = "thirty-one characters, too few!"


@pytest.fixture(autouse=True)
def no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)


def test_the_key_of_the_environment_makes_the_same_secret_everywhere(warehouse, monkeypatch) -> None:
    monkeypatch.setenv(VARIABLE, f" {TEST_KEY}\n")
    assert pseudonym_secret(warehouse) == SECRET
    assert not warehouse.pseudonym_key_file.exists()
    monkeypatch.setenv(VARIABLE, f"{TEST_KEY}!")
    assert pseudonym_secret(warehouse) != SECRET


@pytest.mark.parametrize("said", [None, "", "  "])
def test_without_one_a_key_is_made_once_and_only_its_owner_may_read_it(warehouse, monkeypatch, said) -> None:
    if said is not None:
        monkeypatch.setenv(VARIABLE, said)
    before = {path.name for path in warehouse.private_dir.iterdir()}
    first = pseudonym_secret(warehouse)
    key = warehouse.pseudonym_key_file.read_text().strip()
    assert stat.S_IMODE(warehouse.pseudonym_key_file.stat().st_mode) == 0o600
    assert {path.name for path in warehouse.private_dir.iterdir()} - before == {"pseudonym.key"}
    assert len(key) == 64
    assert key not in first
    assert pseudonym_secret(warehouse) == first
    # Who moves the key into the environment keeps the pseudonyms.
    monkeypatch.setenv(VARIABLE, key)
    assert pseudonym_secret(warehouse) == first


def test_another_warehouse_has_another_key(warehouse) -> None:
    first = pseudonym_secret(warehouse)
    warehouse.pseudonym_key_file.unlink()
    assert pseudonym_secret(warehouse) != first


def test_a_short_key_is_refused_and_not_told(warehouse, monkeypatch) -> None:
    warehouse.pseudonym_key_file.write_text(SHORT)
    with pytest.raises(UsageError, match=r"pseudonym\.key: .* fewer than 32 characters") as refused:
        pseudonym_secret(warehouse)
    monkeypatch.setenv(VARIABLE, SHORT)
    with pytest.raises(UsageError, match=f"^{VARIABLE}: .* fewer than 32 characters") as also_refused:
        pseudonym_secret(warehouse)
    assert SHORT not in f"{refused.value}{also_refused.value}"


def test_another_key_builds_and_publishes_anew(warehouse, monkeypatch) -> None:
    found = {}
    for key in (TEST_KEY, f"{TEST_KEY}!", TEST_KEY):
        monkeypatch.setenv(VARIABLE, key)
        told = rules_fingerprint(warehouse, Settings()), inputs_fingerprint(warehouse, Settings())
        assert found.setdefault(key, told) == told
    assert len(set(sum(found.values(), ()))) == 4


def test_what_may_be_known_of_a_secret_does_not_hold_it() -> None:
    digest = secret_digest(SECRET)
    assert digest != secret_digest(f"{SECRET[:-1]}x")
    assert SECRET not in digest
    assert digest not in SECRET


def test_a_changed_secret_is_noticed_when_it_is_written() -> None:
    with duckdb.connect() as connection:
        connection.execute("create schema meta; create table meta.pseudonym_key (secret varchar)")
        assert [write_pseudonym_secret(connection, secret) for secret in "aab"] == [False, False, True]
        assert connection.execute("select secret from meta.pseudonym_key").fetchall() == [("b",)]
