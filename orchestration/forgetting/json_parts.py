"""JSON of a helpdesk without what it says of a person."""

import json
import re
from collections.abc import Mapping
from typing import TypeAlias

from orchestration.landing.streams import Column

REMOVED = "[removed]"
Json: TypeAlias = "dict[str, Json] | list[Json] | str | int | float | None"
# Under such a name the ids of people stand; an event names the field it changed likewise.
NAMES_PEOPLE = re.compile(
    r"(.*_)?(author|requester|user|submitter|actor|customer|recipient|collaborator|follower|cc|updater|sender)"
    r"s?(_ids?)?"
)
_VALUES = ("value", "previous_value")


def mentions(text: str, ids: Mapping[str, str]) -> bool:
    """Whether JSON names one of these people where people are named.

    Args:
        text: JSON; what is none names nobody.
        ids: Ids of people.
    """
    try:
        return _mentions(json.loads(text), ids, is_person=False)
    except (ValueError, RecursionError):
        return False


def without_person(text: str, column: Column, ids: Mapping[str, str]) -> str | None:
    """JSON with what is harmless of it, and other ids for people.

    Args:
        text: JSON.
        column: Its column, which says what is harmless.
        ids: What stands for which id from now on.

    Returns:
        The JSON that is left; None for what is no JSON.
    """
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        return None
    kept = {tuple(path.split(".")) for path in column.keep}
    if isinstance(document, list):
        # The place of an event in its list stays.
        return json.dumps([_event(part, kept, column, ids) for part in document])
    return json.dumps(_event(document, kept, column, ids))


def is_harmless(text: str, column: Column, ids: Mapping[str, str]) -> bool:
    """Whether nothing would be taken out of JSON.

    Args:
        text: JSON.
        column: Its column, which says what is harmless.
        ids: What stands for which id from now on.
    """
    left = without_person(text, column, ids)
    return left is not None and bool(json.loads(left) == json.loads(text))


def _mentions(part: Json, ids: Mapping[str, str], *, is_person: bool) -> bool:
    if isinstance(part, dict):
        field = NAMES_PEOPLE.fullmatch(str(part.get("field_name", "")).lower())
        return any(
            _mentions(
                value,
                ids,
                is_person=bool(NAMES_PEOPLE.fullmatch(key.lower()))
                or (is_person and key == "id")
                or bool(field and key in _VALUES),
            )
            for key, value in part.items()
        )
    if isinstance(part, list):
        return any(_mentions(value, ids, is_person=is_person) for value in part)
    return is_person and str(part).strip() in ids


def _event(part: Json, kept: set[tuple[str, ...]], column: Column, ids: Mapping[str, str]) -> Json:
    if not isinstance(part, dict):
        return None
    pruned = _pruned(part, kept, ids)
    field = str(part.get("field_name", "")).lower()
    for key in _VALUES:
        if pruned.get(key) in (None, "") or field in column.fields:
            continue
        is_person = bool(NAMES_PEOPLE.fullmatch(field)) and not isinstance(pruned[key], dict | list)
        # That there was a value may count.
        pruned[key] = _other_id(pruned[key], ids) if is_person else REMOVED
    return pruned


def _pruned(part: dict[str, Json], kept: set[tuple[str, ...]], ids: Mapping[str, str]) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for key, value in part.items():
        below = {path[1:] for path in kept if path[0] == key}
        if () in below:
            is_person = bool(NAMES_PEOPLE.fullmatch(key.lower())) and not isinstance(value, dict | list)
            found[key] = _other_id(value, ids) if is_person else value
        elif below and isinstance(value, dict):
            found[key] = _pruned(value, below, ids)
    return found


def _other_id(value: Json, ids: Mapping[str, str]) -> Json:
    return ids.get(str(value).strip(), value)
