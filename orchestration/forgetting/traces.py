"""What of a person may stand in logs, messages and histories, taken out wherever it is quoted."""

import json
import re
from collections.abc import Iterable

from orchestration.forgetting.json_parts import REMOVED

# A shorter name or number is found in any text.
_SHORTEST_NAME = 4
SHORTEST_ID = 6
_WORD = "[A-Za-z0-9_@.+-]"


class Traces:
    """Takes a person's addresses, names, ids and keys out of texts.

    Args:
        texts: Addresses, names and keys.
        ids: Ids; a short one only where a message quotes it.
    """

    def __init__(self, texts: Iterable[str], ids: Iterable[str]) -> None:
        long: set[str] = set()
        numbers: set[str] = set()
        quoted: set[str] = set()
        for text in texts:
            if len(text) >= _SHORTEST_NAME:
                long |= {text, json.dumps(text)[1:-1], json.dumps(json.dumps(text)[1:-1])[1:-1]}
        for name in ids:
            quoted.add(name)
            if len(name) >= SHORTEST_ID:
                (numbers if name.isdigit() else long).add(name)
        self._rules = [
            (_any(long, "{}", re.IGNORECASE), REMOVED),
            # In JSON a number has to stay one.
            (_any(numbers, f"(?<!{_WORD}){{}}(?!{_WORD})"), "0"),
            (_any(quoted, "'{}'"), f"'{REMOVED}'"),
        ]

    def without(self, text: str) -> str:
        """A text without the person; the same text where it does not tell of them."""
        for rule, instead in self._rules:
            if rule is not None:
                text = rule.sub(instead, text)
        return text


def _any(values: set[str], around: str, flags: int = 0) -> re.Pattern[str] | None:
    if not values:
        return None
    # The longest first: a name may begin like another.
    found = "|".join(re.escape(value) for value in sorted(values, key=lambda value: (-len(value), value)))
    return re.compile(around.format(f"(?:{found})"), flags)
