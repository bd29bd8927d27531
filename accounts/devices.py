"""Devices that somebody has logged in on: an attack on the account from elsewhere does not lock them out."""

import secrets

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from accounts.models import User
from marketplace.core.rules import rule

COOKIE, SALT = "device", "accounts.devices"
PEOPLE = 5  # accounts remembered on one device
DAY = 86_400  # seconds


def device_of(request: HttpRequest) -> tuple[str, list[str]]:
    """The device's name and the ids of those who logged in on it; ("", []) for a new or a forged one."""
    try:
        name, people = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=rule("account.device_days") * DAY
        )
    except (signing.BadSignature, ValueError, TypeError):
        return "", []
    return name, people


def remember_device(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Notes on the device that this person has logged in on it."""
    name, people = device_of(request)
    people = [str(user.pk), *(known for known in people if known != str(user.pk))][:PEOPLE]
    response.set_cookie(
        COOKIE,
        signing.dumps([name or secrets.token_urlsafe(12), people], salt=SALT),
        max_age=rule("account.device_days") * DAY,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
