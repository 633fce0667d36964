"""Progress a person can follow: one line a step."""

import contextlib
import io
import re
import sys
import time
from collections.abc import Iterator
from typing import TextIO

_STARTED = time.monotonic()
_SECONDS_BETWEEN_COUNTS = 5.0
_FINISHED_NODE = re.compile(r"\b(\d+) of (\d+) (?:OK|PASS|WARN|ERROR|FAIL|SKIP)")


class _Condensed(io.TextIOBase):
    """Takes dbt's many lines and tells a count every few seconds instead."""

    def __init__(self, terminal: TextIO) -> None:
        self.terminal = terminal
        self._told_at = time.monotonic()

    def write(self, text: str) -> int:
        """Take a text; tell how far dbt is when it is time to."""
        finished = _FINISHED_NODE.search(text)
        if finished and time.monotonic() - self._told_at > _SECONDS_BETWEEN_COUNTS:
            self._told_at = time.monotonic()
            progress(f"  {finished[1]} of {finished[2]} models and tests")
        return len(text)


def progress(line: str) -> None:
    """Tell one line, with the seconds since the command began.

    Args:
        line: What happens now, or what has happened.
    """
    terminal = sys.stdout.terminal if isinstance(sys.stdout, _Condensed) else sys.stdout
    terminal.write(f"{time.monotonic() - _STARTED:6.1f} s  {line}\n")
    terminal.flush()


@contextlib.contextmanager
def condensed_output() -> Iterator[None]:
    """Let only progress through to standard output, with dbt's own lines as a count."""
    with contextlib.redirect_stdout(_Condensed(sys.stdout)):
        yield
