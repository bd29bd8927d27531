"""Which pages may open a socket: those of this site. A browser sends its cookie with any page's socket."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlsplit

from channels.security.websocket import WebsocketDenier
from django.conf import settings
from django.http.request import split_domain_port, validate_host

Application = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
PORTS = {"http": 80, "https": 443}


def same_origin(application: Application) -> Application:
    """Refuses (403) a handshake whose Origin is not the host and port that it was sent to, nor a trusted origin.

    As CSRF protection does for requests. Without an Origin it is no browser, and no browser's cookie to misuse.
    """
    denier = WebsocketDenier()

    async def inner(scope: dict[str, Any], receive: Any, send: Any) -> None:
        headers = {name.lower(): value.decode("latin1") for name, value in scope["headers"]}
        is_ours = _is_ours(headers.get(b"origin", ""), headers.get(b"host", ""))
        await (application if is_ours else denier)(scope, receive, send)

    return inner


def _is_ours(origin: str, host: str) -> bool:
    domain, _port = split_domain_port(host)
    if not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    if not origin or origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    try:
        parts = urlsplit(origin)
        port = parts.port
    except ValueError:
        return False
    return parts.scheme in PORTS and host.lower() in {
        parts.netloc.lower(), f"{parts.hostname}:{port or PORTS[parts.scheme]}",
    }  # fmt: skip
