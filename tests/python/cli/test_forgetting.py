"""A customer is forgotten in a published warehouse, and every figure stays."""

import duckdb

from tests.python.conftest import AS_OF, Helpdesk, run_helpdesk

# With a name of their own: another one's name stays.
_ADDRESSED = """
    select customer_id, customers.name, customers.email
    from raw_generic.customers
    join raw_generic.tickets on customer_id = requester_id
    where customers.email is not null
        and customers.name in (
            select name from (from raw_generic.customers select name, customer_id as id
                union select name, agent_id as id from raw_generic.agents)
            group by name having count(distinct id) = 1
        )
    group by all
    order by count(distinct ticket_id) desc, customer_id
    limit 1
"""
_FIGURES = "select * from marts.kpi_values order by all"
_TICKETS_OF_CUSTOMERS = """
    select source_account, count(*), count(csat_score), min(created_at)
    from core.fct_tickets
    group by requester_key, source_account
    order by all
"""


def test_a_customer_is_forgotten_and_no_figure_changes(desk: Helpdesk) -> None:
    with duckdb.connect(str(desk.warehouse.build_file), read_only=True) as connection:
        customer, name, email = connection.execute(_ADDRESSED).fetchall()[0]
    before = [desk.rows(query) for query in (_FIGURES, _TICKETS_OF_CUSTOMERS)]
    keys = desk.rows("select requester_key from core.fct_tickets")

    outcome = run_helpdesk("forget", "--customer", customer, "--yes", "--warehouse", desk.root)

    assert outcome.status == 0, outcome.errors
    assert "generic@main/tickets:" in outcome.output
    assert not [secret for secret in (name, email) if secret in outcome.output]
    secrets = [secret.encode() for secret in (customer, name, email)]
    files = [path for path in desk.root.rglob("*") if path.is_file()]
    assert [path for path in files if any(secret in path.read_bytes() for secret in secrets)] == []
    assert [desk.rows(query) for query in (_FIGURES, _TICKETS_OF_CUSTOMERS)] == before
    assert desk.rows("select cast(as_of as varchar) from meta.publication") == [(AS_OF.replace("T", " "),)]
    # Only the one key is another.
    assert len({*keys} - {*desk.rows("select requester_key from core.fct_tickets")}) == 1
    # The earlier publication cannot be put back.
    rolled_back = run_helpdesk("rollback", "--warehouse", desk.root)
    assert rolled_back.status == 2
    told = run_helpdesk("status", "--warehouse", desk.root).output
    assert "Forgotten     1 person, last at " in told
    assert "not ended" not in told
    # The night brings nobody back: the extracts that still hold the customer are no news.
    again = desk.refresh()
    assert again.status == 0
    assert "nothing new to publish" in again.output
