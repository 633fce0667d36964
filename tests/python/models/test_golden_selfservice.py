"""Self-service with numbers known beforehand, through all models up to the published KPIs."""

from tests.python.models.compiled import ModelRun

USERS, REQUESTERS = 1000, 250


def test_a_thousand_users_of_the_help_centre_to_250_requesters_score_four(run: ModelRun) -> None:
    # G9; everybody comes twice, and is one user.
    run.load(
        "raw_generic.knowledge_events",
        [
            {
                "event_id": f"{user}-{visit}",
                "article_id": "A1",
                "customer_id": f"C{user}",
                "occurred_at": f"2024-05-{6 + visit:02}T08:00:00Z",
                "kind": "view",
            }
            for user in range(USERS)
            for visit in range(2)
        ],
    )
    # The desk is older than its help centre: its days begin with its first ticket.
    first = {"ticket_id": "first", "created_at": "2024-04-08T08:00:00Z", "status": "open"}
    run.load(
        "raw_generic.tickets",
        [
            first,
            *(
                {
                    "ticket_id": f"{requester}-{ticket}",
                    "created_at": "2024-05-08T08:00:00Z",
                    "requester_id": f"C{requester}",
                    "status": "open",
                }
                for requester in range(REQUESTERS)
                for ticket in range(2)
            ),
        ],
    )
    run.build(as_of="2024-06-30 00:00:00")
    assert run.rows(
        "select value, numerator, denominator from publication.marts.kpi_values where kpi_id ="
        " 'self_service_score' and variant = 'default' and slice = 'all' and period_grain = 'month'"
        " and period_start = '2024-05-01'"
    ) == [{"value": 4.0, "numerator": USERS, "denominator": REQUESTERS}]
