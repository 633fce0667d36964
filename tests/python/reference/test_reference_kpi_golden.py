"""The reference of KPIs gives the figures that were worked out by hand (golden cases G5 and G6)."""

import pytest

from tests.reference.kpis.contact_centre import asked_agents, waiting_share
from tests.reference.kpis.reviews import review_score


def _rating(score: float | None, low: float, high: float, **more: object) -> dict[str, object]:
    return {"score": score, "scale_min": low, "scale_max": high, **more}


def test_erlang_c_asks_for_fourteen_agents_and_twenty_with_those_away() -> None:
    assert waiting_share(14, 10) == pytest.approx(0.1741319336)
    assert waiting_share(11, 10) == pytest.approx(0.6821182, abs=1e-7)
    assert waiting_share(55, 48) == pytest.approx(0.2387009, abs=1e-7)
    assert asked_agents(100, 180) == 20


def test_a_review_weighs_its_categories_and_fails_with_a_critical_one() -> None:
    good, middling = _rating(5, 1, 5, weight=3), _rating(2, 1, 4, weight=1)
    assert review_score([good, middling]) == pytest.approx((3 + 1 / 3) / 4)
    assert review_score([good, _rating(None, 1, 4, weight=9)]) == 1
    assert review_score([good, _rating(1, 1, 3, weight="1", is_critical=True)]) == 0
    assert review_score([_rating(None, 1, 5)]) is None
