"""Messages of a life as comments, notifications and side conversations."""

from orchestration.simulate.log import SYSTEM, Message
from orchestration.simulate.zendesk_comments import chat_author, comment, words_of
from orchestration.simulate.zendesk_ids import author_id, user_id
from orchestration.simulate.zendesk_story import Story
from orchestration.simulate.zendesk_via import ACKNOWLEDGING, REMINDING, WEB, plain_via

_BURSTS = 0.3
_NOTIFICATIONS = 0.5
_REMINDERS_AFTER = 86_400
_CONVERSATIONS = ("chat", "native_messaging", "whatsapp")


def tell_message(story: Story, message: Message, next_at: int) -> None:
    """Write a message down.

    Args:
        story: The ticket's audits so far.
        message: Not the description: that came with the creation.
        next_at: When the next thing happens: what is made up here must not be later.
    """
    author = message.author
    if message.is_automated and message.sent_at == story.merged_at:
        audit = story.merge_audit()
        body = f"This request was closed and merged into request #{story.target}."
        audit.events.append(comment(audit.author_id, body, is_public=False))
    elif author.kind == "system":
        _tell_automatic(story, message)
    elif story.channel in _CONVERSATIONS and (message.session_id or author.kind == "bot"):
        _tell_chat(story, message, next_at)
    else:
        is_typed = author.kind == "agent" or story.channel in ("voice", "web", "system")
        audit = story.audit(message.sent_at, author, WEB if is_typed else story.via)
        body = words_of(author.kind, story.chance)
        audit.events.append(comment(author_id(author), body, is_public=message.is_public))


def _tell_automatic(story: Story, message: Message) -> None:
    """An e-mail by a trigger is no comment; some rules write one, and reminders do."""
    is_reminder = message.sent_at > story.ticket.created_at + _REMINDERS_AFTER
    rule = REMINDING if is_reminder else ACKNOWLEDGING
    audit = story.audit(message.sent_at, SYSTEM, rule)
    if is_reminder or not story.chance.happens(_NOTIFICATIONS):
        via = None if audit.via is rule else rule
        audit.events.append(comment(audit.author_id, words_of("system", story.chance), via=via))
        return
    recipient = user_id(story.ticket.requester.customer_id)
    audit.events.append({"id": 0, "type": "Notification", "via": rule, "recipients": [recipient]})


def _tell_chat(story: Story, message: Message, next_at: int) -> None:
    """A line of a chat, at times two or three in a row; a third of legacy chats has its own author ids."""
    via = plain_via(story.channel)
    author: int | str = author_id(message.author)
    if story.channel == "chat" and int(story.ticket.ticket_id) % 3 == 0:
        author = chat_author(message.author, story.chance)
    at = message.sent_at
    while True:
        audit = story.audit(at, message.author, via)
        audit.events.append(comment(author, words_of(message.author.kind, story.chance)))
        if message.author.kind != "agent" or not story.chance.happens(_BURSTS):
            return
        at = min(at + story.chance.randrange(1, 5), next_at)
