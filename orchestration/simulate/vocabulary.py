"""Invented words: names, subjects, and the skewed shares with which things occur."""

from itertools import accumulate

from orchestration.simulate.chance import Chance


class Skewed:
    """Draws a value with its share; shares need not add up to anything."""

    def __init__(self, shares: dict[str, float]) -> None:
        self._values = list(shares)
        self._cumulative = list(accumulate(shares.values()))

    def draw(self, chance: Chance) -> str:
        """One value, drawn with its share."""
        return chance.choices(self._values, cum_weights=self._cumulative)[0]


CHANNELS = Skewed(
    {"email": 45, "web": 20, "chat": 17, "phone": 8, "whatsapp": 6, "social": 3, "api": 1},
)
TYPES = Skewed(
    {"question": 42, "incident": 24, "billing": 14, "return": 10, "account": 6, "feature_request": 4},
)
PRIORITIES = Skewed({"normal": 60, "high": 19, "low": 15, "urgent": 6})
ORIGINS = Skewed(
    {"customer": 88, "agent_on_behalf": 4, "phone_log": 4, "proactive_outbound": 2.5, "system": 1.5},
)
BRANDS = Skewed({"brand-aurora": 75, "brand-basalt": 25})

FIRST_NAMES = {
    "lv": ("Anna", "Jānis", "Līga", "Mārtiņš", "Ilze", "Kārlis", "Elīna", "Roberts", "Zane", "Edgars"),
    "en": ("Emma", "Liam", "Olivia", "Noah", "Ava", "Mason", "Sofia", "Lucas", "Grace", "Henry"),
    "ja": ("Yui", "Haruto", "Sakura", "Sota", "Hina", "Ren", "Aoi", "Yuto", "Mei", "Riku"),
}
LAST_NAMES = {
    "lv": ("Kalniņa", "Bērziņš", "Ozola", "Liepiņš", "Krūmiņa", "Balodis", "Eglīte", "Zariņš", "Vītola"),
    "en": ("Carter", "Hughes", "Bennett", "Foster", "Reyes", "Morgan", "Sullivan", "Brooks", "Ward"),
    "ja": ("Sato", "Suzuki", "Takahashi", "Tanaka", "Watanabe", "Ito", "Yamamoto", "Nakamura", "Kobayashi"),
}
COMPANY_NAMES = (
    "Amber",
    "Birch",
    "Cedar",
    "Delta",
    "Ember",
    "Fjord",
    "Granite",
    "Harbour",
    "Indigo",
    "Juniper",
)
COMPANY_KINDS = ("Logistics", "Foods", "Textiles", "Energy", "Books", "Travel", "Robotics", "Clinics")

SUBJECTS = {
    "question": ("How do I change my delivery address?", "Which plan fits {n} people?", "Opening hours?"),
    "incident": ("Error {n} when signing in", "App closes by itself", "Payment page does not load"),
    "billing": ("Invoice {n} is wrong", "Charged twice for order {n}", "Please resend invoice {n}"),
    "return": ("Return of order {n}", "Wrong size in order {n}", "Parcel {n} arrived damaged"),
    "account": ("Please delete my account", "Cannot reset my password", "My new address is {email}"),
    "feature_request": ("Please add a dark theme", "Export to CSV?", "Could the app remember my choice?"),
    "recall": (
        "Is my charger part of the recall?",
        "Recall: serial number {n}",
        "Recall – call me on {phone}",
    ),
}
# Of types that come or go: no help centre explains them yet, or any more.
PASSING_SUBJECTS = {
    "gift_card": ("My gift card {n} is refused", "Gift card: how much is left?", "Can I return a gift card?"),
    "migration": (
        "Where are my old orders?",
        "Old password, new portal {n}?",
        "Account {n} did not move along",
    ),
}


def subject_of(ticket_type: str, customer_email: str, chance: Chance) -> str:
    """A subject line, now and then with personal data in it, as customers write them."""
    pattern = chance.choice((SUBJECTS | PASSING_SUBJECTS)[ticket_type])
    if chance.random() < 0.04:
        pattern += " – write to {email}"
    return pattern.format(
        n=chance.randrange(10_000, 99_999),
        email=customer_email,
        phone=f"+1 312 555 01{chance.randrange(100):02d}",
    )


def acquisition_source(number: int) -> str | None:
    """How the customer with a number was won; nobody knows for some."""
    known = ("search", "search", "referral", "advertising", "partner", "search", None, "event")
    return known[number * 5 // 3 % len(known)]
