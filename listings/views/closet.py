"""Closets: the one everybody sees, and the seller's own side of it."""

from typing import Any

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from listings.models import BY_AGE, KEPT, Listing, Photo, Status
from listings.views.browse import grid, rows_of
from marketplace.core.counting import shown
from marketplace.core.keyset import page_of
from marketplace.core.person_cache import cache_for_people, not_shared_with
from marketplace.core.rules import rule
from marketplace.core.visitor_cache import cache_for_visitors
from marketplace.mongo.hints import by_index

COVERS = 5  # pictures across the top of a closet
# Tabs of a closet and of one's own: address word -> what stands in it.
SHOWN = {"": [Status.AVAILABLE], "sold": [Status.SOLD], "about": []}
MINE = {
    "": [Status.AVAILABLE, Status.RESERVED],
    "drafts": [Status.DRAFT],
    "hidden": [Status.NOT_FOR_SALE, Status.SUSPENDED],
    "sold": [Status.SOLD],
}


def counts_of(user: User) -> dict[str, int]:
    """How many listings a person has in each status, counted to a thousand; one query that reads only an index."""
    return Listing.objects.all().counts_of(user.pk, KEPT)


def covers_of(ids: list[ObjectId]) -> list[Photo]:
    """The rendered first pictures of these listings, in their order: one query, none for no listings."""
    found = Listing.objects.only("photos").in_bulk(ids) if ids else {}
    covers = (found[pk].cover for pk in ids if pk in found)
    return [cover for cover in covers if cover and cover.is_ready]


def tabs(
    address: str, names: dict[str, Any], where: dict[str, list], counts: dict[str, int], now: str
) -> list[dict]:
    """What tabs.html shows; a tab of listings has their number."""
    return [
        {
            "url": f"{address}?tab={tab}" if tab else address,
            "label": names[tab],
            "count": shown(sum(counts.get(status, 0) for status in statuses)) if statuses else None,
            "current": tab == now,
        }
        for tab, statuses in where.items()
    ]


@cache_for_visitors
@cache_for_people
@require_safe
def closet_detail(request: HttpRequest, username: str) -> HttpResponse:
    """Somebody's closet."""
    if username != username.lower():
        return redirect("listings:closet-detail", username.lower())
    owner = get_object_or_404(User.objects.active(), username=username)
    tab = request.GET.get("tab", "") if request.GET.get("tab") in SHOWN else ""
    status = SHOWN[tab][0] if SHOWN[tab] else Status.AVAILABLE
    listings = by_index(Listing.objects.filter(status=status).from_seller(owner), "listing_seller_newest")
    page = rows_of(listings, BY_AGE, request.GET.get("after", ""))
    context: dict[str, Any] = {"listings": page.items, "next_cursor": page.next_cursor}
    if not request.htmx:
        not_shared_with(request, owner.pk)
        counts = counts_of(owner)
        first = page.items[:COVERS]
        # A function: the template calls it only when the pictures are not in the cache under their key.
        context |= {"covers": lambda: covers_of([row.pk for row in first]), "covers_key": first}
        names = {"": _("For sale"), "sold": _("Sold"), "about": _("About")}
        numbers = {status: shown(number) for status, number in counts.items()}
        context |= {"owner": owner, "counts": numbers, "tab": tab, "is_mine": request.user == owner}
        context["tabs"] = tabs(owner.get_absolute_url(), names, SHOWN, counts, tab)
    return grid(request, "listings/closet_detail.html", context)


@login_required
@require_safe
def my_closet(request: HttpRequest) -> HttpResponse:
    """The seller's own listings, drafts and all, with what can be done to each."""
    tab = request.GET.get("tab", "") if request.GET.get("tab") in MINE else ""
    mine = by_index(
        Listing.objects.from_seller(request.user).filter(status__in=MINE[tab]), "listing_seller_changed"
    )
    order, after, size = ("-updated_at", "-id"), request.GET.get("after", ""), rule("search.page_size")
    page = page_of(mine.cards(), order=order, after=after, size=size)
    context: dict[str, Any] = {"listings": page.items, "next_cursor": page.next_cursor, "tab": tab}
    if not request.htmx:
        names = {"": _("For sale"), "drafts": _("Drafts"), "hidden": _("Not for sale"), "sold": _("Sold")}
        context["tabs"] = tabs(request.path, names, MINE, counts_of(request.user), tab)
    template = "listings/parts/rows.html" if request.htmx else "listings/my_closet.html"
    return render(request, template, context)
