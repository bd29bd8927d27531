"""Who somebody is: registering, confirming the address, the profile."""

import re
from typing import Any

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import EmailNotVerified
from accounts.events import ProfileChanged
from accounts.models import User
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid
from marketplace.core.events import publish
from marketplace.core.money import CURRENCIES
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule

USERNAME = re.compile(r"[a-z0-9_]+")
RESERVED = frozenset(
    "about account accounts admin administrator api brand brands closet closets contact gingham help home login logout "
    "mail me media moderator my news null offers orders party privacy root rules search security sell seller settings "
    "signup staff static status support system terms undefined www you".split()
)


def check_username(username: str) -> list[str]:
    """Every reason why nobody can have this username; [] when it is fine (being free is decided by the index)."""
    low, high = rule("account.username_min"), rule("account.username_max")
    errors = []
    if not low <= len(username) <= high:
        errors.append(_("A username has %(low)d to %(high)d characters.") % {"low": low, "high": high})
    if username and not USERNAME.fullmatch(username):
        errors.append(_("Use the letters a to z, digits and _ only."))
    if username in RESERVED:
        errors.append(_("This name is reserved. Choose another one."))
    return errors


@atomic
def register_user(*, email: str, username: str, password: str | None, **profile: Any) -> User:
    """A new person with an unverified address; Invalid names what is wrong or taken."""
    email, username = email.strip().lower(), username.strip().lower()
    errors: dict[str, list[str]] = {}
    if problems := check_username(username):
        errors["username"] = problems
    taken = User.objects.filter(Q(username=username) | Q(email=email)).values_list("username", "email")
    for name, address in taken:
        if name == username:
            errors.setdefault("username", []).append(_("This username is taken."))
        if address == email:
            errors.setdefault("email", []).append(_("There is an account with this address already."))
    if errors:
        raise Invalid(fields=errors)
    user = User(email=email, username=username, currency=settings.DEFAULT_CURRENCY, **profile)
    user.set_password(password)
    user.save(force_insert=True)
    return user


@atomic
def verify_email(*, user: User) -> None:
    """Notes that the person's address is theirs; doing it twice changes nothing."""
    now = timezone.now()
    if User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=now):
        user.email_verified_at = now


def require_verified(user: User) -> None:
    """Refuses with EmailNotVerified: what is public may only come from a confirmed address."""
    if not user.is_email_verified:
        raise EmailNotVerified


@limited("edit", by="user")
@atomic
def edit_profile(
    *, user: User, display_name: str | None = None, about: str | None = None, city: str | None = None,
    currency: str | None = None,
) -> User:  # fmt: skip
    """Changes what is given of a profile; Invalid names each field that is too long."""
    changes = {"display_name": display_name, "about": about, "city": city, "currency": currency}
    changes = {name: value.strip() for name, value in changes.items() if value is not None}
    errors = {}
    for name in ("display_name", "about", "city"):
        limit = rule(f"account.{name}_max")
        if len(changes.get(name) or "") > limit:
            errors[name] = [_("At most %(n)d characters.") % {"n": limit}]
    if "currency" in changes and changes["currency"] not in CURRENCIES:
        errors["currency"] = [_("Choose one of the currencies in the list.")]
    if errors:
        raise Invalid(fields=errors)
    if changes:
        User.objects.filter(pk=user.pk).update(**changes, revision=F("revision") + 1)
        publish(ProfileChanged(user_id=user.pk))
    return _with(user, changes)


def _with(user: User, changes: dict[str, Any]) -> User:
    for name, value in changes.items():
        setattr(user, name, value)
    return user
