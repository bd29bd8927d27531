"""The verbs of accounts; the only code that writes people and tokens."""

from accounts.services.access import (
    ask_if_open,
    change_password,
    close_account,
    end_access,
    forget_old_sessions,
    reopen_account,
)
from accounts.services.avatars import prepare_avatar, release_closed_avatars, remove_avatar, set_avatar
from accounts.services.people import (
    check_username,
    edit_profile,
    register_user,
    require_verified,
    verify_email,
)  # fmt: skip
from accounts.services.sign_in import begin_login, end_login, note_failed_login
from accounts.services.tokens import TOKEN_PREFIX, make_token, revoke_token, token_for

__all__ = [
    "TOKEN_PREFIX",
    "ask_if_open",
    "begin_login",
    "change_password",
    "check_username",
    "close_account",
    "edit_profile",
    "end_access",
    "end_login",
    "forget_old_sessions",
    "make_token",
    "note_failed_login",
    "prepare_avatar",
    "register_user",
    "release_closed_avatars",
    "remove_avatar",
    "reopen_account",
    "require_verified",
    "revoke_token",
    "set_avatar",
    "token_for",
    "verify_email",
]  # fmt: skip
