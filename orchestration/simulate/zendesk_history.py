"""A simulated life told as Zendesk audits: one per instant and author."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.ticket import Ticket
from orchestration.simulate.zendesk_audits import Audit
from orchestration.simulate.zendesk_changes import tell_change
from orchestration.simulate.zendesk_messages import tell_message
from orchestration.simulate.zendesk_story import Story


def audits_of(ticket: Ticket, chance: Chance) -> list[Audit]:
    """Tell a life.

    Args:
        ticket: The finished life.
        chance: What the life leaves open: words, bursts in chats, whether a third party is talked to.

    Returns:
        Audits, the creation first; ``settle`` makes them final.
    """
    story = Story(ticket, chance)
    messages, events = ticket.messages[1:], ticket.events
    message_at = [message.sent_at for message in messages] + [ticket.ends_at]
    event_at = [event.occurred_at for event in events] + [ticket.ends_at]
    written = changed = 0
    while written < len(messages) or changed < len(events):
        # Within an instant what is written comes first: a reply and then its consequences.
        is_message = changed == len(events) or message_at[written] <= event_at[changed]
        if is_message and written < len(messages):
            written += 1
            tell_message(story, messages[written - 1], min(message_at[written], event_at[changed]))
        else:
            changed += 1
            tell_change(story, events[changed - 1])
    return story.audits
