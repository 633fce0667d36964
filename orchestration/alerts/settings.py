"""The section [alerts] of helpdesk.toml: whom to tell, and how. Empty by default: then nothing is sent."""

from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, SecretStr, model_validator

from orchestration.kpi_settings import Section

# What the world has agreed on for each way of talking to a mail server.
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _address(text: str) -> str:
    # What is wrong with it is not quoted: messages about settings get into logs.
    if text.count("@") != 1 or not text.isascii() or any(each in text for each in " ,;<>\r\n\t"):
        raise ValueError("is not one plain e-mail address")
    return text


def _web_address(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("is not an http:// or https:// address")
    return url


Address = Annotated[str, AfterValidator(_address)]
WebAddress = Annotated[SecretStr, AfterValidator(_web_address)]


class Alerts(Section):
    """Who is told of a failed refresh and of a stale publication.

    ``email_to``, ``email_from``, ``smtp_…``: an e-mail through this server; its password is only ever read
    from HELPDESK_SMTP_PASSWORD.
    ``webhook_url``: where JSON is posted; HELPDESK_WEBHOOK_URL goes first, as many such addresses are secret.
    ``stale_after_hours``: age of the publication's as-of from which it is stale.
    """

    email_to: list[Address] = Field(default_factory=list)
    email_from: Address | None = None
    smtp_host: str | None = Field(default=None, min_length=1)
    smtp_port: int | None = Field(default=None, ge=1, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str | None = Field(default=None, min_length=1)
    webhook_url: WebAddress | None = None
    stale_after_hours: float = Field(default=36, gt=0)

    @model_validator(mode="after")
    def _is_complete(self) -> Self:
        if self.email_to and not (self.email_from and self.smtp_host):
            raise ValueError("email_to needs email_from and smtp_host")
        if self.smtp_user and self.smtp_security == "none":
            raise ValueError("smtp_user needs smtp_security starttls or tls, which hide the password")
        return self

    @property
    def port(self) -> int:
        """The port of the mail server: the one given, else the usual one."""
        return self.smtp_port or _PORTS[self.smtp_security]
