"""One thing that the doctor has to say."""

from dataclasses import dataclass
from typing import Literal

Verdict = Literal["ok", "note", "wrong"]


@dataclass(frozen=True)
class Finding:
    """One line of what was found.

    Attributes:
        verdict: ``ok``, ``note`` (worth knowing, a refresh will run) or ``wrong`` (it will fail, or mislead).
        told: What was seen, one sentence.
        do: What to do about it; empty where there is nothing to do, or ``told`` says it.
    """

    verdict: Verdict
    told: str
    do: str = ""


def ok(told: str) -> Finding:
    """What is as it should be."""
    return Finding("ok", told)


def note(told: str, do: str = "") -> Finding:
    """What is worth knowing, and keeps no refresh from running."""
    return Finding("note", told, do)


def wrong(told: str, do: str = "") -> Finding:
    """What makes a refresh fail, or its figures misleading."""
    return Finding("wrong", told, do)
