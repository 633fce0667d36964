"""Server processes that never outlive whoever started them."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

_GRACE_SECONDS = 15
_BETWEEN_LOOKS_SECONDS = 0.5
_LOG_TAIL_LINES = 15


class ServerError(Exception):
    """A server did not start: what happened, and the end of the log that says why."""


@dataclass(frozen=True)
class Server:
    """A process in a group of its own, so that it can be ended together with all it has started."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the server and to all it has started, if any of it is left."""
        try:
            os.killpg(self.process.pid, number)
        except ProcessLookupError:
            return

    def error(self, what: str) -> ServerError:
        """What happened to the server, with the end of its log."""
        tail = self.log.read_text(errors="replace").splitlines()[-_LOG_TAIL_LINES:]
        return ServerError("\n  ".join([f"Spark's {self.name} {what}; the end of {self.log}:", *tail]))


class _Interruption:
    """Raises SIGINT and SIGTERM as exceptions, but never between the start of a process and its entry."""

    def __init__(self) -> None:
        self.is_held = False
        self.received: int | None = None

    def __call__(self, number: int, frame: FrameType | None) -> None:
        self.received = number
        if not self.is_held:
            self.raise_received()

    def raise_received(self) -> None:
        if self.received == signal.SIGINT:
            raise KeyboardInterrupt
        if self.received is not None:
            raise SystemExit(128 + self.received)


class Servers:
    """The servers started so far, by name, in the order of their start."""

    def __init__(self, folder: Path, longest_start_seconds: float) -> None:
        self.by_name: dict[str, Server] = {}
        self._folder = folder
        self._longest_start_seconds = longest_start_seconds
        self._deadline = time.monotonic() + longest_start_seconds
        self._interruption = _Interruption()

    def start(self, name: str, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Start a server; what it prints goes to ``logs/<name>.log``."""
        log = self._folder / "logs" / f"{name}.log"
        log.parent.mkdir(parents=True, exist_ok=True)
        self._interruption.is_held = True
        with log.open("wb") as output:
            process = subprocess.Popen(
                command,
                cwd=self._folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
            self.by_name[name] = Server(name, process, log)
        self._interruption.is_held = False
        self._interruption.raise_received()

    def wait(self, name: str, is_ready: Callable[[], bool]) -> None:
        """Wait until a server is ready.

        Raises:
            ServerError: It was not in time, or one of the servers ended.
        """
        while not is_ready():
            for server in self.by_name.values():
                if server.process.poll() is not None:
                    raise server.error(f"ended at its start with status {server.process.returncode}")
            if time.monotonic() > self._deadline:
                raise self.by_name[name].error(f"was not ready after {self._longest_start_seconds:.0f} s")
            time.sleep(_BETWEEN_LOOKS_SECONDS)

    @contextmanager
    def stopped_at_the_end(self) -> Iterator[None]:
        """Stop every server at the end, also after an exception, SIGINT or SIGTERM."""
        signals = (
            (signal.SIGINT, signal.SIGTERM) if threading.current_thread() is threading.main_thread() else ()
        )
        earlier = {number: signal.signal(number, self._interruption) for number in signals}
        try:
            yield
        finally:
            self._interruption.is_held = True
            was_raised = self._interruption.received is not None
            self._stop()
            for number, handler in earlier.items():
                signal.signal(number, handler)
            if not was_raised:
                self._interruption.raise_received()

    def _stop(self) -> None:
        for server in reversed(self.by_name.values()):
            server.send(signal.SIGTERM)
        deadline = time.monotonic() + _GRACE_SECONDS
        for server in self.by_name.values():
            try:
                server.process.wait(max(0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                continue
        for server in self.by_name.values():
            server.send(signal.SIGKILL)
            server.process.wait()
