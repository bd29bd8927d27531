"""{% cards listings liked_ids %}: the cards of a list, each rendered once for each of its revisions and like counts.

The list may hold rows that know only their id, revision and like count: what is not on the shelf is then loaded in
one query. A card with photos that are still being prepared is not kept, because their arrival is no new revision.
"""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any, Final

from bson import ObjectId
from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from listings.models import Listing
from marketplace.core.templatetags.kept import Shelf

register = template.Library()
CARDS: Final = Shelf(20_000)
CARD: Final = "components/listing_card.html"
NEEDED: Final = {"title", "status", "price_cents", "brand_name", "sizes", "photos"}
EAGER: Final = (
    6  # pictures of the first row: the browser need not wait for the layout to know that they are seen
)
# What differs for each reader stands in the kept card as these words, which nobody can put into a title.
TOKEN, ADDRESS = token_hex(), token_hex()


@register.simple_tag(takes_context=True)
def cards(
    context: template.Context, listings: Sequence[Any], liked_ids: set[ObjectId] | None = None
) -> SafeString:
    """The cards in the order of the list."""
    request, liked_ids = context["request"], liked_ids or set()
    is_person = getattr(request, "user", None) is not None and request.user.is_authenticated
    keys = [_key(listing, (listing.pk in liked_ids) if is_person else None) for listing in listings]
    pieces = [CARDS.get(key) if key else None for key in keys]
    lacking = [listing for listing, piece in zip(listings, pieces, strict=True) if piece is None]
    full = _loaded(lacking)
    template_ = get_template(CARD)
    for at, (listing, key) in enumerate(zip(listings, keys, strict=True)):
        if pieces[at] is None:
            whole = full.get(listing.pk, listing)
            values = {"listing": whole, "liked_ids": liked_ids, "user": getattr(request, "user", None)}
            pieces[at] = template_.render(values | {"csrf_token": TOKEN, "next_path": ADDRESS})
            if key and all(photo.is_ready or photo.error for photo in whole.photos[:2]):
                CARDS.put(key, pieces[at])
    html = "".join(piece.replace(' loading="lazy"', "", 1) for piece in pieces[:EAGER]) + "".join(
        pieces[EAGER:]
    )
    if is_person:
        html = html.replace(TOKEN, get_token(request)).replace(ADDRESS, escape(request.get_full_path()))
    return mark_safe(html)  # noqa: S308 (what the card's template has rendered)


def _key(listing: Any, is_liked: bool | None) -> tuple[Any, ...] | None:
    if settings.DEBUG or not isinstance(listing, Listing):
        return None
    return listing.pk, listing.revision, listing.like_count, is_liked, get_language()


def _loaded(listings: Sequence[Any]) -> dict[ObjectId, Listing]:
    """Those of the rows that are not whole, loaded."""
    rows = [row.pk for row in listings if isinstance(row, Listing) and NEEDED & row.get_deferred_fields()]
    return Listing.objects.cards().in_bulk(rows) if rows else {}
