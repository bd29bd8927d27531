"""Asking for the password again before what a stolen session must not do: tokens, the address, closing the account."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.http import HttpRequest, HttpResponse
from rest_framework import permissions
from rest_framework.request import Request

from accounts.errors import PasswordNeeded
from accounts.models import AccessToken
from marketplace.core.rules import rule


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person typed the password in this session within `account.password_again_seconds`."""
    records = get_authentication_records(request, request.user)
    typed = [record["at"] for record in records if record["method"] == "password"]
    return bool(typed) and time.time() - typed[-1] < rule("account.password_again_seconds")


def asks_again(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorates a page: a POST asks for the password first and goes on by itself with all that was typed."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and not is_fresh(request):
            raise ReauthenticationRequired  # allauth's middleware keeps the request and asks
        return view(request, *args, **kwargs)

    return inner


class OwnSession(permissions.BasePermission):
    """API: only a person in a session of their own, never a token; to write, one who typed the password just now."""

    only_in_a_session = True  # for the schema

    def has_permission(self, request: Request, view: Any) -> bool:
        if isinstance(request.auth, AccessToken):
            return False
        if request.method not in permissions.SAFE_METHODS and request.user.is_authenticated:
            if not is_fresh(request._request):
                raise PasswordNeeded
        return bool(request.user.is_authenticated)
