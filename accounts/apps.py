from typing import Any

from django.apps import AppConfig
from django.contrib.auth.signals import user_logged_out

from marketplace.core import live


class AccountsConfig(AppConfig):
    name = "accounts"

    def ready(self) -> None:
        user_logged_out.connect(end_live_connections)


def end_live_connections(sender: Any, request: Any, user: Any, **_more: Any) -> None:
    """Who logs out, by whatever door, leaves the live threads of that session."""
    if user is not None and request is not None and request.session.session_key:
        live.end_sessions(user.pk, session_key=request.session.session_key)
