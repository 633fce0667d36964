"""The simulated Zendesk streams look as Zendesk's API writes them, and every id leads somewhere."""

import json
import re
from zoneinfo import ZoneInfo

import pytest

from orchestration.simulate.opening_hours import Opening
from orchestration.simulate.zendesk_account import intervals
from orchestration.simulate.zendesk_ids import SUPPLIER_ID, ZENDESK_ZONES

LIST, DICT, NULL = list, dict, type(None)
ID, TEXT, FLAG = int, str, bool
OPTIONAL_ID, OPTIONAL_TEXT, OPTIONAL_FLAG, OPTIONAL_NUMBER = (
    (ID, NULL),
    (TEXT, NULL),
    (FLAG, NULL),
    (int, NULL),
)

# Keys and types as real records of the API have them; a tuple is any of its types.
SHAPES = {
    "tickets": {
        "id": ID,
        "external_id": OPTIONAL_TEXT,
        "via": DICT,
        "created_at": TEXT,
        "updated_at": TEXT,
        "generated_timestamp": int,
        "type": OPTIONAL_TEXT,
        "subject": TEXT,
        "priority": OPTIONAL_TEXT,
        "status": TEXT,
        "requester_id": ID,
        "submitter_id": ID,
        "assignee_id": OPTIONAL_ID,
        "organization_id": OPTIONAL_ID,
        "group_id": OPTIONAL_ID,
        "problem_id": OPTIONAL_ID,
        "has_incidents": FLAG,
        "is_public": FLAG,
        "due_at": OPTIONAL_TEXT,
        "tags": LIST,
        "custom_fields": LIST,
        "satisfaction_rating": DICT,
        "custom_status_id": ID,
        "followup_ids": LIST,
        "ticket_form_id": ID,
        "brand_id": ID,
        "from_messaging_channel": FLAG,
    },
    "ticket_audits": {
        "id": ID,
        "ticket_id": ID,
        "created_at": TEXT,
        "author_id": ID,
        "metadata": DICT,
        "events": LIST,
        "via": DICT,
    },
    "ticket_metrics": {
        "id": ID,
        "ticket_id": ID,
        "created_at": TEXT,
        "updated_at": TEXT,
        "group_stations": int,
        "assignee_stations": int,
        "reopens": int,
        "replies": int,
        "assignee_updated_at": OPTIONAL_TEXT,
        "requester_updated_at": TEXT,
        "status_updated_at": TEXT,
        "initially_assigned_at": OPTIONAL_TEXT,
        "assigned_at": OPTIONAL_TEXT,
        "solved_at": OPTIONAL_TEXT,
        "latest_comment_added_at": TEXT,
        "reply_time_in_minutes": DICT,
        "first_resolution_time_in_minutes": DICT,
        "full_resolution_time_in_minutes": DICT,
        "agent_wait_time_in_minutes": DICT,
        "requester_wait_time_in_minutes": DICT,
        "on_hold_time_in_minutes": DICT,
        "custom_status_updated_at": TEXT,
    },
    "schedules": {
        "id": ID,
        "name": TEXT,
        "time_zone": TEXT,
        "intervals": LIST,
        "created_at": TEXT,
        "updated_at": TEXT,
    },
    "sla_policies": {
        "id": ID,
        "title": TEXT,
        "description": OPTIONAL_TEXT,
        "position": int,
        "filter": DICT,
        "policy_metrics": LIST,
        "created_at": TEXT,
        "updated_at": TEXT,
    },
    "calls": {
        "id": ID,
        "created_at": TEXT,
        "updated_at": TEXT,
        "agent_id": OPTIONAL_ID,
        "call_charge": TEXT,
        "consultation_time": int,
        "completion_status": TEXT,
        "customer_id": OPTIONAL_ID,
        "customer_requested_voicemail": FLAG,
        "direction": TEXT,
        "duration": int,
        "exceeded_queue_wait_time": OPTIONAL_FLAG,
        "hold_time": int,
        "minutes_billed": int,
        "outside_business_hours": OPTIONAL_FLAG,
        "phone_number_id": ID,
        "ticket_id": OPTIONAL_ID,
        "time_to_answer": OPTIONAL_NUMBER,
        "voicemail": FLAG,
        "wait_time": int,
        "wrap_up_time": int,
        "ivr_time_spent": OPTIONAL_NUMBER,
        "ivr_hops": OPTIONAL_NUMBER,
        "ivr_destination_group_name": OPTIONAL_TEXT,
        "talk_time": OPTIONAL_NUMBER,
        "ivr_routed_to": OPTIONAL_TEXT,
        "callback": OPTIONAL_FLAG,
        "callback_source": OPTIONAL_TEXT,
        "default_group": FLAG,
        "overflowed": FLAG,
        "overflowed_to": OPTIONAL_TEXT,
        "recording_time": int,
        "quality_issues": LIST,
    },
    "call_legs": {
        "id": ID,
        "created_at": TEXT,
        "updated_at": TEXT,
        "agent_id": OPTIONAL_ID,
        "user_id": OPTIONAL_ID,
        "duration": int,
        "hold_time": int,
        "wrap_up_time": OPTIONAL_NUMBER,
        "available_via": OPTIONAL_TEXT,
        "forwarded_to": OPTIONAL_TEXT,
        "transferred_from": OPTIONAL_ID,
        "transferred_to": OPTIONAL_ID,
        "minutes_billed": OPTIONAL_NUMBER,
        "call_charge": TEXT,
        "completion_status": TEXT,
        "consultation_time": OPTIONAL_NUMBER,
        "talk_time": int,
        "conference_time": OPTIONAL_NUMBER,
        "quality_issues": LIST,
        "call_id": ID,
        "type": TEXT,
    },
}
# Streams of which no real record is at hand: the keys that are relied on.
RELIED_ON = {
    "ticket_comments": {
        *("id", "ticket_id", "audit_id", "created_at", "type", "author_id", "public", "via", "body"),
    },
    "ticket_metric_events": {"id", "ticket_id", "metric", "instance_id", "type", "time"},
    "satisfaction_ratings": {
        *("id", "ticket_id", "requester_id", "assignee_id", "group_id", "score", "created_at", "updated_at"),
    },
    "users": {
        *("id", "name", "email", "role", "role_type", "custom_role_id", "active", "suspended", "time_zone"),
        *("organization_id", "created_at", "updated_at", "permanently_deleted"),
    },
    "groups": {"id", "name", "deleted", "created_at", "updated_at"},
    "organizations": {"id", "name", "created_at", "updated_at"},
    "brands": {"id", "name", "active", "created_at", "updated_at"},
    "holidays": {"id", "schedule_id", "name", "start_date", "end_date"},
    "custom_statuses": {"id", "status_category", "agent_label", "active"},
    "articles": {"id", "title", "author_id", "draft", "outdated", "created_at", "updated_at"},
    "article_votes": {"id", "item_id", "user_id", "value", "created_at", "updated_at"},
}


def test_every_stream_is_written_and_no_other(zendesk):
    assert zendesk.streams == sorted(SHAPES | RELIED_ON)
    assert all(zendesk.records(stream) for stream in zendesk.streams)


@pytest.mark.parametrize("stream", SHAPES)
def test_records_have_the_keys_and_types_of_real_ones(zendesk, stream):
    for record in zendesk.records(stream):
        assert set(record) == set(SHAPES[stream])
        for name, value in record.items():
            wanted = SHAPES[stream][name]
            # bool is an int to isinstance, but not to the API.
            assert type(value) in (wanted if isinstance(wanted, tuple) else (wanted,)), name


@pytest.mark.parametrize("stream", RELIED_ON)
def test_records_have_the_keys_that_are_relied_on(zendesk, stream):
    assert all(set(record) >= RELIED_ON[stream] for record in zendesk.records(stream))


def test_events_of_audits_have_the_keys_of_their_type(zendesk):
    keys = {
        "Create": {"id", "type", "field_name", "value"},
        "Change": {"id", "type", "field_name", "value", "previous_value"},
        "Comment": {"id", "type", "author_id", "body", "public"},
        "VoiceComment": {"id", "type", "author_id", "public", "data"},
        "CommentPrivacyChange": {"id", "type", "comment_id", "public"},
        "ScheduleAssignment": {"id", "type", "previous_schedule_id", "new_schedule_id"},
        "Notification": {"id", "type", "recipients", "via"},
        "SatisfactionRating": {"id", "type", "score"},
        "SideConversationCreated": {"id", "type"},
        "SideConversationReply": {"id", "type"},
    }
    events = [event for audits in zendesk.audits.values() for audit in audits for event in audit["events"]]
    assert {event["type"] for event in events} == set(keys)
    assert all(set(event) >= keys[event["type"]] for event in events)
    changed = {event["field_name"] for event in events if event["type"] == "Change"}
    assert changed == {
        *("status", "custom_status_id", "priority", "type", "assignee_id", "group_id", "tags"),
        "satisfaction_score",
    }


def test_metric_events_have_the_keys_of_their_type(zendesk):
    own = {"apply_sla": {"sla"}, "update_status": {"status"}, "breach": {"deleted"}}
    common = {"id", "ticket_id", "metric", "instance_id", "type", "time"}
    events = zendesk.records("ticket_metric_events")
    types = {"measure", "activate", "pause", "fulfill", "apply_sla", "breach", "update_status"}
    assert {event["type"] for event in events} == types
    for event in events:
        assert set(event) == common | own.get(event["type"], set())
        if event["type"] == "apply_sla":
            sla = event["sla"]
            assert set(sla) == {"target", "target_in_seconds", "business_hours", "policy"}
            assert sla["target_in_seconds"] == sla["target"] * 60
            assert {"id", "title"} <= set(sla["policy"])


def test_every_foreign_id_leads_to_a_record_except_those_of_purged_users(zendesk):
    ids = {stream: {record["id"] for record in zendesk.records(stream)} for stream in zendesk.streams}
    users = ids["users"]
    tickets = zendesk.tickets.values()
    unknown = {ticket["requester_id"] for ticket in tickets} - users
    assert 1 <= len(unknown) <= 3
    assert {ticket["assignee_id"] for ticket in tickets} - {None} <= users
    assert {ticket["group_id"] for ticket in tickets} - {None} <= ids["groups"]
    assert {ticket["brand_id"] for ticket in tickets} <= ids["brands"]
    assert {ticket["custom_status_id"] for ticket in tickets} <= ids["custom_statuses"]
    assert {ticket["organization_id"] for ticket in tickets} - {None} <= ids["organizations"]
    assert {ticket["problem_id"] for ticket in tickets} - {None} <= set(zendesk.tickets)
    assert {holiday["schedule_id"] for holiday in zendesk.records("holidays")} <= ids["schedules"]
    assert {leg["call_id"] for leg in zendesk.records("call_legs")} <= ids["calls"]
    assert {call["ticket_id"] for call in zendesk.records("calls")} - {None} <= set(zendesk.tickets)
    assert {vote["item_id"] for vote in zendesk.records("article_votes")} <= ids["articles"]
    authors = {audit["author_id"] for audit in zendesk.records("ticket_audits")}
    assert authors - users - unknown == {-1, SUPPLIER_ID}


def test_ids_are_beyond_32_bits_and_belong_to_one_record(zendesk):
    for stream in ("users", "ticket_audits", "ticket_comments", "ticket_metrics", "ticket_metric_events"):
        assert min(record["id"] for record in zendesk.records(stream)) > 2**32
    for stream in ("ticket_audits", "ticket_metrics", "calls", "call_legs"):
        distinct = zendesk.distinct(stream)
        assert len({record["id"] for record in distinct}) == len(distinct)


def test_zones_are_zendesks_own_and_intervals_are_of_one_week(zendesk):
    assert {schedule["time_zone"] for schedule in zendesk.records("schedules")} == set(ZENDESK_ZONES.values())
    assert all(ZoneInfo(zone).key == zone for zone in ZENDESK_ZONES)
    for schedule in zendesk.records("schedules"):
        bounds = [bound for i in schedule["intervals"] for bound in (i["start_time"], i["end_time"])]
        assert bounds == sorted(set(bounds))
        assert 0 <= bounds[0] < bounds[-1] <= 7 * 24 * 60


def test_an_opening_over_midnight_over_the_weeks_end_and_round_the_clock():
    def opening(weekday, opens, closes):
        return Opening("one", "One", "Asia/Tokyo", weekday, opens, closes)

    monday, saturday = opening(1, "16:00", "01:00"), opening(6, "16:00", "01:00")
    assert intervals([monday]) == [{"start_time": 2_400, "end_time": 2_940}]
    assert intervals([saturday]) == [
        {"start_time": 0, "end_time": 60},
        {"start_time": 9_600, "end_time": 10_080},
    ]
    always = [opening(day, "00:00", "24:00") for day in range(1, 8)]
    assert intervals(always) == [{"start_time": 0, "end_time": 10_080}]


def test_addresses_can_belong_to_nobody(zendesk):
    emails = {user["email"] for user in zendesk.records("users")} - {None}
    assert len(emails) > 500
    assert all(email.endswith("@example.com") or email.endswith(".example.com") for email in emails)
    for stream in zendesk.streams:
        hosts = re.findall(r"@([\w.-]+)", json.dumps(zendesk.records(stream)))
        assert all(host.endswith("example.com") for host in hosts), stream
