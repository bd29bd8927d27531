"""What should I do today? The first page of each back office."""

from datetime import timedelta
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from listings.models import EDITABLE, Brand, Listing, Status
from marketplace.core.counting import count_up_to, shown
from marketplace.core.outbox.models import OutboxEntry
from marketplace.mongo.hints import by_index
from social.models import Comment

SHOWN, TALKED_ABOUT = 6, 40
NEW_DAYS = 7


def closet(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """A seller's drafts to finish, photos to change and conversations that wait for an answer."""
    mine = Listing.objects.from_seller(request.user)
    drafts = list(
        by_index(mine.filter(status=Status.DRAFT), "listing_seller_changed").order_by("-updated_at", "-id")[
            :SHOWN
        ]
    )
    changed = by_index(mine.filter(status__in=EDITABLE), "listing_seller_changed").order_by(
        "-updated_at", "-id"
    )
    broken = [row for row in changed[:TALKED_ABOUT] if any(p.error for p in row.photos)]
    tasks = [_task(_("Finish the draft"), row) for row in drafts]
    tasks += [_task(_("Change a photo that could not be read"), row) for row in broken[:SHOWN]]
    tasks += [
        {"what": _("Answer %(name)s") % {"name": comment.author_name}, "title": row.title,
         "url": f"{row.get_absolute_url()}#comment-{comment.pk}", "more": comment.body}
        for row, comment in _waiting(request.user)[:SHOWN]
    ]  # fmt: skip
    names = {Status.AVAILABLE: _("For sale"), Status.SOLD: _("Sold"), Status.DRAFT: _("Drafts")}
    counts = Listing.objects.all().counts_of(request.user.pk, list(names))
    numbers = [(name, shown(counts[status])) for status, name in names.items()]
    add = reverse("closet_admin:listings_listing_add")
    return context | {"tasks": tasks, "numbers": numbers, "add_url": add, "add_label": _("List something")}


def _task(what: str, listing: Listing) -> dict[str, str]:
    url = reverse("closet_admin:listings_listing_change", args=[listing.pk])
    return {"what": what, "title": str(listing), "url": url, "more": ""}


def _waiting(user: User) -> list[tuple[Listing, Comment]]:
    """Listings whose conversation ends with somebody else, with what they said; the newest first."""
    talked = by_index(
        Listing.objects.from_seller(user).available().filter(comment_count__gt=0).newest(),
        "listing_seller_talked",
    )[:TALKED_ABOUT]
    listings = {listing.pk: listing for listing in talked}
    last = Comment.objects.all().last_on(list(listings))
    found = [
        (listings[pk], comment) for pk, comment in last.items()
        if comment.author_id != user.pk and not comment.is_removed
    ]  # fmt: skip
    return sorted(found, key=lambda row: row[1].created_at, reverse=True)


def staff(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """What waits for staff: reactions that failed for good, brands to look at."""
    tasks = []
    if dead := count_up_to(OutboxEntry.objects.dead()):
        words = ngettext("%(n)d reaction failed for good", "%(n)d reactions failed for good", dead) % {
            "n": dead
        }
        url = reverse("staff:core_outboxentry_changelist") + "?state__exact=dead"
        tasks.append({"what": words, "title": _("Run them again"), "url": url, "more": ""})
    if brands := count_up_to(Brand.objects.filter(is_reviewed=False)):
        words = ngettext(
            "%(n)d brand was typed by a seller", "%(n)d brands were typed by sellers", brands
        ) % {"n": brands}
        url = reverse("staff:listings_brand_changelist") + "?is_reviewed__exact=0"
        tasks.append({"what": words, "title": _("Accept or rename them"), "url": url, "more": ""})
    since = timezone.now() - timedelta(days=NEW_DAYS)
    fresh = Listing.objects.available().filter(published_at__gte=since)
    counted = {
        _("People who joined this week"): User.objects.filter(date_joined__gte=since),
        _("Listed this week"): by_index(fresh, "listing_newest"),
        _("Reactions waiting"): OutboxEntry.objects.waiting(),
    }
    numbers = [(name, shown(count_up_to(rows))) for name, rows in counted.items()]
    return context | {"tasks": tasks, "numbers": numbers}
