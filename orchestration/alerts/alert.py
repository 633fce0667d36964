"""One alert, and how what it quotes is made safe to send."""

import re
from dataclasses import dataclass
from typing import Literal

from orchestration.expectations.privacy import E_MAIL

_PLACE = re.compile(r"[^\n]*?: (?:line \d+: )?")
_QUOTED = re.compile(r"""[:'"`{\[].*""", re.DOTALL)


@dataclass(frozen=True)
class Alert:
    """What people are told, once.

    Attributes:
        key: The same for the same event: it is told once.
        kind: What has happened.
        subject: One line.
        text: All there is to say; neither personal data nor secrets.
        run_id: The refresh it is about, if any.
    """

    key: str
    kind: Literal["refused", "failed", "stale"]
    subject: str
    text: str
    run_id: str | None = None


def without_values(message: str) -> str:
    """A message of a failure without what it may quote of records: of each line the place and what is wrong.

    Args:
        message: Lines such as ``generic/tickets/1.jsonl: not JSON: {"name": …``.

    Returns:
        The lines, each cut where it may begin to quote.
    """
    return "\n".join(filter(None, map(_without_values, message.splitlines())))


def _without_values(line: str) -> str:
    found = _PLACE.match(line)
    place, rest = (found.group(), line[found.end() :]) if found else ("", line)
    told = _QUOTED.sub("", rest).rstrip(" (,;=")
    return re.sub(E_MAIL, "<e-mail address>", place + told if told else place.removesuffix(": "))
