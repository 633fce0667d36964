"""Keys of people, told without the models: what every test gives the warehouse as its key."""

import hashlib

TEST_KEY = "the key of all tests, and of nothing else"
SECRET = hashlib.scrypt(TEST_KEY.encode(), salt=b"helpdesk-warehouse", n=2**14, r=8, p=1, dklen=32).hex()


def pseudonym(*parts: str | None, secret: str = SECRET) -> str:
    """The published key of whoever these parts tell: system, account, native id."""
    told = "|".join([secret, *("∅" if part is None else part for part in parts)])
    return hashlib.sha256(told.encode()).hexdigest()[:32]
