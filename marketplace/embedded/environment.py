"""What `make run` and `make dev` give their processes, written down for management commands."""

import os
import secrets
import shlex
from collections.abc import Mapping, MutableMapping
from pathlib import Path

from .folders import default_var

# A production environment names at least one of these; then nothing of var/ is believed.
NAMED_IN_PRODUCTION = ("SECRET_KEY", "ALLOWED_HOSTS", "MONGODB_URI", "REDIS_URL", "CELERY_BROKER_URL")


def secret_key(var: Path) -> str:
    """The key of this checkout, made the first time; only its owner can read the file."""
    path = var / "secret_key"
    if not path.exists():
        _write_private(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def write_environ(var: Path, environ: Mapping[str, str]) -> None:
    """Writes `environ` to var/run/environ as lines that a shell can read, too."""
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in sorted(environ.items())]
    _write_private(_file(var), "".join(lines))


def adopt_environ(environ: MutableMapping[str, str] = os.environ) -> bool:
    """Fills the environment from what the last `make run` or `make dev` wrote, unless it names servers of its own.

    Says whether it did. Called by manage.py only: a server process takes nothing from a file.
    """
    if any(environ.get(name) for name in NAMED_IN_PRODUCTION):
        return False
    try:
        lines = shlex.split(_file(default_var()).read_text())
    except OSError:
        return False
    for line in lines:
        name, _, value = line.partition("=")
        environ.setdefault(name, value)
    return True


def _file(var: Path) -> Path:
    return var / "run" / "environ"


def _write_private(path: Path, text: str) -> None:
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.replace(path)
