"""What should I do today? The first page of each back office."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from listings.models import Brand, Listing, Status
from marketplace.core.outbox.models import OutboxEntry
from social.models import Comment

SHOWN, TALKED_ABOUT = 6, 40
NEW_DAYS = 7


def closet(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """A seller's drafts to finish, photos to change and conversations that wait for an answer."""
    mine = Listing.objects.from_seller(request.user)
    drafts = list(mine.filter(status=Status.DRAFT).order_by("-updated_at", "-id")[:SHOWN])
    broken = [
        row for row in mine.order_by("-updated_at", "-id")[:TALKED_ABOUT] if any(p.error for p in row.photos)
    ]
    tasks = [_task(_("Finish the draft"), row) for row in drafts]
    tasks += [_task(_("Change a photo that could not be read"), row) for row in broken[:SHOWN]]
    tasks += [
        {"what": _("Answer %(name)s") % {"name": comment.author_name}, "title": row.title,
         "url": f"{row.get_absolute_url()}#comment-{comment.pk}", "more": comment.body}
        for row, comment in _waiting(request.user)[:SHOWN]
    ]  # fmt: skip
    on_sale = mine.filter(status=Status.AVAILABLE).count()
    numbers = [
        (_("For sale"), on_sale),
        (_("Sold"), mine.filter(status=Status.SOLD).count()),
        (_("Drafts"), len(drafts)),
    ]
    add = reverse("closet_admin:listings_listing_add")
    return context | {"tasks": tasks, "numbers": numbers, "add_url": add, "add_label": _("List something")}


def _task(what: str, listing: Listing) -> dict[str, str]:
    url = reverse("closet_admin:listings_listing_change", args=[listing.pk])
    return {"what": what, "title": str(listing), "url": url, "more": ""}


def _waiting(user: User) -> list[tuple[Listing, Comment]]:
    """Listings whose conversation ends with somebody else, with what they said; the newest first."""
    talked = Listing.objects.from_seller(user).available().filter(comment_count__gt=0).newest()[:TALKED_ABOUT]
    found = []
    for listing in talked:
        last = Comment.objects.on(listing.pk).newest().first()
        if last and last.author_id != user.pk and not last.is_removed:
            found.append((listing, last))
    return sorted(found, key=lambda row: row[1].created_at, reverse=True)


def staff(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What waits for staff: reactions that failed for good, brands to look at."""
    tasks = []
    if dead := OutboxEntry.objects.dead().count():
        words = ngettext("%(n)d reaction failed for good", "%(n)d reactions failed for good", dead) % {
            "n": dead
        }
        url = reverse("staff:core_outboxentry_changelist") + "?state__exact=dead"
        tasks.append({"what": words, "title": _("Run them again"), "url": url, "more": ""})
    if brands := Brand.objects.filter(is_reviewed=False).count():
        words = ngettext(
            "%(n)d brand was typed by a seller", "%(n)d brands were typed by sellers", brands
        ) % {"n": brands}
        url = reverse("staff:listings_brand_changelist") + "?is_reviewed__exact=0"
        tasks.append({"what": words, "title": _("Accept or rename them"), "url": url, "more": ""})
    since = timezone.now() - timedelta(days=NEW_DAYS)
    numbers = [
        (_("People who joined this week"), User.objects.filter(date_joined__gte=since).count()),
        (_("Listed this week"), Listing.objects.available().filter(published_at__gte=since).count()),
        (_("Reactions waiting"), OutboxEntry.objects.waiting().count()),
    ]
    return context | {"tasks": tasks, "numbers": numbers}
