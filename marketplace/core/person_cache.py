"""Caches pages for people who are logged in: one rendering for all of them, with slots for what is each one's own.

This is donut caching (docs/adr/0015). The page is rendered for `Reader`, a user without identity, so nothing
personal can get into it. What is personal is marked while it renders: `slot` for text that is filled in for each
reader, `choice` for one of two texts. In the memory of each process, for `page.cache_seconds`.
"""

import functools
import re
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bson import ObjectId
from django.conf import settings
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import get_token

from marketplace.core.errors import DomainError
from marketplace.core.rules import rule
from marketplace.core.visitor_cache import (
    BYPASS_HEADERS,
    View,
    cached_headers,
    has_short_address,
    is_cacheable,
    response_key,
)

CACHE: Final = "shared_pages"
WROTE_COOKIE: Final = "wrote"  # its owner has just changed something and wants to see it
# Stands for the reader's CSRF token. Words that nobody can put into a title.
TOKEN: Final = secrets.token_hex()
_NONCE: Final = secrets.token_hex()
_SLOT: Final = re.compile(f"{_NONCE}x([0-9]+)x")

Fill = Callable[[HttpRequest], str]
Choose = Callable[[HttpRequest, Sequence[ObjectId]], Collection[ObjectId]]
_fills: dict[str, Fill] = {}
_choosers: dict[str, Choose] = {}


class Reader:
    """The user of a shared rendering. Templates find nothing else on it, so nothing of a person is rendered."""

    is_authenticated, is_anonymous, is_active, is_staff, pk = True, False, True, False, None


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a page: filled by `kind`; with a `value`, by `yes` for readers whom `kind` chooses it for, or `no`."""

    kind: str
    value: ObjectId | None = None
    yes: str = ""
    no: str = ""


@dataclass(slots=True)
class Rendering:
    """What is marked while a page is rendered for everybody."""

    slots: list[Slot] = field(default_factory=list)
    owners: set[ObjectId] = field(default_factory=set)

    def mark(self, slot: Slot) -> str:
        self.slots.append(slot)
        return f"{_NONCE}x{len(self.slots) - 1}x"


@dataclass(frozen=True, slots=True)
class SharedPage:
    """A rendered page in pieces; `owners` see one of their own instead."""

    parts: Sequence[str | Slot]
    plain: Sequence[str | Slot]  # the same for readers for whom nothing is chosen, who are most
    choices: Mapping[str, Sequence[ObjectId]]  # by kind
    headers: Mapping[str, str]
    owners: frozenset[ObjectId]

    @classmethod
    def of(
        cls, parts: Sequence[str | Slot], headers: Mapping[str, str], owners: Iterable[ObjectId]
    ) -> "SharedPage":
        """The page of these pieces."""
        choices: dict[str, list[ObjectId]] = {}
        plain: list[str | Slot] = []
        for part in parts:
            if isinstance(part, Slot) and part.value:
                choices.setdefault(part.kind, []).append(part.value)
                part = part.no
            if plain and isinstance(part, str) and isinstance(plain[-1], str):
                plain[-1] += part
            else:
                plain.append(part)
        return cls(parts, plain, choices, headers, frozenset(owners))

    def response_for(self, request: HttpRequest) -> HttpResponse:
        """The page with the reader's own in its slots; one call for each kind of choice."""
        chosen = {kind: _choosers[kind](request, values) for kind, values in self.choices.items()}
        parts = self.parts if any(chosen.values()) else self.plain
        html = "".join(part if isinstance(part, str) else _text(part, chosen, request) for part in parts)
        return HttpResponse(html.replace(TOKEN, get_token(request)), headers=dict(self.headers))


def _text(slot: Slot, chosen: Mapping[str, Collection[ObjectId]], request: HttpRequest) -> str:
    if not slot.value:
        return _fills[slot.kind](request)
    return slot.yes if slot.value in chosen[slot.kind] else slot.no


def fills(kind: str) -> Callable[[Fill], Fill]:
    """Registers what fills the slots of a kind: HTML for the request's user, with TOKEN for the CSRF token."""
    return lambda function: _fills.setdefault(kind, function)


def chooses(kind: str) -> Callable[[Choose], Choose]:
    """Registers who chooses for a kind: those of the page's values for which the request's user gets `yes`."""
    return lambda function: _choosers.setdefault(kind, function)


def rendering_of(request: HttpRequest) -> Rendering | None:
    """The shared rendering that runs, None when the page is made for its reader alone."""
    found: Rendering | None = getattr(request, "shared_rendering", None)
    return found


def slot(request: HttpRequest, kind: str) -> str:
    """The text of a kind, or in a shared rendering the mark of its slot."""
    rendering = rendering_of(request)
    if rendering:
        return rendering.mark(Slot(kind))
    text = _fills[kind](request)
    return text.replace(TOKEN, get_token(request)) if TOKEN in text else text


def not_shared_with(request: HttpRequest, owner: ObjectId) -> None:
    """This person sees more on the page than others do."""
    rendering = rendering_of(request)
    if rendering:
        rendering.owners.add(owner)


def note_write(response: HttpResponse) -> None:
    """Lets who has just changed something see pages of their own until shared ones show the change."""
    response.set_cookie(
        WROTE_COOKIE, "1", max_age=rule("page.cache_seconds") + 1, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def cache_for_people(view: View) -> View:
    """Decorates a page that is the same for everybody who is logged in, but for its slots and its owners.

    Made anew for staff, and for who has just written something (`WROTE_COOKIE`) so that they see their change.
    """

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        seconds = rule("page.cache_seconds")
        if not seconds or not _may_share(request):
            return view(request, *args, **kwargs)
        key = response_key(request)
        page = caches[CACHE].get(key)
        if page is None:
            page = _render(view, request, *args, **kwargs)
            if page is None:
                return view(request, *args, **kwargs)
            caches[CACHE].set(key, page, seconds)
        if request.user.pk in page.owners:
            return view(request, *args, **kwargs)
        return page.response_for(request)

    return inner


def _may_share(request: HttpRequest) -> bool:
    if request.method != "GET" or WROTE_COOKIE in request.COOKIES:
        return False
    if any(name in request.headers for name in BYPASS_HEADERS) or not has_short_address(request):
        return False
    return request.user.is_authenticated and not request.user.is_staff


def _render(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> SharedPage | None:
    """The page as everybody may see it; None when there is none (then its reader may still see one)."""
    person, request.user = request.user, Reader()
    rendering = request.shared_rendering = Rendering()
    try:
        response = view(request, *args, **kwargs)
    except (Http404, DomainError):
        return None
    finally:
        request.user = person
        del request.shared_rendering
    if not is_cacheable(request, response):
        return None
    pieces = _SLOT.split(response.content.decode())
    parts = [rendering.slots[int(piece)] if place % 2 else piece for place, piece in enumerate(pieces)]
    return SharedPage.of(parts, cached_headers(response), rendering.owners)
