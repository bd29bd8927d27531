"""Caches whole responses for visitors without an account, for whom a page is the same (docs/adr/0008)."""

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
CACHED_HEADERS = ("Content-Type", "Vary", "ETag", "Cache-Control")
BYPASS_HEADERS = ("Authorization", "If-None-Match")  # an answer for one client, or maybe a 304
ADDRESS_MAX = 300  # characters: a page holds its own address many times over, and a cache many pages


def cache_for_visitors(view: View) -> View:
    """Decorates a view: its response to a visitor is cached for `page.cache_seconds`, never one for a person."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = rule("page.cache_seconds")
        if (
            not seconds
            or request.method != "GET"
            or not _is_visitor(request)
            or not has_short_address(request)
        ):
            return view(request, *args, **kwargs)
        key = f"visitor:{response_key(request)}"
        cached = cache.get(key)
        if cached is not None:
            content, headers = cached
            return HttpResponse(content, headers=headers)
        response = view(request, *args, **kwargs)

        def store(made: HttpResponse) -> None:
            if is_cacheable(request, made):
                cache.set(key, (made.content, cached_headers(made)), seconds)

        if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
            response.add_post_render_callback(store)  # an answer of the API is written after its view
        else:
            store(response)
        return response

    return inner


def _is_visitor(request: HttpRequest) -> bool:
    # Messages ("You have signed out") wait in a session or in a cookie of their own and are for one person.
    has_own = {settings.SESSION_COOKIE_NAME, MESSAGES} & request.COOKIES.keys()
    return not has_own and not any(name in request.headers for name in BYPASS_HEADERS)


def has_short_address(request: HttpRequest) -> bool:
    """Whether the address is of a length that pages of ours have; others are not worth the memory."""
    return len(request.get_full_path()) <= ADDRESS_MAX


def is_cacheable(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether a response holds nothing of the one it was made for: no cookie, no CSRF token."""
    has_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)  # a form on it belongs to one person
    return response.status_code == 200 and not response.streaming and not response.cookies and not has_token


def cached_headers(response: HttpResponse) -> dict[str, str]:
    """The headers that belong to the cached response."""
    return {name: response[name] for name in CACHED_HEADERS if name in response}


def response_key(request: HttpRequest) -> str:
    """What a page depends on besides its reader: a digest of host, address, language, scheme and kind of request."""
    is_fragment = request.headers.get("HX-Request", "")
    parts = (
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        is_fragment,
        str(request.is_secure()),
    )
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
