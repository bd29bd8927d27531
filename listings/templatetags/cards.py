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
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from listings.models import CardRow, Listing
from listings.templatetags.listings_tags import photo_states

register = template.Library()
CARD: Final = "components/listing_card.html"
CARD_SECONDS: Final = 3600
CARD_PHOTOS: Final = 2  # the cover, and the one that is seen under the mouse
# Pictures of the first row: the browser need not wait for the layout to know that they are seen.
EAGER: Final = 6
HEART: Final = 1  # its place in a key
# What differs for each reader stands in the cached card as these words, which nobody can put into a title.
TOKEN, ADDRESS = token_hex(), token_hex()


@register.simple_tag(takes_context=True)
def cards(
    context: template.Context, listings: Sequence[Any], liked_ids: set[ObjectId] | None = None
) -> SafeString:
    """The cards in the order of the list; one query for those that are not in the cache and not loaded yet."""
    request, liked_ids = context["request"], liked_ids or set()
    is_person = getattr(request, "user", None) is not None and request.user.is_authenticated
    hearts = [("liked" if row.pk in liked_ids else "not") if is_person else "visitor" for row in listings]
    keys = [_key(row, heart) for row, heart in zip(listings, hearts, strict=True)]
    known = caches["template_fragments"].get_many(keys)
    lacking = [(key, row) for key, row in zip(keys, listings, strict=True) if key not in known]
    if lacking:
        values = {"liked_ids": liked_ids, "user": getattr(request, "user", None), "csrf_token": TOKEN}
        known |= _render(lacking, values | {"next_path": ADDRESS})
    pieces = [known[key] for key in keys if key in known]
    html = "".join(piece.replace(' loading="lazy"', "", 1) for piece in pieces[:EAGER])
    html += "".join(pieces[EAGER:])
    if is_person:
        html = html.replace(TOKEN, get_token(request)).replace(ADDRESS, escape(request.get_full_path()))
    return mark_safe(html)  # noqa: S308 (what the card's template has rendered)


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
