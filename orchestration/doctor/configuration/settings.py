"""Is helpdesk.toml right? All that a refresh would say of it, and what it would take in silence."""

import os
from collections.abc import Iterator
from functools import cache

from pydantic import TypeAdapter, ValidationError

from orchestration.alerts.send import channels
from orchestration.alerts.settings import Alerts, WebAddress
from orchestration.doctor.case import Case
from orchestration.doctor.finding import Finding, note, ok, wrong
from orchestration.errors import UsageError
from orchestration.settings import Settings, load_settings

_WHERE = "set it in the environment of whatever starts a refresh, and of this command"


@cache
def settings_of(case: Case) -> Settings:
    """The settings, or the defaults where the file is wrong: that is told once, here."""
    try:
        return load_settings(case.config)
    except UsageError:
        return Settings()


def findings(case: Case) -> Iterator[Finding]:
    """Every wrong key; and who is told when a refresh fails."""
    try:
        settings = load_settings(case.config)
    except UsageError as error:
        for line in str(error).splitlines():
            yield wrong(line, "see helpdesk.example.toml")
        return
    if case.config is None:
        yield ok("no helpdesk.toml is named: every setting is the default one (helpdesk.example.toml)")
    else:
        yield ok(f"{case.config}: every key is known, and its value can be used")
    yield from _alerts(settings.alerts)


def _alerts(alerts: Alerts) -> Iterator[Finding]:
    ways = channels(alerts, os.environ)
    if not ways:
        yield note("nobody is told when a refresh fails or figures grow old", "set [alerts] in helpdesk.toml")
    elif alerts.email_to and alerts.smtp_user and not os.environ.get("HELPDESK_SMTP_PASSWORD"):
        yield wrong(
            "alerts.smtp_user is set, and HELPDESK_SMTP_PASSWORD is not: no e-mail can be sent", _WHERE
        )
    elif not _is_address(os.environ.get("HELPDESK_WEBHOOK_URL")):
        yield wrong("HELPDESK_WEBHOOK_URL is not an http:// or https:// address", _WHERE)
    else:
        yield ok(f"failed refreshes and stale figures are told by {' and '.join(ways)}; nothing was sent now")


def _is_address(url: str | None) -> bool:
    try:
        return not url or bool(TypeAdapter(WebAddress).validate_python(url))
    except ValidationError:
        return False
