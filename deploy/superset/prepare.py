"""Superset's own database, its first user, and the dashboard of the repository."""

import hashlib
import secrets
from pathlib import Path

import yaml
from flask import Flask, g
from flask_migrate import upgrade
from sqlalchemy.engine import make_url
from superset.app import create_app

_DATABASE = "databases/helpdesk.yaml"


def prepare(assets: Path, published: Path, home: Path) -> str | None:
    """Bring Superset's own database up to date, and the dashboard into it.

    Args:
        assets: The dashboard as files: database, datasets, charts, dashboard.
        published: The published file, to be opened read-only.
        home: Folder of what Superset keeps of its own.

    Returns:
        The password of the user ``admin`` if it was made just now; it is kept nowhere else.
    """
    contents = _contents(assets, published)
    app = create_app()
    with app.app_context():
        upgrade(directory=str(Path(app.root_path) / "migrations"))
        password = _admin(app)
        _import(app, contents, home / "imported")
    return password


def _contents(assets: Path, published: Path) -> dict[str, str]:
    """Files of the bundle by their names; the database's address names the file that is there."""
    contents = {
        file.relative_to(assets).as_posix(): file.read_text(encoding="utf-8")
        for file in sorted(assets.rglob("*.yaml"))
    }
    database = yaml.safe_load(contents[_DATABASE])
    address = make_url(database["sqlalchemy_uri"]).set(database=str(published))
    database["sqlalchemy_uri"] = address.render_as_string(hide_password=False)
    return contents | {_DATABASE: yaml.safe_dump(database)}


def _admin(app: Flask) -> str | None:
    security = app.appbuilder.sm
    if security.find_user("admin"):
        return None
    # What "superset init" does.
    app.appbuilder.add_permissions(update_perms=True)
    security.sync_role_definitions()
    password = secrets.token_urlsafe(16)
    security.add_user(
        "admin", "Admin", "of Superset", "admin@localhost", security.find_role("Admin"), password
    )
    return password


def _import(app: Flask, contents: dict[str, str], imported: Path) -> None:
    """Put the bundle in place of what came before it, if it is another than last time.

    So charts that somebody changed in Superset stay until the repository has newer ones.
    """
    # Superset's commands read its configuration when they are imported.
    from superset.commands.importers.v1.assets import ImportAssetsCommand  # noqa: PLC0415

    fingerprint = hashlib.sha256(
        "\0".join(f"{name}\0{text}" for name, text in contents.items()).encode()
    ).hexdigest()
    if imported.exists() and imported.read_text(encoding="utf-8") == fingerprint:
        return
    g.user = app.appbuilder.sm.find_user("admin")
    ImportAssetsCommand(contents).run()
    imported.write_text(fingerprint, encoding="utf-8")
