"""{% cards listings liked_ids %}: the cards of a list, each rendered once for each state that it shows.

A card depends on its listing's revision, like count and the state of its photos, and on whether its reader likes it.
All of that is in its key, so a cached card is never an old one. Token and address of the reader are put in afterwards.
"""

from collections.abc import Sequence
from secrets import token_hex
from typing import Any, Final

from bson import ObjectId
from django import template
from django.core.cache import caches
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from listings.models import CardRow, Listing
from listings.templatetags.listings_tags import photo_states
from marketplace.core.person_cache import TOKEN, Rendering, Slot, rendering_of

register = template.Library()
CARD: Final = "components/listing_card.html"
CARD_SECONDS: Final = 3600
CARD_PHOTOS: Final = 2  # the cover, and the one that is seen under the mouse
# Pictures of the first row: the browser need not wait for the layout to know that they are seen.
EAGER: Final = 6
HEART: Final = 1  # its place in a key
# With TOKEN, what differs for each reader: this word stands for it in the cached card; nobody can put it into a title.
ADDRESS: Final = token_hex()


@register.simple_tag(takes_context=True)
def cards(
    context: template.Context, listings: Sequence[Any], liked_ids: set[ObjectId] | None = None
) -> SafeString:
    """The cards in the order of the list; one query for those that are not in the cache and not loaded yet."""
    request, liked_ids = context["request"], liked_ids or set()
    if rendering := rendering_of(request):
        return mark_safe(_shared(rendering, listings, request))  # noqa: S308 (what the card's template has rendered)
    is_person = getattr(request, "user", None) is not None and request.user.is_authenticated
    hearts = [("liked" if row.pk in liked_ids else "not") if is_person else "visitor" for row in listings]
    pieces = _pieces(listings, hearts, {"liked_ids": liked_ids, "user": getattr(request, "user", None)})
    html = "".join(
        _eager(piece) if place < EAGER else piece for place, piece in enumerate(filter(None, pieces))
    )
    if is_person:
        html = html.replace(TOKEN, get_token(request)).replace(ADDRESS, escape(request.get_full_path()))
    return mark_safe(html)  # noqa: S308 (what the card's template has rendered)


def _shared(rendering: Rendering, listings: Sequence[Any], request: HttpRequest) -> str:
    """Each card for readers who like it and for those who do not."""
    both = []
    for heart in ("liked", "not"):
        liked_ids = {row.pk for row in listings} if heart == "liked" else set()
        both.append(
            _pieces(listings, [heart] * len(listings), {"liked_ids": liked_ids, "user": request.user})
        )
    html, address = "", escape(request.get_full_path())
    for place, (row, liked, other) in enumerate(zip(listings, *both, strict=True)):
        if liked and other:
            texts = (piece.replace(ADDRESS, address) for piece in (liked, other))
            html += rendering.mark(Slot("liked", row.pk, *(map(_eager, texts) if place < EAGER else texts)))
    return html


def _eager(piece: str) -> str:
    return piece.replace(' loading="lazy"', "", 1)


def _pieces(listings: Sequence[Any], hearts: Sequence[str], values: dict[str, Any]) -> list[str | None]:
    """The card of each listing with its heart; None for one that is no longer public."""
    keys = [_key(row, heart) for row, heart in zip(listings, hearts, strict=True)]
    known = caches["template_fragments"].get_many(keys)
    lacking = [(key, row) for key, row in zip(keys, listings, strict=True) if key not in known]
    if lacking:
        known |= _render(lacking, values | {"csrf_token": TOKEN, "next_path": ADDRESS})
    return [known.get(key) for key in keys]


def _key(row: Any, heart: str) -> str:
    states = photo_states(row.photos[:CARD_PHOTOS])
    return f"card.{heart}.{row.pk}.{row.revision}.{row.like_count}.{states}.{get_language()}"


def _render(lacking: Sequence[tuple[str, Any]], values: dict[str, Any]) -> dict[str, str]:
    """Each card by its key, without those whose listing is no longer public."""
    ids = [row.pk for _key, row in lacking if isinstance(row, CardRow)]
    loaded = Listing.objects.public().cards().in_bulk(ids) if ids else {}
    card, made, states = get_template(CARD), {}, {}
    for key, row in lacking:
        listing = loaded.get(row.pk) if isinstance(row, CardRow) else row
        if listing is None:
            continue
        made[key] = card.render(values | {"listing": listing})
        # A listing that changed after its row was read is shown as it is now, and cached as what it is now.
        states[_key(listing, key.split(".")[HEART])] = made[key]
    caches["template_fragments"].set_many(states, CARD_SECONDS)
    return made
