"""Folders that may not be there yet."""

from pathlib import Path


def there(folder: Path) -> Path:
    """The folder itself or, before it is made, the nearest one above it that is there."""
    return next(place for place in (folder.absolute(), *folder.absolute().parents) if place.exists())
