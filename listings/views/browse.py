"""The lists of categories and brands, and one listing."""

from itertools import groupby
from typing import Any

from bson import ObjectId
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from listings import taxonomy
from listings.models import Brand, CardRow, Listing, Status, Stock, card_rows
from marketplace.core.keyset import Page, page_of
from marketplace.core.person_cache import cache_for_people, not_shared_with
from marketplace.core.rules import rule
from marketplace.core.visitor_cache import cache_for_visitors

MORE_SHOWN = 6


def rows_of(listings: QuerySet, order: tuple[str, ...], after: str) -> Page[CardRow]:
    """One page of what {% cards %} needs to find each card that it has rendered before."""
    return page_of(listings, order=order, after=after, size=rule("search.page_size"), load=card_rows)


def grid(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The whole page, or for htmx only the next cards and the pager."""
    fragment = "listings/parts/cards.html"
    response = render(request, fragment if request.htmx else template, context)
    response["Vary"] = "HX-Request, Cookie"
    return response


@cache_for_visitors
@cache_for_people
@require_safe
def category_list(request: HttpRequest) -> HttpResponse:
    """The whole tree down to the categories: where a phone's "Browse" leads."""
    tree = [(top, taxonomy.children(top.slug)) for top in taxonomy.departments()]
    return render(request, "listings/category_list.html", {"tree": tree})


@cache_for_visitors
@cache_for_people
@require_safe
def brand_list(request: HttpRequest) -> HttpResponse:
    """Every reviewed brand, by its first letter."""
    brands = sorted(Brand.objects.filter(is_reviewed=True), key=lambda brand: brand.name_ci)
    letters = groupby(
        brands, key=lambda brand: first if (first := brand.name_ci[:1].upper()).isalpha() else "#"
    )
    context = {"letters": [(letter, list(group)) for letter, group in letters]}
    return render(request, "listings/brand_list.html", context)


@cache_for_visitors
@cache_for_people
@require_safe
def listing_detail(request: HttpRequest, pk: ObjectId, slug: str = "") -> HttpResponse:
    """One listing with all that is known of it."""
    listing = get_object_or_404(Listing.objects.visible_to(request.user), pk=pk)
    if listing.status == Status.DRAFT:
        return redirect("listings:listing-edit", pk)
    not_shared_with(request, listing.seller_id)
    context = {
        "listing": listing,
        "is_mine": request.user.is_authenticated and listing.seller_id == request.user.pk,
        # One size says itself; only several can be sold out one by one.
        "stock": list(Stock.objects.of(listing.pk)) if len(listing.sizes) > 1 else [],
        "path": taxonomy.path_of(listing.category_path[-1]) if listing.category_path else [],
        "address": request.build_absolute_uri(listing.get_absolute_url()),
    }
    return render(request, "listings/listing_detail.html", context)


@cache_for_visitors
@cache_for_people
@require_safe
def listing_more(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """A few other things from the same closet; asked for when a reader gets that far."""
    listing = get_object_or_404(Listing.objects.public().only("id", "seller_id", "seller_username"), pk=pk)
    if not request.htmx:
        return redirect(reverse("listings:closet-detail", args=[listing.seller_username]))
    others = (
        Listing.objects.available().filter(seller_id=listing.seller_id).newest().cards()[: MORE_SHOWN + 1]
    )
    context = {"listings": [other for other in others if other.pk != pk][:MORE_SHOWN], "listing": listing}
    return render(request, "listings/parts/more.html", context)
