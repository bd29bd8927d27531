"""Who may come in: passwords, sessions, and accounts that are closed."""

from allauth.account.models import EmailAddress
from bson import ObjectId
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import AccountClosed, AccountReopened
from accounts.models import AccessToken, User
from marketplace.core import live
from marketplace.core.db import atomic
from marketplace.core.errors import Invalid, NotAllowed
from marketplace.core.events import publish
from marketplace.core.rules import rule


@atomic
def change_password(*, user: User, password: str) -> None:
    """The person logs in with this password from now on; every API token and every other session ends.

    So does a change of address that is not confirmed yet: whoever had the old password may have asked for it.

    Whether the password is good enough the form has asked.
    """
    user.set_password(password)
    User.objects.filter(pk=user.pk).update(password=user.password)
    EmailAddress.objects.filter(user_id=user.pk, verified=False).exclude(email=user.email).delete()
    end_access(user)


@atomic
def close_account(*, actor: User, user: User, reason: str = "") -> None:
    """Closes an account: nobody comes in by it, its tokens and sessions end, its listings leave the shop (an event).

    People close their own; staff close shoppers and sellers; only superusers close staff. Twice is once. NotAllowed
    for anybody else; Invalid when the reason is longer than `account.reason_max`.
    """
    if actor.pk != user.pk:
        _require_power_over(actor, user)
    reason, limit = reason.strip(), rule("account.reason_max")
    if len(reason) > limit:
        raise Invalid(fields={"reason": [_("At most %(n)d characters.") % {"n": limit}]})
    closed = {"is_active": False, "closed_at": timezone.now(), "closed_reason": reason}
    if User.objects.active().filter(pk=user.pk).update(**closed):
        end_access(user)
        publish(AccountClosed(user_id=user.pk, actor_id=actor.pk))


@atomic
def reopen_account(*, actor: User, user: User) -> None:
    """Opens a closed account again; its listings come back (an event). Staff only, and superusers for staff."""
    _require_power_over(actor, user)
    opened = {"is_active": True, "closed_at": None, "closed_reason": ""}
    if User.objects.filter(pk=user.pk, is_active=False).update(**opened):
        publish(AccountReopened(user_id=user.pk))


def ask_if_open(*, user_id: ObjectId) -> bool:
    """Whether an account is open; the answer holds until the caller's transaction is stored.

    By a write, because that makes a transaction that closes or opens the account at the same moment meet this one:
    MongoDB lets one of them run again, and it sees how the other has ended.
    """
    User.objects.filter(pk=user_id).update(asked_at=timezone.now())
    return User.objects.active().filter(pk=user_id).exists()


def end_access(user: User) -> None:
    """Ends every API token, session and live connection of a person, within the caller's transaction."""
    AccessToken.objects.of(user).usable().update(is_revoked=True)
    User.objects.filter(pk=user.pk).update(access_version=F("access_version") + 1)
    # Read, not added to: what the caller holds may be older, or have run into a collision once already.
    user.refresh_from_db(fields=["access_version"])
    live.end_sessions(user.pk)


def forget_old_sessions() -> int:
    """Removes the sessions that have run out; how many."""
    removed, _rows = Session.objects.filter(expire_date__lt=timezone.now()).delete()
    return removed


def _require_power_over(actor: User, user: User) -> None:
    # Staff cannot shut themselves out by the back office, so that somebody can always undo it.
    is_colleague = user.is_staff or user.is_superuser
    if not actor.is_active or not actor.is_staff or actor.pk == user.pk:
        raise NotAllowed
    if is_colleague and not actor.is_superuser:
        raise NotAllowed(_("Only an administrator opens and closes the accounts of staff."))
