"""The open format's subscriptions: who pays, since when, and who left, a little sooner after bad service."""

from orchestration.simulate.chance import Chance
from orchestration.simulate.company import DAY
from orchestration.simulate.customers import Customer, customer
from orchestration.simulate.delivery import Delivery
from orchestration.simulate.files import timestamp
from orchestration.simulate.vocabulary import Skewed
from orchestration.simulate.witness import Witness, told
from orchestration.simulate.world import World

_SUBSCRIBES = 0.7
_MEDIAN_LIFE = 1_500 * DAY
_LEAVES_UNHAPPY = 0.2
_RETURNS = 0.08
_PLANS = Skewed({"19.00": 45, "49.00": 35, "129.00": 15, "490.00": 5})
_CURRENCIES = {"europe": ("EUR", "EUR", "EUR", "GBP"), "americas": ("USD",), "asia": ("USD", "EUR")}
_MARGINS = ("0.55", "0.60", "0.65", "0.70")


class Subscriptions(Witness):
    """Writes subscriptions when all tickets have been seen."""

    streams = ("subscriptions",)

    def __init__(self, world: World, delivery: Delivery, chance: Chance, unhappy: dict[str, int]) -> None:
        super().__init__(world, delivery, chance)
        self._unhappy = unhappy

    def end(self) -> None:
        """Most customers subscribe some days after they became known."""
        population = self.world.population
        for number in range(population.customer_count):
            one = customer(population, number)
            started_at = one.created_at + self.chance.randrange(20 * DAY)
            if self.chance.happens(_SUBSCRIBES) and started_at <= self.ends_at:
                self._subscribe(one, started_at)

    def _subscribe(self, one: Customer, started_at: int) -> None:
        chance = self.chance
        # Customers of long ago are those who stayed: lives are drawn from the simulation's beginning.
        lives_from = max(started_at, self.world.population.starts_at)
        ended_at = lives_from + int(chance.expovariate(0.693 / _MEDIAN_LIFE))
        unhappy_at = self._unhappy.get(one.customer_id)
        if unhappy_at is not None and started_at < unhappy_at < ended_at and chance.happens(_LEAVES_UNHAPPY):
            ended_at = min(ended_at, unhappy_at + chance.randrange(2 * DAY, 60 * DAY))
        terms = {
            "monthly_revenue": _PLANS.draw(chance),
            "currency": chance.choice(_CURRENCIES[one.region.name]),
            "margin_rate": chance.choice(_MARGINS),
        }
        self._tell(one, started_at, ended_at, terms)
        back_at = ended_at + chance.randrange(20 * DAY, 120 * DAY)
        if chance.happens(_RETURNS) and back_at <= self.ends_at:
            self._tell(one, back_at, self.ends_at + 1, terms)

    def _tell(self, one: Customer, started_at: int, ended_at: int, terms: dict[str, str]) -> None:
        record = {
            "customer_id": one.customer_id,
            "started_at": timestamp(started_at),
            "ended_at": told(ended_at if ended_at <= self.ends_at else None),
            **terms,
        }
        self.delivery.deliver("subscriptions", self.ends_at, record)
