"""The open format's articles: what the help centre explains, and what it does not."""

from dataclasses import dataclass
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.files import write_csv
from orchestration.simulate.vocabulary import SUBJECTS
from orchestration.simulate.witness import told
from orchestration.simulate.world import World

# Nobody has written about these yet: gaps that searches fall into.
_UNEXPLAINED = ("recall", "account")
_FEWEST, _MOST, _TICKETS_PER_ARTICLE = 12, 300, 100
_COLUMNS = ("article_id", "title", "ticket_type", "published_at", "reviewed_at", "is_flagged", "author_id")
AUTHORS = "group-technical"


@dataclass(frozen=True)
class Article:
    """A page of the help centre; times in seconds since 1970 UTC."""

    article_id: str
    ticket_type: str
    published_at: int | None
    reviewed_at: int | None
    is_flagged: bool
    author_id: str


def make_articles(world: World, count: int, chance: Chance) -> list[Article]:
    """Articles on the types that are explained.

    Args:
        world: The helpdesk.
        count: Tickets to simulate; articles grow with them.
        chance: When they were written and read again.

    Returns:
        Most were there at the start, some are published later, a few are still drafts.
    """
    types = [name for name in SUBJECTS if name not in _UNEXPLAINED]
    starts_at, ends_at = world.population.starts_at, world.population.ends_at
    # Those who are there from before the start to the end.
    authors = [agent for agent in world.population.agents[AUTHORS] if agent.works_from <= starts_at][:2]
    articles = []
    for number in range(min(_MOST, max(_FEWEST, count // _TICKETS_PER_ARTICLE))):
        published_at = starts_at - chance.randrange(600) * DAY
        if number % 4 == 3:
            published_at = starts_at + int((ends_at - starts_at) * chance.uniform(0.1, 0.9))
        reviewed_at = max(chance.randrange(published_at, ends_at + 1) for _ in range(3))
        is_draft = number % 15 == 14
        articles.append(
            Article(
                f"article-{number + 1:04d}",
                types[number % len(types)],
                None if is_draft else published_at,
                None if is_draft or chance.happens(0.2) else reviewed_at,
                chance.happens(0.1),
                chance.choice(authors).agent_id,
            )
        )
    return articles


def write_articles(folder: Path, articles: list[Article]) -> None:
    """Write the articles as they stand at the end."""
    rows = (
        (
            one.article_id,
            f"About {one.ticket_type.replace('_', ' ')}, part {number // 5 + 1}",
            one.ticket_type,
            told(one.published_at),
            told(one.reviewed_at),
            "true" if one.is_flagged else "false",
            one.author_id,
        )
        for number, one in enumerate(articles)
    )
    write_csv(folder / "articles" / "articles.csv", _COLUMNS, rows)


def shown(articles: list[Article], ticket_type: str, at: int) -> list[Article]:
    """The articles on a type that readers can see at an instant."""
    return [
        one
        for one in articles
        if one.ticket_type == ticket_type and one.published_at is not None and one.published_at <= at
    ]
