"""A simulated Zendesk export has the faults that real ones have, and no more of them."""

import gzip
import json
from collections import Counter, defaultdict
from datetime import datetime, timedelta
from itertools import pairwise

from orchestration.simulate.chance import Chance
from orchestration.simulate.zendesk_export import ZendeskExport
from tests.python.simulate.zendesk_extract import ZendeskExtract, changes, comments

BIG_STREAMS = ("tickets", "ticket_audits", "ticket_comments", "ticket_metrics", "ticket_metric_events")


class Unlucky(Chance):
    """Wants to break everything."""

    def random(self):
        return 0.0


def is_json(line):
    try:
        return bool(json.loads(line))
    except json.JSONDecodeError:
        return False


def events_of(zendesk, event_type):
    return [
        (number, audit, event)
        for number, audits in zendesk.audits.items()
        for audit in audits
        for event in audit["events"]
        if event["type"] == event_type
    ]


def test_a_few_lines_are_broken_and_nothing_is_lost_by_them(zendesk):
    for stream in BIG_STREAMS:
        assert zendesk.broken(stream) <= 0.004 * len(zendesk.records(stream))
    lines = zendesk.lines("ticket_audits")
    cut = [line for line in lines if not is_json(line)]
    without_id = [line for line in lines if not line.startswith('{"id":')]
    assert cut
    assert without_id
    whole = {line[:60] for line in lines if is_json(line)}
    assert {line[:60] for line in cut} <= whole
    told = {record["created_at"] for record in zendesk.records("ticket_audits")}
    assert {json.loads(line)["created_at"] for line in without_id} <= told


def test_small_streams_are_not_broken_at_all_and_others_seldom(tmp_path):
    record = {"id": 1, "text": "whole"}
    with ZendeskExport(tmp_path, Unlucky(), 0) as export:
        export.open("few", "many")
        for _ in range(150):
            export.deliver("few", "2016-05-01T00:00:00Z", record)
        for _ in range(1_000):
            export.deliver("many", "2016-05-01T00:00:00Z", record)
    extract = ZendeskExtract(tmp_path)
    assert (extract.broken("few"), extract.broken("many")) == (0, 5)


def test_some_records_come_again_also_in_a_later_file(zendesk):
    files = defaultdict(set)
    for path in (zendesk.root / "ticket_audits").iterdir():
        for line in gzip.decompress(path.read_bytes()).decode().splitlines():
            files[line].add(path.name)
    again = len(zendesk.records("ticket_audits")) - len(zendesk.distinct("ticket_audits"))
    assert 0.005 < again / len(zendesk.records("ticket_audits")) < 0.02
    assert sum(len(names) > 1 for names in files.values()) > 20


def test_lines_are_not_in_order_of_time(zendesk):
    by_ticket = defaultdict(list)
    for audit in zendesk.records("ticket_audits"):
        by_ticket[audit["ticket_id"]].append(audit["created_at"])
    backwards = sum(times != sorted(times) for times in by_ticket.values())
    assert 0.05 < backwards / len(by_ticket) < 0.4


def test_a_ticket_comes_again_with_every_month_in_which_it_changed(zendesk):
    versions = Counter(ticket["id"] for ticket in zendesk.distinct("tickets"))
    assert sum(count > 1 for count in versions.values()) > 200
    for ticket in zendesk.records("tickets"):
        assert ticket["updated_at"] <= zendesk.tickets[ticket["id"]]["updated_at"]


def test_an_old_version_may_lie_in_a_later_file_than_a_new_one(zendesk):
    last_seen = {}
    stale = 0
    for ticket in zendesk.records("tickets"):  # in order of files
        newest = last_seen.get(ticket["id"], 0)
        stale += ticket["generated_timestamp"] < newest
        last_seen[ticket["id"]] = max(newest, ticket["generated_timestamp"])
    assert stale > 10


def test_generated_timestamp_moves_without_updated_at_and_only_then_the_truth_is_told(zendesk):
    by_update = defaultdict(list)
    for ticket in zendesk.distinct("tickets"):
        by_update[ticket["id"], ticket["updated_at"]].append(ticket)
    moved = [sorted(v, key=lambda t: t["generated_timestamp"]) for v in by_update.values() if len(v) > 1]
    assert len(moved) >= 10
    for old, new in moved:
        assert old["generated_timestamp"] < new["generated_timestamp"]
        assert old["organization_id"] is None
        assert new["organization_id"] is not None


def test_deleted_tickets_come_as_such_some_come_back_and_some_are_scrubbed(zendesk):
    deleted = [ticket for ticket in zendesk.tickets.values() if ticket["status"] == "deleted"]
    assert len(deleted) > 10
    assert 0 < sum(ticket["subject"] == "SCRUBBED" for ticket in deleted) < len(deleted)
    untold = [t for t in deleted if changes(zendesk.audits[t["id"]], "status")[-1][1] != "deleted"]
    assert 0 < len(untold) < len(deleted)
    assert not {ticket["id"] for ticket in deleted} & {
        m["ticket_id"] for m in zendesk.records("ticket_metrics")
    }
    histories = [[value for _, value in changes(audits, "status")] for audits in zendesk.audits.values()]
    assert [h for h in histories if "deleted" in h and h[-1] != "deleted"], "nothing was undeleted"


def test_long_closed_tickets_may_be_missing_in_lists(zendesk):
    missing = [ticket for number, ticket in zendesk.tickets.items() if number not in zendesk.audits]
    assert 0.005 < len(missing) / len(zendesk.tickets) < 0.1
    archived = [t for t in missing if t["status"] == "closed" and t["updated_at"] < "2016-10-21T23:59:59Z"]
    assert len(missing) - len(archived) <= 20, "only those whose log is lost"
    assert len(archived) > 20, "more than those whose log is lost"
    for stream in ("ticket_metrics", "ticket_metric_events"):
        assert not {ticket["id"] for ticket in missing} & {r["ticket_id"] for r in zendesk.records(stream)}
    written = {comment["ticket_id"] for comment in zendesk.records("ticket_comments")}
    assert {ticket["id"] for ticket in missing} <= written


def test_a_merge_is_told_on_both_tickets(zendesk):
    merged = 0
    for number, audits in zendesk.audits.items():
        for audit in audits:
            source = audit["via"]["source"]
            if source["rel"] != "merge":
                continue
            kinds = [event["type"] for event in audit["events"]]
            assert kinds.count("Comment") == 1
            if "ticket_id" not in source["to"]:
                assert kinds == ["Comment"]
                continue
            now = {e["field_name"]: e["value"] for e in audit["events"] if "field_name" in e}
            assert now["status"] == "closed"
            assert "closed_by_merge" in now["tags"]
            assert "closed_by_merge" in zendesk.tickets[number]["tags"]
            target = zendesk.audits.get(source["to"]["ticket_id"])
            if target is not None:
                other = [a for a in target if a["via"]["source"]["from"].get("ticket_id") == number]
                assert [a["created_at"] for a in other] == [audit["created_at"]]
            merged += 1
    assert merged > 10


def test_public_comments_are_made_private_and_come_again(zendesk):
    flips = events_of(zendesk, "CommentPrivacyChange")
    assert flips
    public = {
        event["id"]: event["public"] for audits in zendesk.audits.values() for _, event in comments(audits)
    }
    versions = defaultdict(set)
    for comment in zendesk.records("ticket_comments"):
        versions[comment["id"]].add(comment["public"])
    for _, _, event in flips:
        assert public[event["comment_id"]] is True
        assert event["public"] is False
        assert versions[event["comment_id"]] == {True, False}
    assert sum(len(values) > 1 for values in versions.values()) >= len({e["comment_id"] for *_, e in flips})


def test_side_conversations_are_events_or_private_comments(zendesk):
    side = [
        a for audits in zendesk.audits.values() for a in audits if a["via"]["channel"] == "side_conversation"
    ]
    kinds = Counter(event["type"] for audit in side for event in audit["events"])
    assert set(kinds) == {"SideConversationCreated", "SideConversationReply", "Comment"}
    assert all(not event["public"] for _, event in comments(side))
    users = {user["id"] for user in zendesk.records("users")}
    assert {audit["author_id"] for audit in side} - users, "no third party answers"


def test_phone_tickets_begin_with_a_call(zendesk):
    calls = {call["id"]: call for call in zendesk.records("calls")}
    begun = 0
    for audits in zendesk.audits.values():
        for audit, event in comments(audits[:1]):
            assert (event["type"] == "VoiceComment") is (audit["via"]["channel"] == "voice")
            if event["type"] == "VoiceComment":
                call = calls[event["data"]["call_id"]]
                assert (call["ticket_id"], call["duration"]) == (
                    audit["ticket_id"],
                    event["data"]["call_duration"],
                )
                begun += 1
    assert begun > 50
    statuses = {call["completion_status"] for call in calls.values()}
    assert statuses == {"completed", "voicemail", "abandoned_in_queue"}
    agents = defaultdict(set)
    for leg in zendesk.records("call_legs"):
        if leg["type"] == "agent" and leg["completion_status"] == "completed":
            agents[leg["call_id"]].add(leg["agent_id"])
    assert any(len(ids) == 2 for ids in agents.values()), "no call was transferred"


def test_chats_have_bursts_and_authors_in_their_own_forms(zendesk):
    forms = Counter()
    bursts = 0
    for audits in zendesk.audits.values():
        lines = [(a, e) for a, e in comments(audits) if a["via"]["channel"] in ("chat", "native_messaging")]
        for audit, event in lines:
            author = event["author_id"]
            if isinstance(author, str):
                assert audit["via"]["channel"] == "chat"
                is_number = author.removeprefix("agent:").isdigit()
                forms[author.replace(author.removeprefix("agent:"), "N") if is_number else author] += 1
        for (one, _), (other, _) in pairwise(lines):
            gap = datetime.fromisoformat(other["created_at"]) - datetime.fromisoformat(one["created_at"])
            bursts += one["author_id"] == other["author_id"] != -1 and gap <= timedelta(seconds=5)
    assert set(forms) == {"N", "agent:N", "agent:", "", "__trigger", "__system"}
    assert bursts > 50


def test_people_leave_are_purged_emptied_and_suspended(zendesk):
    versions = defaultdict(list)
    for user in sorted(zendesk.records("users"), key=lambda record: record["updated_at"]):
        versions[user["id"]].append(user)
    roles = [[version["role"] for version in own] for own in versions.values()]
    assert any(own[0] in ("agent", "admin") and own[-1] == "end-user" for own in roles)
    last = [own[-1] for own in versions.values()]
    assert any(user["permanently_deleted"] and not user["active"] for user in last)
    assert any(user["suspended"] for user in last)
    assert any(user["role"] == "admin" for user in last)
    assert {t["requester_id"] for t in zendesk.tickets.values()} - set(versions), "nobody was purged"


def test_surveys_are_offered_answered_and_taken_back(zendesk):
    scores = defaultdict(list)
    for rating in sorted(zendesk.distinct("satisfaction_ratings"), key=lambda record: record["updated_at"]):
        scores[rating["id"]].append(rating["score"].removesuffix("_with_comment"))
    assert all(own[0] == "offered" for own in scores.values())
    paths = Counter(tuple(own) for own in scores.values())
    assert {("offered",), ("offered", "good"), ("offered", "bad"), ("offered", "bad", "good")} <= set(paths)
    assert paths["offered", "good"] > 2 * paths["offered", "bad"]


def test_a_schedule_is_edited_and_schedules_change_in_mid_ticket(zendesk):
    edits = defaultdict(dict)
    for schedule in zendesk.records("schedules"):
        known = edits[schedule["id"]].setdefault(schedule["updated_at"], schedule)
        assert known == schedule, "one version, two truths"
    assert sorted(len(own) for own in edits.values()) == [1, 1, 1, 1, 2]
    before, after = next(list(own.values()) for own in edits.values() if len(own) == 2)
    assert after["updated_at"] == "2016-08-20T05:00:00Z", "not midnight in Chicago"
    assert len(after["intervals"]) == len(before["intervals"]) + 1
    assert len(zendesk.records("schedules")) == 10, "unchanged schedules come again, too"
    assigned = events_of(zendesk, "ScheduleAssignment")
    assert {event["previous_schedule_id"] is None for *_, event in assigned} == {True, False}
    assert all(event["via"]["channel"] == "rule" for *_, event in assigned)
