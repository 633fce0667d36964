"""A ticket and its log: every change of a field passes here, so that state and history always agree."""

from dataclasses import dataclass, field

from orchestration.simulate.customers import Customer
from orchestration.simulate.log import Actor, Event, LogEnded, Message
from orchestration.simulate.population import Agent


@dataclass(slots=True)
class Ticket:
    """A ticket in the making.

    Attributes:
        ticket_id: Its id.
        created_at: When it was created, in seconds since 1970 UTC; ``now`` starts here.
        ends_at: The last instant of the log.
        requester: Who asks.
        submitter: Who wrote it down.
        channel: Channel of creation.
        origin: customer, agent_on_behalf, proactive_outbound, system or phone_log.
        subject: Subject line.
        brand_id: Brand addressed.
        schedule_id: Opening hours that apply.
        topic: What it is really about, whatever its type says.
        state: Current value of every field that has a history.
    """

    ticket_id: str
    created_at: int
    ends_at: int
    requester: Customer
    submitter: Actor
    channel: str
    origin: str
    subject: str
    brand_id: str
    schedule_id: str
    topic: str
    state: dict[str, str | None]
    tags: list[str] = field(default_factory=list)
    is_spam: bool = False
    is_test: bool = False
    problem_id: str | None = None
    settled_amount: str | None = None
    settled_currency: str | None = None
    settled_at: int | None = None
    agent: Agent | None = None
    unsolved_until: int | None = None
    now: int = 0
    updated_at: int = 0
    events: list[Event] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.now = self.updated_at = self.created_at

    def wait_until(self, instant: int) -> None:
        """Let time pass (never back); raises LogEnded when that is after the log's end."""
        if instant > self.ends_at:
            raise LogEnded
        self.now = max(self.now, instant)

    def wait(self, seconds: float) -> None:
        """Let so many seconds pass; raises LogEnded when that is after the log's end."""
        self.wait_until(self.now + int(seconds))

    def change(self, name: str, value: str | None, actor: Actor) -> None:
        """Set a field now; nothing is logged when it has that value already."""
        old = self.state[name]
        if old == value:
            return
        event_id = f"{self.ticket_id}-{len(self.events) + 1:04d}"
        self.events.append(Event(event_id, self.now, actor, name, old, value))
        self.state[name] = value
        self.updated_at = self.now

    def state_at(self, instant: int) -> dict[str, str | None]:
        """The fields as they stood at an instant (seconds since 1970 UTC), its own changes included."""
        state = dict(self.state)
        for event in reversed(self.events):
            if event.occurred_at <= instant:
                break
            state[event.field] = event.old_value
        return state

    def write(
        self,
        author: Actor,
        *,
        is_public: bool = True,
        is_automated: bool = False,
        session_id: str | None = None,
        channel: str | None = None,
    ) -> None:
        """Add a message now; the first one is the description."""
        number = len(self.messages) + 1
        message_id = f"{self.ticket_id}-m{number:04d}"
        channel = channel or self.channel
        self.messages.append(
            Message(message_id, self.now, author, is_public, is_automated, number == 1, channel, session_id)
        )
        self.updated_at = self.now
