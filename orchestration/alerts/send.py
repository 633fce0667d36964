"""Sends an alert on every channel that is configured; what goes wrong there is told and never raised."""

import smtplib
import threading
import urllib.error
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from pydantic import TypeAdapter, ValidationError

from orchestration.alerts.alert import Alert
from orchestration.alerts.mail import send_mail
from orchestration.alerts.settings import Alerts, WebAddress
from orchestration.alerts.webhook import post

_SECONDS_PER_ANSWER = 10.0
_SECONDS_PER_CHANNEL = 30.0

Channels = dict[str, Callable[[Alert], None]]


@dataclass(frozen=True)
class Delivery:
    """Where an alert went, and what each channel said that failed: no address and no secret."""

    sent: tuple[str, ...]
    problems: tuple[str, ...]

    @property
    def line(self) -> str:
        """The delivery in one line."""
        sent = f"alert sent by {' and '.join(self.sent)}" if self.sent else ""
        failed = f"alert not sent by {'; '.join(self.problems)}" if self.problems else ""
        return "; ".join(filter(None, (sent, failed)))


def channels(settings: Alerts, environment: Mapping[str, str]) -> Channels:
    """The channels that are configured, by name; none by default.

    Args:
        settings: The section [alerts].
        environment: May hold HELPDESK_SMTP_PASSWORD and HELPDESK_WEBHOOK_URL.
    """
    found: Channels = {}
    if settings.email_to:
        password = environment.get("HELPDESK_SMTP_PASSWORD")
        found["e-mail"] = partial(
            send_mail, settings=settings, password=password, seconds=_SECONDS_PER_ANSWER
        )
    from_environment = environment.get("HELPDESK_WEBHOOK_URL")
    configured = settings.webhook_url.get_secret_value() if settings.webhook_url else None
    if url := from_environment or configured:
        found["webhook"] = partial(_post, url=url)
    return found


def send(alert: Alert, to: Channels, *, seconds: float = _SECONDS_PER_CHANNEL) -> Delivery:
    """Send an alert, whatever happens.

    Args:
        alert: What to tell.
        to: The channels.
        seconds: How long one channel may take altogether.
    """
    outcomes = {name: _outcome(partial(channel, alert), seconds) for name, channel in to.items()}
    return Delivery(
        tuple(name for name, problem in outcomes.items() if problem is None),
        tuple(f"{name}: {problem}" for name, problem in outcomes.items() if problem is not None),
    )


def _post(alert: Alert, *, url: str) -> None:
    TypeAdapter(WebAddress).validate_python(url)
    post(alert, url, seconds=_SECONDS_PER_ANSWER)


def _outcome(deliver: Callable[[], None], seconds: float) -> str | None:
    """What went wrong, or None. A server that answers one byte at a time is not waited for."""
    problem: list[str | None] = []

    def run() -> None:
        try:
            deliver()
        except Exception as error:
            problem.append(_said(error))
        else:
            problem.append(None)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    return problem[0] if problem else f"no end after {seconds:g} s"


def _said(error: Exception) -> str:
    """Kind and number of an error; its text may quote an address, an account or a URL."""
    if isinstance(error, urllib.error.HTTPError):
        return f"HTTP status {error.code}"
    if isinstance(error, ValidationError):
        return "HELPDESK_WEBHOOK_URL is not an http:// or https:// address"
    if isinstance(error, urllib.error.URLError) and isinstance(error.reason, Exception):
        return _said(error.reason)
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{type(error).__name__} {error.smtp_code}"
    if isinstance(error, OSError) and error.strerror and not error.filename:
        return error.strerror
    return type(error).__name__
