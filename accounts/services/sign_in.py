"""How often a password may be wrong: by account and address together, and more loosely by each of them."""

import hashlib
import logging
from collections.abc import Collection

from accounts.errors import TooManyLogins
from accounts.models import User
from marketplace.core.errors import TooMany
from marketplace.core.ratelimit import give_back, spend

log = logging.getLogger(__name__)
Spent = list[tuple[str, str]]


def begin_login(*, login: str, network: str, device: str = "", known: Collection[str] = ()) -> Spent:
    """Takes one try before the password is looked at, so that tries at the same moment count too.

    Returns what to hand to `end_login` when the password was right. A device that the account has logged in on
    (`known` holds ids of people) has tries of its own, which nobody elsewhere can use up. TooManyLogins otherwise.
    """
    account = _account_of(login)
    if device and account in known:
        wanted = [("login", f"{account}|{device}")]
    else:
        wanted = [("login", f"{account}|{network}"), ("login_address", network), ("login_account", account)]
    try:
        for scope, who in wanted:
            _SPEND[scope](who)
    except TooMany as refusal:
        log.warning("login refused", extra={"account": name_in_log(login), "limit": refusal.extra["scope"]})
        raise TooManyLogins(retry_after=refusal.retry_after) from refusal
    return wanted


def end_login(spent: Spent) -> None:
    """Gives the tries back: only wrong passwords count."""
    for scope, who in spent:
        give_back(scope, who)


def note_failed_login(*, login: str, address: str) -> None:
    """One line in the log, without what was typed as the password."""
    log.warning("login failed", extra={"account": name_in_log(login), "address": address})


def name_in_log(login: str) -> str:
    """The username of an account that exists; a hash of anything else, which may be a password in the wrong field."""
    user = _find(login)
    return user.username if user else _hashed(login)


def _account_of(login: str) -> str:
    user = _find(login)
    return str(user.pk) if user else _hashed(login.strip().lower())


def _hashed(login: str) -> str:
    return f"unknown-{hashlib.sha256(login.encode()).hexdigest()}"


def _find(login: str) -> User | None:
    field = "email" if "@" in login else "username"
    return User.objects.filter(**{field: login.strip().lower()}).only("pk", "username").first()


_SPEND = {
    "login": lambda who: spend("login", who),
    "login_address": lambda who: spend("login_address", who),
    "login_account": lambda who: spend("login_account", who),
}
