"""The log of a ticket: who changed what, who wrote when."""

from typing import NamedTuple


class LogEnded(Exception):
    """The simulated time is over: what would come next has not happened yet."""


class Actor(NamedTuple):
    """Who does something: an id (None for machines) and agent, customer, bot or system."""

    actor_id: str | None
    kind: str


SYSTEM = Actor(None, "system")
BOT = Actor(None, "bot")


class Event(NamedTuple):
    """A change of one field; ``occurred_at`` in seconds since 1970 UTC."""

    event_id: str
    occurred_at: int
    actor: Actor
    field: str
    old_value: str | None
    new_value: str | None


class Message(NamedTuple):
    """A message without its text; ``sent_at`` in seconds since 1970 UTC."""

    message_id: str
    sent_at: int
    author: Actor
    is_public: bool
    is_automated: bool
    is_description: bool
    channel: str
    session_id: str | None
