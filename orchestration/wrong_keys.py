"""What is wrong with a key of helpdesk.toml, in words of whoever wrote it."""

from collections.abc import Sequence
from difflib import get_close_matches
from types import UnionType
from typing import Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails


def explain_key(settings: type[BaseModel], error: ErrorDetails) -> str:
    """One line on a wrong key.

    Args:
        settings: The model of the whole file.
        error: What pydantic found.

    Returns:
        The key's path and what is wrong with it; for one that does not exist, which is meant.
    """
    path = error["loc"]
    place = ".".join(map(str, path))
    if error["type"] != "extra_forbidden":
        said = error["msg"].removeprefix("Value error, ").replace("Input should be", "should be")
        return f"{place}: {said}"
    known = _keys_of(settings, path[:-1])
    meant = get_close_matches(str(path[-1]), known, n=1)
    hint = f"did you mean {meant[0]}?" if meant else f"there are {', '.join(known)}"
    return f"{place}: there is no such key; {hint}"


def _keys_of(settings: type[BaseModel], path: Sequence[int | str]) -> list[str]:
    """The keys of the section that a path leads to."""
    section: object = settings
    for name in path:
        if get_origin(section) is dict:
            section = get_args(section)[1]
        elif isinstance(section, type) and issubclass(section, BaseModel):
            section = section.model_fields[str(name)].annotation
        if get_origin(section) in (Union, UnionType):
            section = next(each for each in get_args(section) if each is not type(None))
    return (
        sorted(section.model_fields) if isinstance(section, type) and issubclass(section, BaseModel) else []
    )
