"""What pages of other apps show of social: the thread of a listing, and which listings the reader likes."""

import re
from collections.abc import Iterable
from typing import Any

from bson import ObjectId
from django import template
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from listings.models import Listing
from social import services
from social.models import MENTION, Comment
from social.views.thread import thread_context

register = template.Library()


@register.inclusion_tag("social/thread.html", takes_context=True)
def comment_thread(context: RequestContext, listing: Listing) -> dict[str, Any]:
    """The newest comments of a listing and the form to add one: one query."""
    return thread_context(context["request"], listing)


@register.simple_tag
def liked_ids(user: Any, listings: Iterable[Listing]) -> set[ObjectId]:
    """The ids of those listings that the reader likes; no query for strangers or an empty list."""
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
