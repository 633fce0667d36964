"""Apache Superset on a published warehouse, for this machine: ``make superset``, with Superset's own Python.

What Superset keeps of its own (users, changed charts, the key of its sessions) lies in one folder, which only
its owner may read. The warehouse is opened read-only.
"""

import argparse
import os
import secrets
import socket
import sys
import traceback
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_HOST = "127.0.0.1"
# Threads of one process: DuckDB opens a file once in a process, and uses all cores for each query by itself.
_THREADS = "8"
_SECONDS_PER_QUERY = "120"


def main() -> int:
    """Prepare Superset's own database, import the dashboard if it is new, serve.

    Returns:
        1 where something is missing, with a line that says what to do; else it goes on until it is ended.
    """
    arguments = _arguments()
    file = (arguments.warehouse / "helpdesk.duckdb").resolve()
    if not file.exists():
        return _refused(f"{file}: nothing is published there; make run first, or name a WAREHOUSE=…")
    if "?" in str(file):
        return _refused(f"{file}: may have no question mark in its path; move it")
    if not _is_free(arguments.port):
        return _refused(f"port {arguments.port} is in use; end what uses it, or name a SUPERSET_PORT=…")
    os.umask(0o077)
    home = arguments.home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)
    _keep_secret(home / "secret.key")
    os.environ |= {
        "SUPERSET_HOME": str(home),
        "SUPERSET_CONFIG_PATH": str(_HERE / "superset_config.py"),
        "FLASK_APP": "superset.app:create_app()",
    }
    sys.stdout.write("preparing Superset (half a minute the first time)\n")
    sys.stdout.flush()
    try:
        password = _prepared(file, home)
    except Exception as error:
        return _refused(
            f"Superset could not be prepared ({type(error).__name__}: {error}); see {home}/prepare.log"
        )
    if password:
        sys.stdout.write(f"user admin, password {password} (told only now; change it under Settings, Info)\n")
    sys.stdout.write(f"http://{_HOST}:{arguments.port}/superset/dashboard/helpdesk/ (Ctrl-C ends it)\n")
    sys.stdout.flush()
    _serve(arguments.port)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Apache Superset on a published warehouse.")
    parser.add_argument("warehouse", type=Path, help="folder of a warehouse, with helpdesk.duckdb in it")
    parser.add_argument("--home", type=Path, required=True, help="folder for what Superset keeps of its own")
    parser.add_argument("--port", type=int, default=8088)
    return parser.parse_args()


def _keep_secret(file: Path) -> None:
    """A key for the sessions, and for what Superset keeps encrypted: made once, read by its owner only."""
    if not file.exists():
        begun = file.with_suffix(".new")
        begun.write_text(secrets.token_urlsafe(42), encoding="utf-8")
        begun.chmod(0o600)
        begun.rename(file)


def _prepared(file: Path, home: Path) -> str | None:
    """Prepare, with what Superset says of it in a file: three hundred migrations are many lines."""
    with (
        (home / "prepare.log").open("w", encoding="utf-8") as log,
        redirect_stdout(log),
        redirect_stderr(log),
    ):
        try:
            # Superset reads its configuration when it is imported.
            from prepare import prepare  # noqa: PLC0415

            return prepare(_HERE / "assets", file, home)
        except Exception:
            traceback.print_exc()
            raise


def _is_free(port: int) -> bool:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((_HOST, port))
        except OSError:
            return False
    return True


def _serve(port: int) -> None:
    """Become the web server: signals of the terminal reach it itself."""
    options = {
        "--bind": f"{_HOST}:{port}",
        "--workers": "1",
        "--worker-class": "gthread",
        "--threads": _THREADS,
        "--timeout": _SECONDS_PER_QUERY,
        "--log-level": "warning",
    }
    flat = [word for option in options.items() for word in option]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *flat, os.environ["FLASK_APP"]])  # noqa: S606


def _refused(reason: str) -> int:
    sys.stderr.write(f"{reason}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
