"""E-mails and web hooks, against servers on loopback."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestration.alerts.alert import Alert
from orchestration.alerts.send import Delivery, channels, send
from orchestration.alerts.settings import Alerts

from .servers import Hook, Mailbox, mail_server, make_certificate, web_server

ALERT = Alert("failure 1", "refused", "Helpdesk refresh refused", "a check\n  do: mend it", "run-1")
PASSWORD = {"HELPDESK_SMTP_PASSWORD": "pw"}


def mail_settings(box: Mailbox, security: str, **others: object) -> Alerts:
    return Alerts.model_validate(
        {
            "email_to": ["ops@example.org", "head@example.org"],
            "email_from": "helpdesk@example.org",
            "smtp_host": "127.0.0.1",
            "smtp_port": box.port,
            "smtp_security": security,
        }
        | others
    )


def delivered(settings: Alerts, environment: dict[str, str] | None = None) -> Delivery:
    return send(ALERT, channels(settings, environment or {}), seconds=20)


@pytest.fixture
def trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate that this process trusts."""
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    return certificate


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def hook() -> Iterator[Hook]:
    with web_server(Hook()) as hook:
        yield hook


def test_nothing_is_configured_and_nothing_is_sent() -> None:
    assert channels(Alerts(), PASSWORD) == {}
    assert delivered(Alerts(), PASSWORD) == Delivery((), ())


def test_an_e_mail_reaches_everybody_as_plain_text() -> None:
    with mail_server(Mailbox()) as box:
        assert delivered(mail_settings(box, "none")).line == "alert sent by e-mail"
    (message,) = box.messages
    assert message["Subject"] == ALERT.subject
    assert message["To"] == "ops@example.org, head@example.org"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_payload().replace("\r\n", "\n") == f"{ALERT.text}\n"
    assert box.recipients == ["<ops@example.org>", "<head@example.org>"]


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_the_password_goes_over_an_encrypted_line(trusted: Path, security: str) -> None:
    box = Mailbox(offers_tls=security == "starttls", is_tls=security == "tls", certificate=trusted)
    with mail_server(box):
        delivery = delivered(mail_settings(box, security, smtp_user="ann"), PASSWORD)
    assert delivery.line == "alert sent by e-mail"
    assert len(box.messages) == 1
    assert box.commands[:4] == (
        ["EHLO", "STARTTLS", "EHLO", "AUTH"] if security == "starttls" else ["EHLO", "AUTH", "MAIL", "RCPT"]
    )


def test_nothing_is_sent_in_the_open_where_a_server_offers_no_encryption() -> None:
    with mail_server(Mailbox(offers_tls=False)) as box:
        delivery = delivered(mail_settings(box, "starttls", smtp_user="ann"), PASSWORD)
    assert delivery.line == "alert not sent by e-mail: SMTPNotSupportedError"
    assert (box.messages, "AUTH" in box.commands) == ([], False)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    box = Mailbox(offers_tls=True, certificate=make_certificate(tmp_path))
    with mail_server(box):
        delivery = delivered(mail_settings(box, "starttls"))
    assert delivery.line.startswith("alert not sent by e-mail: ")
    assert box.messages == []


def test_a_wrong_password_is_told_without_it_or_the_account(trusted: Path) -> None:
    with mail_server(Mailbox(is_tls=True, certificate=trusted)) as box:
        delivery = delivered(mail_settings(box, "tls", smtp_user="ann"), {"HELPDESK_SMTP_PASSWORD": "no"})
    assert delivery.line == "alert not sent by e-mail: SMTPAuthenticationError 535"


def test_a_server_that_takes_no_message_is_told() -> None:
    with mail_server(Mailbox(answer_to_data="554 no")) as box:
        assert delivered(mail_settings(box, "none")).line == "alert not sent by e-mail: SMTPDataError 554"


def test_a_webhook_gets_json(hook: Hook) -> None:
    delivery = delivered(Alerts.model_validate({"webhook_url": hook.url}))
    assert delivery.line == "alert sent by webhook"
    assert hook.posts == [
        {
            "text": "Helpdesk refresh refused\na check\n  do: mend it",
            "kind": "refused",
            "subject": "Helpdesk refresh refused",
            "run_id": "run-1",
        }
    ]


def test_the_environment_names_the_webhook_before_the_file_does(hook: Hook) -> None:
    settings = Alerts.model_validate({"webhook_url": "http://127.0.0.1:9/elsewhere"})
    assert delivered(settings, {"HELPDESK_WEBHOOK_URL": hook.url}).sent == ("webhook",)
    assert len(hook.posts) == 1


@pytest.mark.parametrize(("status", "location"), [(500, None), (404, None), (302, "/elsewhere")])
def test_any_answer_but_success_is_told_without_the_address(
    hook: Hook, status: int, location: str | None
) -> None:
    hook.status, hook.location = status, location
    delivery = delivered(Alerts.model_validate({"webhook_url": hook.url}))
    assert delivery.line == f"alert not sent by webhook: HTTP status {status}"
    assert hook.gets == 0


@pytest.mark.parametrize("url", ["http://127.0.0.1:port/s3cret", "file:///etc/passwd", "s3cret"])
def test_a_wrong_address_of_the_environment_is_not_quoted(url: str) -> None:
    delivery = delivered(Alerts(), {"HELPDESK_WEBHOOK_URL": url})
    assert delivery.sent == ()
    assert "s3cret" not in delivery.line
    assert "passwd" not in delivery.line


def test_one_channel_that_fails_does_not_keep_the_other(hook: Hook) -> None:
    with mail_server(Mailbox()) as box:
        settings = mail_settings(box, "none", webhook_url=hook.url)
    # The mail server is gone.
    delivery = delivered(settings)
    assert delivery.line == "alert sent by webhook; alert not sent by e-mail: Connection refused"


def test_a_channel_without_end_is_not_waited_for() -> None:
    never = threading.Event()
    delivery = send(ALERT, {"slow": lambda _: never.wait(60), "fast": lambda _: None}, seconds=0.05)
    never.set()
    assert delivery.line == "alert sent by fast; alert not sent by slow: no end after 0.05 s"


def test_secrets_are_in_no_text_of_the_settings(hook: Hook) -> None:
    settings = Alerts.model_validate({"webhook_url": hook.url})
    assert "s3cret" not in f"{settings} {settings!r} {settings.model_dump(mode='json')}"
