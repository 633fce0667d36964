"""An alert as JSON, posted to a web address."""

import json
import urllib.request
from http.client import HTTPMessage
from typing import IO

from orchestration.alerts.alert import Alert


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """A redirected POST would become a GET without the alert, and count as delivered."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Follow nothing: the answer is then the error that it is."""


def post(alert: Alert, url: str, *, seconds: float) -> None:
    """Post an alert; ``text`` is the key that chat programs show.

    Args:
        alert: What to tell.
        url: An http:// or https:// address.
        seconds: How long to wait for the server.

    Raises:
        urllib.error.HTTPError: It answered with anything but success.
        OSError: It cannot be reached.
    """
    content = {
        "text": f"{alert.subject}\n{alert.text}",
        "kind": alert.kind,
        "subject": alert.subject,
        "run_id": alert.run_id,
    }
    request = urllib.request.Request(  # noqa: S310 - settings accept http and https alone
        url,
        data=json.dumps(content).encode(),
        headers={"Content-Type": "application/json", "User-Agent": "helpdesk-warehouse"},
        method="POST",
    )
    with urllib.request.build_opener(_NoRedirects()).open(request, timeout=seconds):
        pass
