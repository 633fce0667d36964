"""What simulated customers say, buy, read and do, and what the service costs."""

from collections import Counter, defaultdict
from datetime import date, timedelta

import pytest


def distinct(records):
    return [dict(items) for items in dict.fromkeys(tuple(record.items()) for record in records)]


def test_a_quarter_of_those_asked_answer_and_some_change_their_mind(extract):
    versions = defaultdict(list)
    for survey in distinct(extract.records("surveys")):
        if survey["kind"] == "csat":
            versions[survey["survey_id"]].append(survey)
    answers = {
        key: {(one["responded_at"], one["score"]) for one in told if one["responded_at"]}
        for key, told in versions.items()
    }
    rate = sum(1 for told in answers.values() if told) / len(answers)
    assert 0.2 < rate < 0.3
    changed = [told for told in answers.values() if len(told) > 1]
    assert changed
    assert all(len({score for _, score in told}) == len({at for at, _ in told}) == 2 for told in changed)


def test_scores_are_whole_and_on_their_scale_and_come_after_the_question(extract):
    scales = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7)}
    for survey in extract.records("surveys"):
        assert (survey["scale_min"], survey["scale_max"]) == scales[survey["kind"]]
        assert (survey["score"] is None) == (survey["responded_at"] is None)
        if survey["sent_at"] is None:
            assert survey["responded_at"] is None
        else:
            assert survey["requested_at"] <= survey["sent_at"]
        if survey["responded_at"]:
            assert survey["sent_at"] < survey["responded_at"]
            assert survey["score"] in range(survey["scale_min"], survey["scale_max"] + 1)


def test_surveys_after_solves_are_of_solved_tickets_and_the_agent_in_charge(extract):
    solved = {
        event["ticket_id"]
        for events in extract.events_by_ticket().values()
        for event in events
        if event["new_value"] == "solved"
    }
    asked = [survey for survey in extract.records("surveys") if survey["kind"] != "nps"]
    assert {survey["ticket_id"] for survey in asked} <= solved
    assert {survey["ticket_id"] for survey in extract.records("quality_reviews")} <= solved
    assert sum(survey["agent_id"] is not None for survey in asked) > 0.95 * len(asked)


def test_customers_are_asked_to_recommend_once_a_quarter(extract):
    quarters = Counter(
        (survey["customer_id"], survey["survey_id"].split("-")[1])
        for survey in distinct(extract.records("surveys"))
        if survey["kind"] == "nps" and survey["responded_at"] is None
    )
    assert max(quarters.values()) == 1
    assert len({quarter for _, quarter in quarters}) == 4


def test_reviews_rate_each_category_once_and_nobody_reviews_himself(extract):
    reviews = distinct(extract.records("quality_reviews"))
    assert max(Counter((review["review_id"], review["category"]) for review in reviews).values()) == 1
    assert {review["is_critical"] for review in reviews} == {True, False}
    assert any(review["score"] is None for review in reviews)
    for review in reviews:
        assert review["agent_id"] != review["reviewer_id"]
        assert review["weight"] > 0
        assert review["score"] is None or review["scale_min"] <= review["score"] <= review["scale_max"]


def test_subscriptions_begin_after_their_customer_and_the_unhappy_leave_more(extract):
    known_since = {one["customer_id"]: one["created_at"] for one in extract.records("customers")}
    unhappy = {
        s["customer_id"] for s in extract.records("surveys") if s["kind"] == "csat" and (s["score"] or 5) <= 2
    }
    left = defaultdict(list)
    for one in distinct(extract.records("subscriptions")):
        assert known_since[one["customer_id"]] <= one["started_at"]
        assert one["ended_at"] is None or one["started_at"] < one["ended_at"]
        assert float(one["monthly_revenue"]) > 0
        assert 0 < float(one["margin_rate"]) < 1
        left[one["customer_id"] in unhappy].append(one["ended_at"] is not None)
    assert sum(left[True]) / len(left[True]) > sum(left[False]) / len(left[False]) > 0


def test_orders_go_through_their_stages_in_order(extract):
    orders = extract.records("orders")
    tickets = extract.latest_tickets()
    for order in orders:
        stages = [order["ordered_at"], order["confirmed_at"], order["delayed_at"], order["shipped_at"]]
        reached = [stage for stage in stages if stage]
        assert reached == sorted(reached)
        told = order["notified_at"]
        assert told is None or (order["delayed_at"] or order["shipped_at"]) < told
        if order["first_asked_at"]:
            assert tickets[order["order_id"].split("-")[1]]["created_at"] == order["first_asked_at"]
    assert any(order["notified_at"] and not order["shipped_at"] for order in orders)
    assert len(orders) > len({order["order_id"] for order in orders})


def test_readers_see_published_articles_and_some_searches_find_nothing(extract):
    published = {article["article_id"]: article["published_at"] for article in extract.records("articles")}
    assert None in published.values()
    events = extract.records("knowledge_events")
    for event in events:
        if event["kind"] in ("view", "vote_up", "vote_down", "link"):
            assert published[event["article_id"]] <= event["occurred_at"]
        assert (event["kind"] == "search") == (event["results"] is not None) == (event["query"] is not None)
        assert (event["kind"] == "link") == (event["ticket_id"] is not None)
        assert (event["agent_id"] is None) != (event["visitor_id"] is None)
    results = [event["results"] for event in events if event["kind"] == "search"]
    assert 0 in results
    assert max(results) > 0


def test_journeys_begin_with_a_start_and_end_at_most_once(extract):
    journeys = defaultdict(list)
    for event in distinct(extract.records("journey_events")):
        journeys[event["journey_id"]].append(event)
    ends = Counter()
    for events in journeys.values():
        kinds = [event["kind"] for event in sorted(events, key=lambda event: event["occurred_at"])]
        assert kinds[0] == "start"
        assert not {"start", "complete", "abandon"} & set(kinds[1:-1])
        assert len({event["occurred_at"] for event in events}) == len(events)
        ends[kinds[-1]] += 1
    assert ends["complete"] > ends["abandon"] > 0
    assert set(ends) - {"complete", "abandon"}


def test_only_handed_over_bot_conversations_have_a_ticket_and_they_come_before_it(extract):
    tickets = extract.latest_tickets()
    for conversation in extract.records("bot_conversations"):
        is_handed_over = conversation["outcome"] == "handed_over"
        assert is_handed_over == (conversation["ticket_id"] is not None)
        if is_handed_over:
            ticket = tickets[conversation["ticket_id"]]
            assert ticket["requester_id"] == conversation["customer_id"]
            assert conversation["started_at"] <= ticket["created_at"]


def test_votes_on_a_suggestion_only_grow(extract):
    votes = defaultdict(list)
    for suggestion in extract.records("suggestions"):
        votes[suggestion["suggestion_id"]].append(suggestion["votes"])
    assert all(counts == sorted(counts) for counts in votes.values())
    assert any(len(counts) > 1 for counts in votes.values())


def test_costs_are_positive_of_every_month_and_team(extract):
    costs = extract.records("costs")
    assert all(float(cost["amount"]) > 0 for cost in costs)
    months = {cost["month"] for cost in costs}
    assert len(months) == 13
    assert min(months) == "2016-02-01"
    teams = {group["group_id"] for group in extract.records("groups")}
    for month in months:
        labour = {c["team"] for c in costs if c["month"] == month and c["category"] == "labour"}
        assert labour == teams
    assert any(cost["team"] is None for cost in costs)
    keys = [(c["month"], c["category"], c["nature"], c["currency"], c["team"]) for c in costs]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("currency", ["USD", "GBP", "JPY"])
def test_a_rate_is_in_force_on_every_day(extract, currency):
    rates = {
        r["date"]: float(r["rate_to_reporting"])
        for r in extract.records("exchange_rates")
        if r["currency"] == currency
    }
    first, last = date(2016, 2, 1), date(2017, 2, 18)
    assert min(rates) < min(one["started_at"] for one in extract.records("subscriptions"))[:10]
    assert [day for day in rates if day >= f"{first}"] == [
        f"{first + timedelta(days=n)}" for n in range((last - first).days + 1)
    ]
    assert min(rates.values()) > 0
    assert len(set(rates.values())) > 100


def test_money_is_in_currencies_that_can_be_told_in_the_reporting_one(extract):
    known = {rate["currency"] for rate in extract.records("exchange_rates")} | {"EUR"}
    for stream in ("costs", "subscriptions", "orders"):
        assert {record["currency"] for record in extract.records(stream)} <= known
    settled = {ticket["settled_currency"] for ticket in extract.records("tickets")} - {None}
    assert len(settled) > 1
    assert settled <= known


def test_two_types_are_new_near_the_end_and_one_vanishes(extract):
    days = defaultdict(list)
    for ticket in extract.latest_tickets().values():
        days[ticket["type"]].append(ticket["created_at"][:10])
    assert min(days["recall"]) > "2016-11-18"
    assert min(days["gift_card"]) > "2016-11-18"
    assert len(days["gift_card"]) > 15
    assert len(days["migration"]) > 30
    assert max(days["migration"]) < "2016-09-10"
    assert all(
        min(found) < "2016-03-20" for name, found in days.items() if name not in ("recall", "gift_card")
    )
