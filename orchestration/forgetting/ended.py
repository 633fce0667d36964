"""Whether a forgetting has come to its end: nothing on the disk is from before it."""

from collections.abc import Iterable
from datetime import UTC

from orchestration.forgetting.known import Forgotten
from orchestration.publishing.record import PublicationRecord
from orchestration.publishing.versions import Version


def is_ended(known: Forgotten, published: PublicationRecord | None, versions: Iterable[Version]) -> bool:
    """Whether neither the build file nor a publication holds what was before.

    Args:
        known: Who is forgotten.
        published: What is published.
        versions: What can be put back.
    """
    last_at = known.last_at.replace(tzinfo=UTC)
    publications = [version.published_at for version in versions]
    if published is not None:
        publications.append(published.published_at)
    return known.is_erased and all(at >= last_at for at in publications)
