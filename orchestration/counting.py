"""How many of something, as people write it."""


def counted(count: int, noun: str) -> str:
    """A number and its noun, such as ``1 record`` and ``2,000 records``.

    Args:
        count: How many.
        noun: One of them; an s makes them many.
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
