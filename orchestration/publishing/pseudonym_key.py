"""The secret behind the keys of people: from the environment, or made once and kept in the private folder."""

import hashlib
import os
import secrets
import tempfile
from functools import cache
from pathlib import Path

import duckdb

from orchestration.errors import UsageError
from orchestration.warehouse import Warehouse

VARIABLE = "HELPDESK_PSEUDONYM_KEY"
SHORTEST_KEY = 32


def pseudonym_secret(warehouse: Warehouse) -> str:
    """The secret of a warehouse. The key itself is in the environment or its file, and nowhere else.

    Args:
        warehouse: The warehouse; a key is made in its private folder when the environment has none.

    Returns:
        64 hexadecimal digits that tell nothing of the key.

    Raises:
        UsageError: The key is too short, or its file cannot be read or written.
    """
    key = os.environ.get(VARIABLE, "").strip()
    if key:
        return _secret(VARIABLE, key)
    return _secret(str(warehouse.pseudonym_key_file), _kept_key(warehouse.pseudonym_key_file))


def present_secret(warehouse: Warehouse) -> str | None:
    """The secret of a warehouse as it is now; None, and no key is made, where there is no key yet.

    Args:
        warehouse: The warehouse.

    Raises:
        UsageError: The key is too short, or its file cannot be read.
    """
    if not os.environ.get(VARIABLE, "").strip() and not warehouse.pseudonym_key_file.exists():
        return None
    return pseudonym_secret(warehouse)


def _secret(place: str, key: str) -> str:
    if len(key) < SHORTEST_KEY:
        raise UsageError(
            f"{place}: the key of pseudonyms has fewer than {SHORTEST_KEY} characters;"
            " openssl rand -hex 32 makes a good one"
        )
    return _stretched(key)


@cache
def _stretched(key: str) -> str:
    # Slow on purpose: who knows ids and pseudonyms must not try passwords out.
    return hashlib.scrypt(key.encode(), salt=b"helpdesk-warehouse", n=2**14, r=8, p=1, dklen=32).hex()


def secret_digest(secret: str) -> str:
    """What may be known of a secret: whether it is another one.

    Args:
        secret: What :func:`pseudonym_secret` returns.
    """
    return hashlib.sha256(f"digest of {secret}".encode()).hexdigest()


def write_pseudonym_secret(connection: duckdb.DuckDBPyConnection, secret: str) -> bool:
    """Write the one row that models make keys of people with.

    Args:
        connection: The build file, open for writing, with the tables that landing makes.
        secret: What :func:`pseudonym_secret` returns.

    Returns:
        Whether another secret was there before: the keys of people change.
    """
    earlier = connection.execute("select secret from meta.pseudonym_key").fetchall()
    connection.execute("create or replace table meta.pseudonym_key as select ? as secret", [secret])
    return bool(earlier) and earlier != [(secret,)]


def _kept_key(file: Path) -> str:
    try:
        if not file.exists():
            _make(file)
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "is not the key that was written"
        raise UsageError(f"{file}: the key of pseudonyms cannot be read or made: {reason}") from error


def _make(file: Path) -> None:
    # A rename: after a crash there is a whole key or none. Temporary files are their owner's alone.
    with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".pseudonym.", delete=False) as unfinished:
        unfinished.write(f"{secrets.token_hex(32)}\n")
        unfinished.flush()
        os.fsync(unfinished.fileno())
    Path(unfinished.name).replace(file)
