"""What pages of other apps show of social: the thread of a listing, and which listings the reader likes."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from bson import ObjectId
from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from listings.models import Listing
from marketplace.core.person_cache import TOKEN, Reader, Slot, chooses, rendering_of
from social import services
from social.models import MENTION, Comment
from social.views.thread import thread_context

register = template.Library()
HEART = "components/like_button.html"


@register.inclusion_tag("social/thread.html", takes_context=True)
def comment_thread(context: RequestContext, listing: Listing) -> dict[str, Any]:
    """The newest comments of a listing and the form to add one: one query."""
    return thread_context(context["request"], listing)


@chooses("liked")
def _liked(request: HttpRequest, listing_ids: Sequence[ObjectId]) -> set[ObjectId]:
    """Those of a shared page's listings that its reader likes: one query."""
    return services.liked_among(user=request.user, listing_ids=listing_ids)


@register.simple_tag(takes_context=True)
def heart(context: RequestContext, listing: Listing) -> SafeString:
    """The wide button that likes a listing, in the state that its reader sees."""
    rendering, request, button = rendering_of(context["request"]), context["request"], get_template(HEART)
    values = {"listing": listing, "user": request.user, "next_path": request.get_full_path(), "inline": True}
    if rendering:
        both = (
            button.render({**values, "csrf_token": TOKEN, "liked_ids": found})
            for found in ({listing.pk}, set())
        )
        return mark_safe(rendering.mark(Slot("liked", listing.pk, *both)))  # noqa: S308 (a mark, and what a template rendered)
    found = services.liked_among(user=request.user, listing_ids=[listing.pk])
    return button.render({**values, "csrf_token": context["csrf_token"], "liked_ids": found})


@register.simple_tag
def liked_ids(user: Any, listings: Iterable[Listing]) -> set[ObjectId]:
    """The ids of those listings that the reader likes; no query for visitors, an empty list or a shared page."""
    if isinstance(user, Reader):
        return set()
    return services.liked_among(user=user, listing_ids=[listing.pk for listing in listings])


@register.filter
def with_mentions(comment: Comment) -> SafeString:
    """The words of a comment, escaped, with links to the people it mentions."""
    known = set(comment.mentions)

    def link(found: re.Match[str]) -> str:
        name = found[1].lower()
        if name not in known:
            return found[0]
        return format_html('<a href="{}">{}</a>', reverse("listings:closet-detail", args=[name]), found[0])

    return mark_safe(MENTION.sub(link, escape(comment.body)))  # noqa: S308  (escaped before the links are set)
