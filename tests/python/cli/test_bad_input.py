"""Every bad input gives one clear line or is told as a note, and never harms what is published."""

import gzip
import json

import pytest

from ..conftest import AS_OF, Helpdesk, Outcome, run_helpdesk

MESSAGES = [
    {
        "message_id": f"late-{number}",
        "ticket_id": f"late-{number}",
        "sent_at": "2017-02-18T09:00:00Z",
        "author_type": "agent",
        "subject": f"{number * 7919}",
    }
    for number in range(400)
]
HEADER = "ticket_id,created_at,status,subject\n"


def json_lines(records: list[dict[str, str]]) -> str:
    return "".join(f"{json.dumps(record)}\n" for record in records)


def refused(desk: Helpdesk) -> str:
    """The one line of a refusal that left the publication as it was, byte for byte."""
    before = desk.published_bytes()
    outcome = desk.refresh()
    assert outcome.status == 1, outcome.output
    (line,) = outcome.error_lines
    assert line.startswith("helpdesk: ")
    assert desk.published_bytes() == before
    assert "refused" in status(desk)
    return line.removeprefix("helpdesk: ")


def nothing_new(desk: Helpdesk) -> Outcome:
    """A refresh that had nothing to refuse and nothing to publish."""
    before = desk.published_bytes()
    outcome = desk.refresh()
    assert (outcome.status, outcome.errors) == (0, "")
    assert "nothing new to publish" in outcome.output
    assert desk.published_bytes() == before
    return outcome


def status(desk: Helpdesk) -> str:
    outcome = run_helpdesk("status", "--warehouse", desk.root)
    assert (outcome.status, outcome.errors) == (0, "")
    return outcome.output


def test_half_a_gzip_file(desk: Helpdesk) -> None:
    packed = gzip.compress(json_lines(MESSAGES).encode())
    desk.write("generic/messages/late.jsonl.gz", packed[: len(packed) // 2])
    line = refused(desk)
    assert line.startswith("generic/messages/late.jsonl.gz: cannot be unpacked to its end")
    assert line.endswith("deliver the whole file again")


def test_half_a_json_line_above_the_accepted_share(desk: Helpdesk) -> None:
    desk.write("generic/messages/late.jsonl", json_lines(MESSAGES[:3]) + '{"message_id": "la')
    # 1 of 4 in the file, and more than 1 % of what this delivery brings to the stream.
    line = refused(desk)
    assert line.startswith("generic/messages/late.jsonl: line 4: is not valid JSON")
    assert "landing.max_bad_record_rate" in line
    assert "generic/messages/late.jsonl:4" in status(desk)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        pytest.param(
            "generic/tickets/late.csv",
            f'{HEADER}l1,2017-02-18T09:00Z,open,fine\nl2,2017-02-18T09:00Z,open,"unclosed\n'.encode(),
            "generic/tickets/late.csv: line 3: ",
            id="stray quote",
        ),
        pytest.param(
            "generic/tickets/late.csv",
            f"{HEADER}l1,2017-02-18T09:00:00Z,open,Störung\n".encode("latin-1"),
            "generic/tickets/late.csv: line 2: ",
            id="Latin-1",
        ),
        pytest.param(
            "generic/tickets/late.csv",
            f"{HEADER}l1,2017-02-18T09:00:00Z,open,fine\n".encode("utf-16"),
            "generic/tickets/late.csv: is text in UTF-16 or UTF-32: save it as UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            "generic/tickets/messages.jsonl",
            json_lines(MESSAGES[:1]).encode(),
            "generic/tickets/messages.jsonl: lacks the required columns created_at of generic/tickets;"
            " it looks like generic/messages: move it to generic/messages/",
            id="file of another stream",
        ),
    ],
)
def test_a_file_that_cannot_be_read_as_it_is(desk: Helpdesk, name: str, content: bytes, message: str) -> None:
    desk.write(name, content)
    assert refused(desk).startswith(message)


def test_a_file_that_comes_again_under_another_name_is_noted(desk: Helpdesk) -> None:
    original = sorted((desk.extracts / "generic" / "tickets").iterdir())[0]
    desk.write(f"generic/tickets/again-{original.name}", original.read_bytes())
    outcome = nothing_new(desk)
    again = f"generic/tickets/again-{original.name}: not landed again: the same content landed as"
    assert f"{again} generic/tickets/{original.name}" in outcome.output


def test_every_bad_file_has_a_line_of_its_own(desk: Helpdesk) -> None:
    desk.write("generic/tickets/a.jsonl.gz", b"no gzip at all")
    desk.write("generic/messages/b.parquet", b"no parquet at all")
    before = desk.published_bytes()
    outcome = desk.refresh()
    assert outcome.status == 1
    files = ["generic/messages/b.parquet", "generic/tickets/a.jsonl.gz"]
    assert [line.removeprefix("helpdesk: ").split(": ")[0] for line in outcome.error_lines] == files
    assert desk.published_bytes() == before


def test_oddities_that_are_no_reason_to_refuse_are_told_and_published(desk: Helpdesk) -> None:
    """Half a line below the accepted share, empty files, a refused file that landed later, and a new one."""
    path = desk.write("generic/tickets/late.jsonl", '{"ticket_id": "late", "created_at"')
    assert "late.jsonl: line 1: " in refused(desk)
    path.write_text(
        '{"ticket_id": "late", "created_at": "2017-02-18T09:00:00Z", "status": "open", "is_spam": false}\n'
    )
    alone = run_helpdesk("land", "--extracts", desk.extracts, "--warehouse", desk.root)
    assert "1 record landed" in alone.output, alone
    ((run_id, tickets),) = desk.rows(
        "select run_id, (select count(*) from core.fct_tickets) from meta.publication"
    )
    desk.write("generic/messages/late.jsonl", json_lines(MESSAGES) + '{"message_id": "la')
    desk.write("generic/tickets/empty.jsonl", "")
    desk.write("generic/tickets/header_only.csv", HEADER)
    outcome = desk.refresh("--as-of", AS_OF)
    assert (outcome.status, outcome.errors) == (0, "")

    assert desk.rows("select run_id from meta.publication") != [(run_id,)]
    assert desk.rows("select status from core.fct_tickets where ticket_id = 'late'") == [("open",)]
    assert desk.rows("select count(*) from core.fct_tickets") == [(tickets + 1,)]

    assert "generic/tickets/empty.jsonl: holds no records" in outcome.output
    assert "generic/tickets/header_only.csv: holds no records" in outcome.output
    assert "generic/messages/late.jsonl: 400 records landed, 1 quarantined" in outcome.output
    told = status(desk)
    assert "Quarantine    1 record" in told
    assert "generic/messages/late.jsonl:401" in told
    quarantined = "select file, line from meta.quarantine"
    assert desk.rows(quarantined) == [("generic/messages/late.jsonl", 401)]


def test_empty_files_are_noted_and_nothing_is_published(desk: Helpdesk) -> None:
    desk.write("generic/tickets/empty.jsonl", "")
    desk.write("generic/tickets/header_only.csv", HEADER)
    outcome = nothing_new(desk)
    assert "generic/tickets/empty.jsonl: holds no records" in outcome.output
    assert "generic/tickets/header_only.csv: holds no records" in outcome.output
