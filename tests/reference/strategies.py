"""Hypothesis strategies for tickets and whole helpdesks, with every fault that real extracts have."""

from datetime import datetime, timedelta
from random import Random

from hypothesis import strategies as st

from tests.reference.histories import AS_OF, START, TicketHistory, random_helpdesk, random_history
from tests.reference.worlds import World, random_world

__all__ = ["AS_OF", "START", "TicketHistory", "helpdesks", "instants", "ticket_histories", "worlds"]


def _random() -> st.SearchStrategy[Random]:
    return st.randoms(note_method_calls=False, use_true_random=False)


def ticket_histories(ticket_id: str = "1") -> st.SearchStrategy[TicketHistory]:
    """Tickets with their events: repeats, disorder, unknown codes, deletions, merges, wrong old values …

    Args:
        ticket_id: Id of every ticket drawn.
    """
    return _random().map(lambda random: random_history(random, ticket_id))


def helpdesks(max_tickets: int = 8) -> st.SearchStrategy[list[TicketHistory]]:
    """Helpdesks of one to ``max_tickets`` tickets whose ids differ."""
    return st.tuples(_random(), st.integers(1, max_tickets)).map(lambda drawn: random_helpdesk(*drawn))


def instants() -> st.SearchStrategy[datetime]:
    """Instants at which to look at what was drawn, often on an event."""
    return st.integers(-2, 320).map(lambda hours: START + timedelta(hours=hours))


def worlds(max_tickets: int = 6) -> st.SearchStrategy[World]:
    """Helpdesks with messages and schedules around a change of clocks, of two or more tickets."""
    # A seed, not every choice: a world is too large to be drawn choice by choice.
    return st.builds(_world, st.integers(0, 2**32), st.integers(1, max_tickets))


def _world(seed: int, count: int) -> World:
    return random_world(Random(seed), count)
