"""Everything of the open format that lives beside the tickets: who writes which stream."""

from collections.abc import Sequence
from pathlib import Path

from orchestration.simulate.chance import Chance
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.generic_articles import make_articles, write_articles
from orchestration.simulate.generic_bots import BotConversations
from orchestration.simulate.generic_calls import Calls
from orchestration.simulate.generic_engagement import Engagement
from orchestration.simulate.generic_journeys import Journeys
from orchestration.simulate.generic_knowledge import KnowledgeEvents
from orchestration.simulate.generic_money import write_money
from orchestration.simulate.generic_orders import Orders
from orchestration.simulate.generic_reviews import QualityReviews
from orchestration.simulate.generic_subscriptions import Subscriptions
from orchestration.simulate.generic_surveys import Surveys
from orchestration.simulate.generic_time_entries import TimeEntries
from orchestration.simulate.generic_workforce import Workforce
from orchestration.simulate.touches import Workbook
from orchestration.simulate.witness import Witness
from orchestration.simulate.world import World

# Tickets that a full-time agent is given on a day of the calendar.
_FULL_LOAD = 4


def witnesses(
    folder: Path, world: World, count: int, delivery: Delivery, chance: Chance
) -> Sequence[Witness]:
    """Write what needs no ticket; name those who will see the tickets.

    Args:
        folder: Where the streams' folders are made.
        world: The helpdesk before its first ticket.
        count: Tickets to simulate.
        delivery: Where the streams go.
        chance: Each stream draws apart, so that none changes another, nor the tickets.

    Returns:
        Who is to see each ticket, in this order: the workforce works what the others put in its book.
    """
    articles = make_articles(world, count, chance.apart("articles"))
    write_articles(folder, articles)
    agents = sum(len(members) for members in world.population.agents.values())
    load = count / (agents * ((world.last - world.first).days + 1))
    pace = min(2.5, max(1.0, _FULL_LOAD / load))
    write_money(folder, world, min(1.0, load / _FULL_LOAD), chance.apart("money"))
    book = Workbook()
    unhappy: dict[str, int] = {}
    return (
        TimeEntries(world, delivery, chance.apart("time_entries"), book, pace),
        Calls(world, delivery, chance.apart("calls"), book),
        Workforce(world, delivery, chance.apart("workforce"), book, load),
        Surveys(world, delivery, chance.apart("surveys"), unhappy),
        Subscriptions(world, delivery, chance.apart("subscriptions"), unhappy),
        QualityReviews(world, delivery, chance.apart("quality_reviews")),
        Orders(world, delivery, chance.apart("orders")),
        Engagement(world, delivery, chance.apart("engagement")),
        Journeys(world, delivery, chance.apart("journeys")),
        KnowledgeEvents(world, delivery, chance.apart("knowledge"), articles),
        BotConversations(world, delivery, chance.apart("bots")),
    )
