"""Likes as a page."""

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from listings.models import Listing
from marketplace.core.keyset import page_of
from marketplace.core.pages import back_to
from marketplace.core.rules import rule
from social import services
from social.models import Like


@require_POST
@login_required
def listing_like(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Likes (like=1) or takes it back (like=0); htmx gets the button as it is now."""
    listing = get_object_or_404(Listing.objects.visible_to(request.user), pk=pk)
    wanted = request.POST.get("like") != "0"
    act = services.like_listing if wanted else services.unlike_listing
    if act(user=request.user, listing_id=listing.pk):
        # The count itself is written a moment later; the person should see their own like at once.
        listing.like_count = max(listing.like_count + (1 if wanted else -1), 0)
    if not request.htmx:
        return redirect(back_to(request, listing.get_absolute_url()))
    context = {
        "listing": listing,
        "liked_ids": {listing.pk} if wanted else set(),
        "inline": "inline" in request.POST,
    }
    return render(request, "components/like_button.html", context)


@require_safe
@login_required
def my_likes(request: HttpRequest) -> HttpResponse:
    """What the person likes, newest like first."""
    page = page_of(
        Like.objects.filter(user_id=request.user.pk), order=["-id"], after=request.GET.get("after", ""),
        size=rule("search.page_size"),
    )  # fmt: skip
    found = Listing.objects.public().cards().in_bulk([like.listing_id for like in page.items])
    listings = [found[like.listing_id] for like in page.items if like.listing_id in found]
    context = {"listings": listings, "next_cursor": page.next_cursor, "liked_ids": set(found)}
    return render(
        request, "components/listing_grid.html" if request.htmx else "social/my_likes.html", context
    )
