"""The verbs of accounts; the only code that writes people and tokens."""

import hashlib
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from bson import ObjectId
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.files.base import File
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import EmailNotVerified, TooManyTokens
from accounts.events import EmailVerified, ProfileChanged, UserRegistered
from accounts.models import AccessToken, Scope, User
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotAllowed, NotFound
from marketplace.core.events import publish
from marketplace.core.money import CURRENCIES
from marketplace.core.pictures import AVATAR, inspect_picture, render_picture, store_original
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule

USERNAME = re.compile(r"[a-z0-9_]+")
RESERVED = frozenset(
    "about account accounts admin administrator api brand brands closet closets contact gingham help home login logout "
    "mail me media moderator my news null offers orders party privacy root rules search security sell seller settings "
    "signup staff static status support system terms undefined www you".split()
)
TOKEN_PREFIX = "gng_"  # noqa: S105  (a marker that secret scanners can find, not a secret)
LAST_USED_STEP = timedelta(
    minutes=1
)  # last use is shown to the minute; a busy client does not write at each call


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
    publish(UserRegistered(user_id=user.pk))
    return user


@atomic
def verify_email(*, user: User) -> None:
    """Notes that the person's address is theirs; doing it twice changes nothing."""
    now = timezone.now()
    if User.objects.filter(pk=user.pk, email_verified_at=None).update(email_verified_at=now):
        publish(EmailVerified(user_id=user.pk))
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
        User.objects.filter(pk=user.pk).update(**changes)
        publish(ProfileChanged(user_id=user.pk))
    return _with(user, changes)


@atomic
def change_password(*, user: User, password: str) -> None:
    """The person logs in with this password from now on; whether it is good enough the form has asked."""
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password)


@atomic
def set_active(*, actor: User, user: User, is_active: bool) -> None:
    """Staff close an account or open it again; nobody closes their own, so that somebody can always undo it."""
    if not actor.is_staff or actor.pk == user.pk:
        raise NotAllowed
    User.objects.filter(pk=user.pk).update(is_active=is_active)


def set_avatar(*, user: User, upload: File) -> User:
    """Takes a picture as the person's avatar, cropped square; Invalid says what is wrong with the file."""
    picture = inspect_picture(upload, field="avatar")
    store_original(picture.key, upload)
    render_picture(picture.key, AVATAR)
    return _store_avatar(user=user, key=picture.key)


def remove_avatar(*, user: User) -> User:
    """Back to the initials."""
    return _store_avatar(user=user, key="")


@limited("edit", by="user")
@atomic
def _store_avatar(*, user: User, key: str) -> User:
    User.objects.filter(pk=user.pk).update(avatar=key)
    publish(ProfileChanged(user_id=user.pk))
    return _with(user, {"avatar": key})


@limited("token", by="user")
@atomic
def make_token(
    *, user: User, name: str, scopes: Sequence[str], expires_at: datetime | None = None
) -> tuple[AccessToken, str]:
    """A token and its secret, which is not stored and cannot be shown again."""
    errors = {}
    name = name.strip()
    limit = rule("account.token_name_max")
    if not 1 <= len(name) <= limit:
        errors["name"] = [_("Give it a name of 1 to %(n)d characters.") % {"n": limit}]
    if not scopes or set(scopes) - set(Scope.values):
        errors["scopes"] = [_("Choose at least one of: %(all)s.") % {"all": ", ".join(Scope.values)}]
    if expires_at is not None and expires_at <= timezone.now():
        errors["expires_at"] = [_("The expiry lies in the past.")]
    if errors:
        raise Invalid(fields=errors)
    if AccessToken.objects.of(user).usable().count() >= rule("account.tokens_max"):
        raise TooManyTokens
    secret = TOKEN_PREFIX + secrets.token_urlsafe()
    token = AccessToken.objects.create(
        user=user, name=name, scopes=sorted(set(scopes)), expires_at=expires_at,
        secret_hash=_hash(secret), prefix=secret[: len(TOKEN_PREFIX) * 2],
    )  # fmt: skip
    return token, secret


@atomic
def revoke_token(*, user: User, token_id: ObjectId) -> None:
    """The token opens nothing from now on; NotFound when it is not this person's."""
    if not AccessToken.objects.of(user).filter(pk=token_id).update(is_revoked=True):
        raise NotFound


def forget_old_sessions() -> int:
    """Removes the sessions that have run out; how many."""
    removed, _rows = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return removed


def token_for(secret: str) -> AccessToken | None:
    """The usable token with this secret and its active owner, noting the use; None when there is none."""
    token = AccessToken.objects.usable().select_related("user").filter(secret_hash=_hash(secret)).first()
    if token is None or token.is_expired or not token.user.is_active:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > LAST_USED_STEP:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(secret: str) -> str:
    # A plain hash is enough: the secret has 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()


def _with(user: User, changes: dict[str, Any]) -> User:
    for name, value in changes.items():
        setattr(user, name, value)
    return user
