"""What was tried, survived and lost, as it happens and at the end."""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_STARTED = time.monotonic()


@dataclass
class Report:
    """Counts by fault; threads may add to it at once."""

    tried: dict[str, int] = field(default_factory=dict)
    lost: dict[str, list[str]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    longest_minutes: float = math.inf
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def say(self, line: str) -> None:
        """Tell progress."""
        with self._lock:
            print(f"{(time.monotonic() - _STARTED) / 60:6.1f} min  {line}", flush=True)  # noqa: T201

    def is_over(self) -> bool:
        """Whether nothing new is to be begun: there was only so much time."""
        return time.monotonic() - _STARTED > 60 * self.longest_minutes

    def note(self, line: str) -> None:
        """Tell a figure now, and once more at the end."""
        self.notes.append(line)
        self.say(line)

    def attempt(self, fault: str, how: str, check: Callable[[], str | None]) -> bool:
        """Try one fault.

        Args:
            fault: Which, as it stands in the table.
            how: What tells this attempt from others: seed and point.
            check: Makes the fault and raises if anything was lost; returns what else is worth telling.
        """
        try:
            told = check()
        except Exception as error:
            with self._lock:
                self.lost.setdefault(fault, []).append(f"{how}: {type(error).__name__}: {error}")
            told = f"LOST: {type(error).__name__}: {error}"
        with self._lock:
            self.tried[fault] = self.tried.get(fault, 0) + 1
        self.say(f"{fault}: {how}: {told or 'survived'}")
        return not (told or "").startswith("LOST")

    def end(self) -> int:
        """Print the table; the exit status."""
        print("\n| fault | tried | survived | lost |\n|---|---|---|---|")  # noqa: T201
        for fault, count in self.tried.items():
            lost = len(self.lost.get(fault, []))
            print(f"| {fault} | {count} | {count - lost} | {lost} |")  # noqa: T201
        if self.is_over():
            self.notes.append(f"NOT ALL WAS TRIED: nothing was begun after {self.longest_minutes:g} minutes")
        for line in self.notes:
            print(line)  # noqa: T201
        for fault, lines in self.lost.items():
            for line in lines:
                print(f"LOST {fault}: {line}")  # noqa: T201
        return 1 if self.lost else 0
