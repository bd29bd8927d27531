"""The client's IP address behind trusted proxies, as limits, allauth, logs and sockets all read it."""

from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Any

from django.conf import settings
from django.http import HttpRequest

IPV6_PREFIX = (
    64  # bits: what one subscriber usually has, so an address of their own costs an attacker nothing
)
UNKNOWN = "unknown"  # a peer without an address: a unix socket


def client_address(source: HttpRequest | Mapping[str, Any]) -> str:
    """The address of the client that sent a request or opened a socket (an ASGI scope).

    With TRUSTED_PROXIES=n it is the n-th from the right of X-Forwarded-For: each proxy appends the address that it
    saw, so whatever the client wrote itself stands further left and is not read. 0, or a header that is too short or
    no address, gives the peer of the connection.
    """
    peer, forwarded = _of_request(source) if isinstance(source, HttpRequest) else _of_scope(source)
    if settings.TRUSTED_PROXIES:
        seen = [part.strip() for part in forwarded.split(",")]
        found = _parsed(seen[-settings.TRUSTED_PROXIES]) if len(seen) >= settings.TRUSTED_PROXIES else None
        if found is not None:
            return str(found)
    found = _parsed(peer)
    return UNKNOWN if found is None else str(found)


def client_network(source: HttpRequest | Mapping[str, Any]) -> str:
    """What a limit by address counts: the IPv4 address, or the /64 network of an IPv6 address."""
    address = client_address(source)
    if ":" not in address:
        return address
    return str(IPv6Network((address, IPV6_PREFIX), strict=False))


def _of_request(request: HttpRequest) -> tuple[str, str]:
    return request.META.get("REMOTE_ADDR") or "", request.META.get("HTTP_X_FORWARDED_FOR", "")


def _of_scope(scope: Mapping[str, Any]) -> tuple[str, str]:
    values = [value.decode("latin-1") for name, value in scope["headers"] if name == b"x-forwarded-for"]
    return (scope.get("client") or [""])[0], ",".join(values)


def _parsed(text: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(text.partition("%")[0])  # a zone belongs to the machine that saw it
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
