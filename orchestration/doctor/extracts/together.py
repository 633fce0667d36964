"""Streams that go together: histories of tickets, and what other records name."""

from collections.abc import Iterator

from orchestration.doctor.case import Case
from orchestration.doctor.extracts.feeds import delivered_as, feeds, streams_there
from orchestration.doctor.finding import Finding, note
from orchestration.landing.streams import load_streams, parent_of

# What an account that delivers the first should deliver too, and what is missing otherwise.
TOGETHER = (
    ("tickets", "ticket_events", "nobody knows when a ticket was solved, reopened or handed on"),
    ("tickets", "messages", "nobody knows when a customer was answered"),
    ("sla_policies", "ticket_events", "targets have no history to be held against"),
    ("schedules", "holidays", "business hours count holidays as working days"),
)


def findings(case: Case) -> Iterator[Finding]:
    """Streams that come alone."""
    there = streams_there(case)
    for system, account in sorted({(system, account) for system, account, _ in there}):
        own = {stream for each, of, stream in there if (each, of) == (system, account)}
        fed = set().union(*(feeds()[system].get(stream, set()) for stream in own))
        for first, second, loss in TOGETHER:
            partners = delivered_as(system, second)
            if first in fed and second not in fed and partners:
                with_it = " or ".join(sorted(own & set(delivered_as(system, first))))
                yield note(
                    f"{system}@{account}: {with_it} without {' or '.join(partners)}: {loss}",
                    f"deliver {' or '.join(partners)} too, if the helpdesk has it",
                )
        yield from _orphans(system, account, own)


def _orphans(system: str, account: str, own: set[str]) -> Iterator[Finding]:
    siblings = load_streams()[system]
    for stream in (siblings[name] for name in sorted(own)):
        for column in sorted(stream.required):
            parent = parent_of(stream, column, siblings)
            if parent and parent.name not in own:
                yield note(
                    f"{system}@{account}: {stream.name} name their {column}, and there are no {parent.name}",
                    f"deliver {parent.name} too: most figures are told of them",
                )
