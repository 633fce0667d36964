"""The help centre: articles with their edits, and votes on them."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.customers import customer
from orchestration.simulate.files import timestamp
from orchestration.simulate.population import Population
from orchestration.simulate.vocabulary import SUBJECTS
from orchestration.simulate.zendesk_export import ZendeskExport
from orchestration.simulate.zendesk_ids import user_id

Record = dict[str, object]
STREAMS = ("articles", "article_votes")
_TICKETS_PER_VOTE = 40
_LIKED = 0.7


def write_knowledge(export: ZendeskExport, population: Population, tickets: int, chance: Chance) -> None:
    """Write articles and votes.

    Args:
        export: Where.
        population: Who writes and votes.
        tickets: Tickets to come; votes grow with them.
        chance: Who likes what.
    """
    export.open(*STREAMS)
    starts_at, span = population.starts_at, population.ends_at - population.starts_at
    topics = [topic for topic, subjects in SUBJECTS.items() for _ in subjects]
    votes: list[list[int]] = [[] for _ in topics]
    first = 4_410_000_000_000
    for number in range(max(1, tickets // _TICKETS_PER_VOTE)):
        at = starts_at + span * number // max(1, tickets // _TICKETS_PER_VOTE)
        article = int(len(topics) * chance.random() ** 2)
        value = 1 if chance.happens(_LIKED) else -1
        votes[article].append(value)
        voter = customer(population, chance.randrange(population.known_at_start))
        record: Record = {
            "id": first + 500_000 + number,
            "value": value,
            "user_id": user_id(voter.customer_id),
        }
        record |= {"item_id": first + article, "item_type": "Article"}
        when = timestamp(at)
        export.deliver("article_votes", when, record | {"created_at": when, "updated_at": when})
    for number, topic in enumerate(topics):
        made = starts_at - (20 + number) * DAY
        edits = [made, *([starts_at + span * (number + 1) // (len(topics) + 1)] if number % 3 == 0 else [])]
        for edited_at in edits:
            record = {
                "id": first + number,
                "title": f"About {topic.replace('_', ' ')} {number + 1}",
                "locale": "en-us",
                "author_id": user_id("agent-technical-001"),
                "section_id": 4_400_000_000_001,
                "draft": False,
                "promoted": number == 0,
                "outdated": number % 11 == 10,
                "label_names": [topic],
                "vote_sum": sum(votes[number]),
                "vote_count": len(votes[number]),
                "created_at": timestamp(made),
                "edited_at": timestamp(edited_at),
                "updated_at": timestamp(edited_at),
            }
            export.write("articles", timestamp(max(starts_at, edited_at)), record)
