"""Tells a failure or a staleness once, on the channels that are configured; the rest is silence."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from orchestration.alerts.alert import Alert
from orchestration.alerts.failure import failure_alert, failure_key
from orchestration.alerts.ledger import claim, release
from orchestration.alerts.send import Channels, channels, send
from orchestration.alerts.settings import Alerts
from orchestration.alerts.staleness import staleness_alert
from orchestration.errors import RefreshInterruptedError, WarehouseHeldError
from orchestration.warehouse import Warehouse


@contextmanager
def failures_told(
    warehouse: Warehouse, settings: Alerts, run_id: str, report: Callable[[str], None]
) -> Iterator[None]:
    """Tell what ends the block with an error; the error goes on as it came.

    Args:
        warehouse: The warehouse.
        settings: The section [alerts].
        run_id: The refresh.
        report: Takes the one line on what became of the alert.
    """
    try:
        yield
    except (WarehouseHeldError, RefreshInterruptedError):
        # Whoever interrupted it knows; if another refresh is at work and hangs, the figures grow stale.
        _say_nothing(warehouse, settings, run_id)
        raise
    except Exception as error:
        line = tell_failure(warehouse, settings, run_id, error)
        if line:
            report(line)
        raise
    except BaseException:
        _say_nothing(warehouse, settings, run_id)
        raise


def tell_failure(
    warehouse: Warehouse, settings: Alerts, run_id: str, error: BaseException | None = None
) -> str | None:
    """Tell that a refresh failed, unless that was told.

    Args:
        warehouse: The warehouse.
        settings: The section [alerts].
        run_id: The refresh.
        error: What ended it, where the process knows that.

    Returns:
        What became of the alert, in one line; None when there was nothing to send.
    """
    to = channels(settings, os.environ)
    if not to:
        return None
    key = failure_key(run_id)
    try:
        is_mine = claim(warehouse, key)
    except OSError:
        # On a full disk an alert that may come twice is better than none.
        is_mine = True
    return _sent(warehouse, key, to, lambda: failure_alert(warehouse, run_id, error)) if is_mine else None


def tell_if_stale(warehouse: Warehouse, settings: Alerts, *, now: datetime | None = None) -> str | None:
    """Tell that what is published is stale: once, until something else is published.

    Args:
        warehouse: The warehouse.
        settings: The section [alerts].
        now: The time; by default the clock's.

    Returns:
        What became of the alert, in one line; None when there was nothing to send.

    Raises:
        HelpdeskError: The published file is no publication.
    """
    to = channels(settings, os.environ)
    moment = now or datetime.now(UTC)
    alert = staleness_alert(warehouse, stale_after_hours=settings.stale_after_hours, now=moment)
    if alert is None or not to:
        return None
    try:
        is_mine = claim(warehouse, alert.key)
    except OSError as problem:
        # It would be told at every look.
        return f"alert not sent: it cannot be noted in {warehouse.private_dir}: {problem.strerror}"
    return _sent(warehouse, alert.key, to, lambda: alert) if is_mine else None


def _say_nothing(warehouse: Warehouse, settings: Alerts, run_id: str) -> None:
    """See to it that Dagster's sensor, which sees the same run, does not tell it either."""
    if channels(settings, os.environ):
        with suppress(OSError):
            claim(warehouse, failure_key(run_id))


def _sent(warehouse: Warehouse, key: str, to: Channels, compose: Callable[[], Alert]) -> str:
    """What became of the alert; one that reached nobody may be told later."""
    try:
        delivery = send(compose(), to)
    except Exception as problem:
        release(warehouse, key)
        return f"alert not sent: unexpected {type(problem).__name__}"
    if not delivery.sent:
        release(warehouse, key)
    return delivery.line
