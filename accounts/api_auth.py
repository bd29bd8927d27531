"""Who calls the API, and what a token may do."""

import time
from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework import authentication, exceptions, permissions
from rest_framework.request import Request

from accounts import services
from accounts.models import AccessToken, User
from marketplace.core.client import client_network
from marketplace.core.errors import TooMany
from marketplace.core.ratelimit import spend

BLOCKED_MAX = 10_000  # addresses remembered at once
_blocked: dict[str, float] = {}  # address -> when its tokens are looked at again (monotonic seconds)

SessionAuthentication = authentication.SessionAuthentication


class AccessTokenAuthentication(authentication.BaseAuthentication):
    """`Authorization: Bearer gng_…`."""

    def authenticate(self, request: Request) -> tuple[User, AccessToken] | None:
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        network = client_network(request._request)
        if (wait := _blocked.get(network, 0.0) - time.monotonic()) > 0:
            raise TooMany(retry_after=int(wait) + 1)
        token = services.token_for(secret.strip())
        if token is None:
            _note_wrong_token(network)
            raise exceptions.AuthenticationFailed
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _note_wrong_token(network: str) -> None:
    try:
        spend("bearer", network)
    except TooMany as refusal:
        # Kept in the process, so that neither a guess nor a good token costs a look into Valkey.
        if len(_blocked) >= BLOCKED_MAX:
            _blocked.clear()
        _blocked[network] = time.monotonic() + refusal.retry_after
        raise


class ReadOrScope(permissions.BasePermission):
    """Everybody reads; writing needs a person and, with a token, the view's `write_scope`."""

    everybody_reads = True  # for the schema

    def has_permission(self, request: Request, view: Any) -> bool:
        scopes = request.auth.scopes if isinstance(request.auth, AccessToken) else None
        if request.method in permissions.SAFE_METHODS:
            return scopes is None or "read" in scopes
        return request.user.is_authenticated and (
            scopes is None or getattr(view, "write_scope", "") in scopes
        )


class AccessTokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes the tokens of the settings page."""

    target_class = "accounts.api_auth.AccessTokenAuthentication"
    name = "accessToken"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "A token from /settings/tokens/."}
