"""What whole made-up worlds must give: every figure of the models as the plain-Python reference tells it."""

from dataclasses import asdict

from tests.python.models.world_run import WorldRun
from tests.reference.business_times import business_times, spell_business_seconds
from tests.reference.history import read_history
from tests.reference.records import Record
from tests.reference.replies import read_messages, reply_facts
from tests.reference.sla import sla_instances
from tests.reference.sla_policies import read_targets
from tests.reference.waits import reply_waits
from tests.reference.worlds import World

_INSTANCES = """
select tickets.ticket_id, instances.*, agents.agent_id as assignee_id, teams.team_id as group_id
from publication.core.fct_sla_instances as instances
inner join publication.core.fct_tickets as tickets using (ticket_key)
left join build.intermediate.int_agents as agents on instances.agent_key = agents.agent_key
left join build.intermediate.int_teams as teams on instances.team_key = teams.team_key
"""


def compare_business_times(run: WorldRun, world: World) -> int:
    """Compare business times of every ticket and every spell; how many tickets were compared."""
    _compare_tickets(run, world)
    _compare_spells(run, world)
    return len(world.tickets)


def compare_replies(run: WorldRun, world: World) -> int:
    """Compare replies, what every message counts for, and waits; how many tickets were compared."""
    _compare_reply_facts(run, world)
    _compare_messages(run, world)
    _compare_waits(run, world)
    return len(world.tickets)


def compare_sla_instances(run: WorldRun, world: World, policies: list[Record]) -> int:
    """Compare every SLA instance, its state and its times; how many tickets were compared."""
    found: dict[str, dict[tuple, dict]] = {}
    for row in run.rows(_INSTANCES):
        found.setdefault(row["ticket_id"], {})[row["metric"], row["instance_number"]] = row
    targets, hours = read_targets(policies), world.opening_hours()
    for ticket, events, messages in world.histories():
        expected = [
            asdict(instance)
            for instance in sla_instances(ticket, events, messages, targets, hours, world.as_of)
        ]
        rows = found.get(ticket["ticket_id"], {})
        told = {(instance["metric"], instance["instance_number"]): instance for instance in expected}
        assert set(rows) == set(told), ticket["ticket_id"]
        for key, instance in told.items():
            assert {name: rows[key][name] for name in instance} == instance, ticket["ticket_id"]
    return len(world.tickets)


def _compare_tickets(run: WorldRun, world: World) -> None:
    found = {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}
    expected = {}
    for ticket, events, messages in world.histories():
        replies = reply_facts(ticket, events, messages, world.as_of)
        if replies is not None:
            expected[ticket["ticket_id"]] = business_times(
                ticket, events, replies.first_replied_at, world.opening_hours(), world.as_of
            )
    assert set(found) == set(expected)
    for ticket_id, times in expected.items():
        assert {name: found[ticket_id][name] for name in times} == times, ticket_id


def _compare_spells(run: WorldRun, world: World) -> None:
    found = run.by_ticket("fct_ticket_spells", "ticket_id, started_at")
    for ticket, events, _ in world.histories():
        expected = spell_business_seconds(ticket, events, world.opening_hours(), world.as_of)
        rows = found.get(ticket["ticket_id"], [])
        assert [row["business_seconds"] for row in rows] == expected, ticket["ticket_id"]


def _compare_reply_facts(run: WorldRun, world: World) -> None:
    found = {row["ticket_id"]: row for row in run.rows("select * from publication.core.fct_tickets")}
    for ticket, events, messages in world.histories():
        expected = reply_facts(ticket, events, messages, world.as_of)
        if expected is not None:
            row = found[ticket["ticket_id"]]
            assert {name: row[name] for name in asdict(expected)} == asdict(expected), ticket["ticket_id"]


def _compare_messages(run: WorldRun, world: World) -> None:
    found = run.by_ticket("fct_messages", "ticket_id, sent_at, not_counting_reason")
    for ticket, events, messages in world.histories():
        history = read_history(ticket, events, world.as_of)
        told = read_messages(ticket, messages, history, world.as_of) if history else []
        rows = found.get(ticket["ticket_id"], [])
        # Ids of messages are not published: those of one instant are compared in any order.
        assert sorted((row["sent_at"], row["not_counting_reason"] or "") for row in rows) == sorted(
            (message.sent_at, message.not_counting_reason or "") for message in told
        ), ticket["ticket_id"]
        assert all(row["is_counting_reply"] is (row["not_counting_reason"] is None) for row in rows)
        assert len({row["message_key"] for row in rows}) == len(rows)


def _compare_waits(run: WorldRun, world: World) -> None:
    compared = ("asked_at", "ended_at", "state", "seconds", "business_seconds")
    found = run.by_ticket("fct_reply_waits", "ticket_id, asked_at")
    for ticket, events, messages in world.histories():
        expected = reply_waits(ticket, events, messages, world.opening_hours(), world.as_of)
        rows = found.get(ticket["ticket_id"], [])
        assert [{name: row[name] for name in compared} for row in rows] == [
            asdict(wait) for wait in expected
        ], ticket["ticket_id"]
