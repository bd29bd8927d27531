"""What a page shows of its reader. In a page that is rendered for everybody each is a slot (core.person_cache)."""

from typing import Final

from django import template
from django.contrib import messages
from django.core.cache import caches
from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from marketplace.core.person_cache import TOKEN, fills, slot

register = template.Library()
MENU_SECONDS: Final = 3600


@register.simple_tag(takes_context=True)
def account_menu(context: template.Context) -> SafeString:
    """The menu of somebody who is logged in; rendered once for each state of the person."""
    return mark_safe(slot(context["request"], "account_menu"))  # noqa: S308 (what its template has rendered)


@register.simple_tag(takes_context=True)
def toasts(context: template.Context) -> SafeString:
    """What the person is to be told once, such as "Saved"."""
    return mark_safe(slot(context["request"], "toasts"))  # noqa: S308 (what its template has rendered)


@register.simple_tag(takes_context=True)
def own_username(context: template.Context) -> SafeString:
    """The username of somebody who is logged in."""
    return mark_safe(slot(context["request"], "own_username"))  # noqa: S308 (escaped)


@fills("account_menu")
def _account_menu(request: HttpRequest) -> str:
    user, cache = request.user, caches["template_fragments"]
    key = f"account_menu.{user.pk}.{user.revision}.{user.is_staff}.{get_language()}"
    html: str | None = cache.get(key)
    if html is None:
        html = get_template("components/account_menu.html").render({"user": user, "csrf_token": TOKEN})
        cache.set(key, html, MENU_SECONDS)
    return html


@fills("toasts")
def _toasts(request: HttpRequest) -> str:
    toast = get_template("components/toast.html")
    return "".join(
        toast.render({"message": message, "level": message.level_tag})
        for message in messages.get_messages(request)
    )


@fills("own_username")
def _own_username(request: HttpRequest) -> str:
    return escape(request.user.get_username())
