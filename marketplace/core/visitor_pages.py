"""Pages for visitors without an account are the same for all of them, so they are made once every few seconds."""

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.translation import get_language

from marketplace.core.rules import rule

View = Callable[..., HttpResponse]
MESSAGES = CookieStorage.cookie_name
KEPT_HEADERS = ("Content-Type", "Vary", "ETag", "Cache-Control")
SOMEBODY = ("Authorization", "If-None-Match")  # a client of its own, or one that may be told "not changed"


def same_for_visitors(view: View) -> View:
    """Decorates a page: visitors may see it as it was up to `page.cache_seconds` ago; people logged in never do."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = rule("page.cache_seconds")
        if not seconds or request.method != "GET" or not _is_visitor(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = cache.get(key)
        if kept is not None:
            content, headers = kept
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)

        def keep(made: HttpResponse) -> None:
            if _is_the_same_for_all(request, made):
                headers = {name: made[name] for name in KEPT_HEADERS if name in made}
                cache.set(key, (made.content, headers), seconds)

        if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
            response.add_post_render_callback(keep)  # an answer of the API is written after its view
        else:
            keep(response)
        return response

    return inner


def _is_visitor(request: HttpRequest) -> bool:
    # Messages ("You have signed out") wait in a session or in a cookie of their own and are for one person.
    has_own = {settings.SESSION_COOKIE_NAME, MESSAGES} & request.COOKIES.keys()
    return not has_own and not any(name in request.headers for name in SOMEBODY)


def _is_the_same_for_all(request: HttpRequest, response: HttpResponse) -> bool:
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)  # a form on it belongs to one person
    return response.status_code == 200 and not response.streaming and not response.cookies and not has_token


def _key(request: HttpRequest) -> str:
    is_fragment = request.headers.get("HX-Request", "")
    parts = (
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        is_fragment,
        str(request.is_secure()),
    )
    return "visitor:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
