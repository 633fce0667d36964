"""The registry says of every column that can hold a person what forgetting does with it."""

from orchestration.landing.streams import load_streams

_NAMES_A_PERSON = {
    *(
        "customer_id",
        "requester_id",
        "caller_id",
        "submitter_id",
        "author_id",
        "user_id",
        "actor_id",
        "visitor_id",
    ),
    *("email", "body", "comment", "query", "subject", "via", "events", "metadata", "attachments"),
}
# Articles are written by agents, whose names and addresses are no customer's.
_OF_AGENTS = {"articles", "agents"}
_ACTIONS = {"requester", "customer", "either", "device", "name", "email", "text", "change", "json"}


def columns() -> list[tuple[str, str, str]]:
    """Stream, name and action of every column of customers' records."""
    return [
        (stream.table, column.name, column.forget)
        for system in load_streams().values()
        for stream in system.values()
        if stream.name not in _OF_AGENTS
        for column in stream.columns
    ]


def test_no_column_that_names_a_person_is_left_out() -> None:
    assert [each for each in columns() if each[1] in _NAMES_A_PERSON and not each[2]] == []


def test_every_action_is_one_that_is_done() -> None:
    actions = {action for _, _, action in columns() if action}
    assert actions == _ACTIONS


def test_nested_values_say_what_is_harmless() -> None:
    nested = [
        column
        for system in load_streams().values()
        for stream in system.values()
        for column in stream.columns
        if column.forget == "json"
    ]
    assert nested
    assert all(column.keep for column in nested)
