"""Is there a key for the pseudonyms of people, and is it the one that was used? It is never printed."""

import os
from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok
from orchestration.doctor.warehouse.reading import build_file_says
from orchestration.publishing.database import has_table
from orchestration.publishing.pseudonym_key import VARIABLE, present_secret


def findings(case: Case) -> Iterator[Finding]:
    """Where the key is, and whether the last build used it; one that is too short is a ``UsageError``."""
    secret = present_secret(case.warehouse)
    if secret is None:
        yield ok(f"no key of pseudonyms yet: the first refresh makes {case.warehouse.pseudonym_key_file}")
        return
    used = build_file_says(
        case,
        lambda connection: (
            has_table(connection, "meta", "pseudonym_key")
            and connection.execute("select secret from meta.pseudonym_key").fetchone()
        ),
    )
    place = VARIABLE if os.environ.get(VARIABLE, "").strip() else str(case.warehouse.pseudonym_key_file)
    if used and used != (secret,):
        yield note(
            f"the key of pseudonyms in {place} is another than that of the last build",
            "nothing, if it was rotated on purpose: all keys of people change; otherwise the old one back",
        )
    else:
        yield ok(f"the key of pseudonyms is in {place}: keep a backup of it")
