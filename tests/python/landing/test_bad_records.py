"""A bad record is quarantined with its line and reason; every other record of its file lands."""

import pytest

from .conftest import HEADER, Landed, csv_lines, json_lines, ticket

INSTANT = "2026-01-05T09:00:00Z"


def test_a_half_line_is_quarantined(helpdesk: Landed) -> None:
    good = json_lines(*(ticket(n) for n in range(1, 4)))
    helpdesk.write("generic/tickets/a.jsonl", good + '{"ticket_id": "4", "crea')
    helpdesk.land(limit=0.5)
    assert helpdesk.tickets() == [(1, "1"), (2, "2"), (3, "3")]
    assert helpdesk.quarantine("line, reason, record") == [
        (4, "is not valid JSON", '{"ticket_id": "4", "crea'),
    ]
    assert helpdesk.loads() == [("generic/tickets/a.jsonl", "landed", 3, 1)]


@pytest.mark.parametrize("line", ["[1]", "5", '"text"', "null"])
def test_json_that_is_no_object_is_quarantined(helpdesk: Landed, line: str) -> None:
    helpdesk.write("generic/tickets/a.jsonl", f"{line}\n{json_lines(ticket(1))}")
    helpdesk.land(limit=0.5)
    assert helpdesk.tickets() == [(2, "1")]
    assert helpdesk.quarantine() == [(1, "is JSON, but not an object")]


def test_an_element_of_an_array_can_be_bad_alone(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.json", f"[5, {json_lines(ticket(1)).strip()}]")
    helpdesk.land(limit=0.5)
    assert helpdesk.tickets() == [(2, "1")]
    assert helpdesk.quarantine() == [(1, "is JSON, but not an object")]


def test_lines_after_a_wrong_encoding_keep_their_numbers(helpdesk: Landed) -> None:
    lines = json_lines(ticket(1)).encode() + b'\n{"subject": "caf\xe9"}\n' + json_lines(ticket(2)).encode()
    helpdesk.write("generic/tickets/a.jsonl", lines)
    rows = csv_lines(1).encode() + b"2,2026-01-05,caf\xe9\n\n" + csv_lines(1, 3).encode()
    helpdesk.write("generic/tickets/b.csv", HEADER.encode() + rows)
    helpdesk.land(limit=0.5)
    assert helpdesk.tickets() == [(1, "1"), (4, "2"), (2, "1"), (5, "3")]
    assert helpdesk.quarantine("file, line, reason, record") == [
        ("generic/tickets/a.jsonl", 3, "is not UTF-8 text", '{"subject": "caf\\xe9"}'),
        ("generic/tickets/b.csv", 3, "is not UTF-8 text", "2,2026-01-05,caf\\xe9"),
    ]


def test_control_characters_between_values_are_quarantined(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", '{"a": 1}\x01\n{"a":\r1}\n' + json_lines(ticket(1)))
    helpdesk.land(limit=0.7)
    assert helpdesk.tickets() == [(3, "1")]
    reason = "is not valid JSON: it holds a control character"
    assert helpdesk.quarantine() == [(1, reason), (2, reason)]


def test_a_stray_quote_costs_one_line(helpdesk: Landed) -> None:
    stray = f'1001,{INSTANT},"stray\n'
    helpdesk.write("generic/tickets/a.csv", HEADER + csv_lines(1000) + stray + csv_lines(1000, 1002))
    helpdesk.land()
    assert helpdesk.loads() == [("generic/tickets/a.csv", "landed", 2000, 1)]
    assert helpdesk.quarantine("line, reason, record") == [
        (1002, "has a quote that does not end its value", stray.strip()),
    ]
    assert helpdesk.rows(
        "select count(*), count_if(_line = ticket_id::int + 1) from raw_generic.tickets"
    ) == [(2000, 2000)]


def test_stray_quotes_among_quoted_values_cost_one_line_each(helpdesk: Landed) -> None:
    quoted = "".join(f'{n},{INSTANT},"a ""b""\n{n}"\n{n},{INSTANT},""\n' for n in range(20))
    strays = [f'x,{INSTANT},"stray\n', f'y,{INSTANT},"also "stray\n', f'z,"wide\n{INSTANT}",a,b\n']
    content = HEADER + "".join(stray + quoted for stray in strays)
    helpdesk.write("generic/tickets/a.csv", content)
    helpdesk.land(limit=0.1)
    assert helpdesk.loads("rows_landed, rows_quarantined") == [(120, 4)]
    assert helpdesk.quarantine("line") == [(2,), (63,), (124,), (125,)]


def test_a_wrong_number_of_values_is_quarantined(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.csv", f"{HEADER}1,{INSTANT}\n2,{INSTANT},a,b\n3,{INSTANT},c\n")
    helpdesk.land(limit=0.7)
    assert helpdesk.tickets() == [(4, "3")]
    assert helpdesk.quarantine() == [
        (2, "has 2 values where the header names 3 columns"),
        (3, "has 4 values where the header names 3 columns"),
    ]


@pytest.mark.parametrize(
    ("stream", "values", "reason"),
    [
        ("tickets", {"created_at": "yesterday"}, "created_at is not a timestamp: 'yesterday'"),
        ("tickets", {"created_at": "epoch"}, "created_at is not a timestamp: 'epoch'"),
        ("tickets", {"created_at": "2026-02-30"}, "created_at is not a timestamp: '2026-02-30'"),
        ("tickets", {"created_at": None}, "required column created_at is missing"),
        ("tickets", {"ticket_id": " "}, "required column ticket_id is missing"),
        ("tickets", {"is_spam": "perhaps"}, "is_spam is not a boolean: 'perhaps'"),
        ("tickets", {"settled_amount": "1,5"}, "settled_amount is not a decimal: '1,5'"),
        # all that staging holds is decimal(18, 4)
        ("tickets", {"settled_amount": "1e14"}, "settled_amount is not a decimal: '1e14'"),
        ("tickets", {"settled_amount": "NaN"}, "settled_amount is not a decimal: 'NaN'"),
        ("tickets", {"tags": "a b"}, "tags is not JSON: 'a b'"),
        (
            "tickets",
            {"ticket_id": "", "updated_at": "x" * 100},
            f"required column ticket_id is missing; updated_at is not a timestamp: '{'x' * 80}'",
        ),
        ("schedules", {"weekday": "1.5"}, "weekday is not an integer: '1.5'"),
        ("schedules", {"weekday": "0x1"}, "weekday is not an integer: '0x1'"),
        ("schedules", {"opens": "24:01"}, "opens is not a time: '24:01'"),
        (
            "tickets",
            {"created_at": "1970-01-01T00:00:00Z"},
            "created_at is before 1990: '1970-01-01T00:00:00Z'",
        ),
        (
            "tickets",
            {"created_at": "1990-01-01T00:00+01"},
            "created_at is before 1990: '1990-01-01T00:00+01'",
        ),
        ("tickets", {"created_at": "2201-01-01"}, "created_at is after 2200: '2201-01-01'"),
        ("schedules", {"weekday": 0}, "weekday is not within 1 and 7: '0'"),
        ("schedules", {"weekday": "8"}, "weekday is not within 1 and 7: '8'"),
        (
            "schedules",
            {"time_zone": "Riga"},
            "time_zone is not an IANA time zone such as Europe/Riga: 'Riga'",
        ),
        # Java and DuckDB know this one, the IANA does not: India's, Ireland's or Israel's time
        ("schedules", {"time_zone": "IST"}, "time_zone is not an IANA time zone such as Europe/Riga: 'IST'"),
        ("schedules", {"valid_from": "infinity"}, "valid_from is not a date: 'infinity'"),
    ],
)
def test_a_value_that_does_not_read_is_quarantined(
    helpdesk: Landed, stream: str, values: dict[str, object], reason: str
) -> None:
    schedule = {"schedule_id": "1", "time_zone": "UTC", "weekday": 1, "opens": "09:00", "closes": "24:00"}
    good = ticket(1) if stream == "tickets" else schedule
    helpdesk.write(f"generic/{stream}/a.jsonl", json_lines(good, {**good, **values}))
    helpdesk.land(limit=0.5)
    assert helpdesk.quarantine() == [(2, reason)]
    assert helpdesk.rows(f"select _line from raw_generic.{stream}") == [(1,)]


@pytest.mark.parametrize(
    "instant",
    [
        "2026-01-05",
        "2026-01-05 09:00",
        "2026-01-05T09:00:00.123456+02:00",
        "2026-01-05T09:00:00-0330",
        "2026-01-05t09:00:00z",
        " 2026-01-05T09:00:00Z\t",
        INSTANT,
    ],
)
def test_iso_timestamps_land_with_and_without_offset(helpdesk: Landed, instant: str) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1, created_at=instant)))
    helpdesk.land()
    assert helpdesk.tickets("created_at") == [(instant,)]


def test_the_bounds_of_a_domain_land(helpdesk: Landed) -> None:
    instants = ["1990-01-01T00:00:00Z", "2200-12-31T23:59:59Z"]
    tickets = [ticket(n, created_at=instant) for n, instant in enumerate(instants)]
    # only what every record needs spans the calendar
    tickets.append(ticket(2, updated_at="1970-01-01"))
    helpdesk.write("generic/tickets/a.jsonl", json_lines(*tickets))
    opening = {"schedule_id": "1", "time_zone": " Europe/Riga", "opens": "09:00", "closes": "24:00"}
    openings = json_lines({**opening, "weekday": 1}, {**opening, "weekday": "7.0", "time_zone": "UTC"})
    helpdesk.write("generic/schedules/a.jsonl", openings)
    message = {"ticket_id": 1, "sent_at": "2026-01-05", "author_type": "Agent "}
    messages = [{**message, "message_id": 1}, {**message, "message_id": 2, "author_type": "robot"}]
    helpdesk.write("generic/messages/a.jsonl", json_lines(*messages))
    helpdesk.land(limit=0.5)
    assert helpdesk.quarantine() == [
        (2, "author_type is not one of agent, customer, bot, system: 'robot'"),
    ]
    assert len(helpdesk.tickets()) == 3
    assert helpdesk.rows("select weekday from raw_generic.schedules order by _line") == [("1",), ("7.0",)]


def test_an_instant_of_servicenow_before_1990_is_quarantined(helpdesk: Landed) -> None:
    header = "number,incident_state,sys_mod_count,opened_at,sys_updated_at\n"
    rows = "INC1,New,0,1/1/1970 00:00,1/1/2016 00:00\nINC2,New,0,2016-01-01T00:00z,1/1/2300 00:00\n"
    helpdesk.write("servicenow/incidents/a.csv", header + rows)
    helpdesk.land(limit=1)
    assert helpdesk.quarantine() == [
        (2, "opened_at is before 1990: '1/1/1970 00:00'"),
        (3, "sys_updated_at is after 2200: '1/1/2300 00:00'"),
    ]


@pytest.mark.parametrize("blank", ["", " ", "\t", "\u00a0 \r"])
def test_a_blank_lands_as_no_value(helpdesk: Landed, blank: str) -> None:
    values = {"is_spam": blank, "settled_amount": blank, "updated_at": blank, "tags": blank, "status": blank}
    helpdesk.write("generic/tickets/a.jsonl", json_lines(ticket(1, unheard_of=blank, **values)))
    helpdesk.land()
    assert helpdesk.tickets("is_spam, settled_amount, updated_at, tags, status, unheard_of") == [
        (None, None, None, None, None, blank),
    ]


def test_missing_text_of_a_system_stays_and_counts_as_missing(helpdesk: Landed) -> None:
    header = "number,incident_state,sys_mod_count,opened_at,sys_updated_at,closed_at\n"
    rows = "INC1,New,0,1/2/2016 01:16,1/2/2016 01:16,?\nINC2,New,0,?,2016/02/01,?\n"
    helpdesk.write("servicenow/incidents/a.csv", header + rows)
    helpdesk.land(limit=0.5)
    assert helpdesk.rows("select _line, closed_at from raw_servicenow.incidents") == [(2, "?")]
    assert helpdesk.quarantine() == [
        (3, "required column opened_at is missing; sys_updated_at is not a timestamp: '2016/02/01'"),
    ]


def test_a_record_that_lacks_a_key_is_quarantined(helpdesk: Landed) -> None:
    helpdesk.write("generic/tickets/a.jsonl", json_lines({"ticket_id": "1"}))
    helpdesk.land(limit=1)
    assert helpdesk.quarantine("line, reason, record") == [
        (1, "required column created_at is missing", '{"_line":1,"ticket_id":"1"}'),
    ]
