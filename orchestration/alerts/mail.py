"""An alert as an e-mail, through somebody's mail server."""

import smtplib
import ssl
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from orchestration.alerts.alert import Alert
from orchestration.alerts.settings import Alerts


def send_mail(alert: Alert, settings: Alerts, *, password: str | None, seconds: float) -> None:
    """Send an e-mail to all recipients in one go.

    Args:
        alert: What to tell.
        settings: Recipients and server; ``email_to`` is not empty.
        password: Of ``smtp_user``.
        seconds: How long to wait for each answer of the server.

    Raises:
        smtplib.SMTPException: The server refuses, or does not encrypt although it should.
        OSError: It cannot be reached.
    """
    with _server(settings, seconds) as server:
        if settings.smtp_security == "starttls":
            # Raises where the server offers none: nothing is sent in the open instead.
            server.starttls(context=ssl.create_default_context())
        if settings.smtp_user:
            server.login(settings.smtp_user, password or "")
        server.send_message(_message(alert, settings))


def _server(settings: Alerts, seconds: float) -> smtplib.SMTP:
    host = settings.smtp_host or ""
    if settings.smtp_security == "tls":
        context = ssl.create_default_context()
        return smtplib.SMTP_SSL(host, settings.port, timeout=seconds, context=context)
    return smtplib.SMTP(host, settings.port, timeout=seconds)


def _message(alert: Alert, settings: Alerts) -> EmailMessage:
    sender = str(settings.email_from)
    message = EmailMessage()
    message["Subject"] = alert.subject
    message["From"] = sender
    message["To"] = ", ".join(settings.email_to)
    message["Date"] = formatdate(localtime=False)
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    # Out-of-office answers to a machine help nobody.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(f"{alert.text}\n")
    return message
