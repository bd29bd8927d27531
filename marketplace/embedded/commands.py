"""Commands and environment of the product's processes, for `make run` and for `make dev`."""

import os
import sys
from pathlib import Path

from .cache import EMBEDDINGS, in_cache
from .environment import secret_key
from .nginx import proxy_command
from .ports import free_port

APPS = ("accounts", "listings", "marketplace", "notices", "social")
PYTHON = sys.executable
CELERY = ("-m", "celery", "-A", "marketplace")
WORKER = (
    *CELERY,
    "worker",
    "--pool",
    "threads",
    "--loglevel",
    "INFO",
    "--without-gossip",
    "--without-mingle",
)
UVICORN = ("-m", "uvicorn", "marketplace.asgi:application", "--lifespan", "off", "--no-proxy-headers",
           "--no-access-log", "--ws-per-message-deflate", "false", "--ws-max-size", "16384",
           "--timeout-graceful-shutdown", "3")  # fmt: skip


def environment(var: Path, *, url: str, host: str, is_dev: bool) -> dict[str, str]:
    """What the processes are told; what the person's own environment names goes first."""
    proxies = int(os.environ.get("TRUSTED_PROXIES") or "0")
    found = {
        "SECRET_KEY": secret_key(var),
        "SITE_URL": url,
        "ALLOWED_HOSTS": ",".join(dict.fromkeys(["localhost", "127.0.0.1", "[::1]", host])),
        "SECURE_SSL_REDIRECT": "0",
        "SECURE_COOKIES": "0",
        "SECURE_HSTS_SECONDS": "0",
        "EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend",
        "LOG_JSON": "0",
    }
    decided = {
        "DEBUG": str(int(is_dev)),
        "GINGHAM_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "marketplace.settings",
        "EMBEDDINGS_MODEL": os.environ.get("EMBEDDINGS_MODEL", str(in_cache(EMBEDDINGS) or "")),  # "" is off
        "TRUSTED_PROXIES": str(proxies if is_dev else proxies + 1),
    }
    return {name: os.environ.get(name) or value for name, value in found.items()} | decided


def serving(var: Path, *, host: str, port: int) -> dict[str, list[str]]:
    """By name, the processes that production has, with nginx on the public port."""
    web, realtime = free_port(), free_port()
    workers = os.environ.get("WEB_WORKERS") or "2"
    granian = str(Path(PYTHON).parent / "granian")
    return {
        "web": [granian, "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(web), "--no-ws",
                "--workers", workers, "--blocking-threads", os.environ.get("WEB_THREADS") or "8",
                "--respawn-failed-workers", "--workers-kill-timeout", "3", "--log-level", "warning",
                "marketplace.wsgi:application"],
        "worker": [PYTHON, *WORKER],
        "realtime": [PYTHON, *UVICORN, "--host", "127.0.0.1", "--port", str(realtime)],
        **_later(),
        "proxy": proxy_command(var, host=host, port=port, web=web, realtime=realtime),
    }  # fmt: skip


def developing(*, host: str, port: int) -> dict[str, list[str]]:
    """By name, the processes for people who change code: one web process and a worker that load what changes."""
    reload = [word for app in (*APPS, "templates") for word in ("--reload-dir", app)]
    worker = " ".join([PYTHON, *WORKER])
    return {
        "web": [PYTHON, *UVICORN, "--host", host, "--port", str(port), "--reload", *reload,
                "--reload-include", "*.html", "--reload-include", "*.toml"],
        "worker": [PYTHON, "-m", "watchfiles", "--filter", "python", worker, *APPS],
        **_later(),
    }  # fmt: skip


def _later() -> dict[str, list[str]]:
    return {
        "beat": [PYTHON, *CELERY, "beat", "--pidfile", "", "--loglevel", "INFO"],
        "relay": [PYTHON, "manage.py", "relay"],
    }
