"""Data as scripts: JSON, compressed and as text, so that a page from disk may load it and five years fit."""

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

_DIGITS = 7


def write_packed(file: Path, name: str, value: object) -> None:
    """Write a script that hands data to the page.

    Args:
        file: The script.
        name: What the page asks for it by.
        value: Of mappings, sequences, texts, numbers, dates, booleans and None.
    """
    text = json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    # Without a time in it: the same publication gives the same bytes.
    packed = base64.b64encode(gzip.compress(text.encode(), compresslevel=9, mtime=0)).decode()
    file.write_text(f'helpdesk.take({json.dumps(name)},"{packed}");\n', encoding="utf-8")


def read_packed(file: Path) -> object:
    """What a script written by ``write_packed`` holds.

    Args:
        file: The script.
    """
    packed = file.read_text(encoding="utf-8").split('"')[-2]
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def in_places(positions: Sequence[int], values: Sequence[object]) -> list[object]:
    """Values in the places of their positions, None in the others.

    Args:
        positions: Where they belong, ascending; the first one is the first place.
        values: As many.
    """
    placed: list[object] = [None] * (positions[-1] - positions[0] + 1) if positions else []
    for position, value in zip(positions, values, strict=True):
        placed[position - positions[0]] = value
    return placed


def _plain(value: object) -> object:
    """The value as JSON has it; what is no whole number with seven significant digits, more than is shown."""
    match value:
        case Mapping():
            return {str(name): _plain(each) for name, each in value.items()}
        case float():
            return int(value) if value.is_integer() else float(f"{value:.{_DIGITS}g}")
        case datetime():
            return f"{value:%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case list() | tuple():
            return [_plain(each) for each in value]
        case _:
            return value
