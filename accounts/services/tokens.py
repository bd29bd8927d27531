"""API tokens: made, used, ended."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from bson import ObjectId
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.errors import TooManyTokens
from accounts.models import AccessToken, Scope, User
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule
from marketplace.mongo.rows import find_one_with

TOKEN_PREFIX = "gng_"  # noqa: S105  (a marker that secret scanners can find, not a secret)
# Last use is shown to the minute; a busy client does not write at each call.
LAST_USED_STEP = timedelta(minutes=1)


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


def token_for(secret: str) -> AccessToken | None:
    """The usable token with this secret and its active owner, noting the use; None when there is none."""
    # Without the ORM: this is paid by every request of a program.
    token = find_one_with(AccessToken, {"secret_hash": _hash(secret), "is_revoked": False}, "user")
    if token is None or token.is_expired or not token.user.is_active:
        return None
    now = timezone.now()
    if token.last_used_at is None or now - token.last_used_at > LAST_USED_STEP:
        AccessToken.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(secret: str) -> str:
    # A plain hash is enough: the secret has 256 random bits, so there is nothing to guess.
    return hashlib.sha256(secret.encode()).hexdigest()
