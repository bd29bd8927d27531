"""What ranks beside the text, the same for every engine: how well a listing is described, and how slowly it ages.

    rank = text x quality x age
    quality = (0.7 + 0.15 photos / 4 + 0.15 characters / 120) x different words of the title / words of the title
    age = 0.85 + 0.15 x 2^(-days / 60)

Never who shares it, and nothing that can be bought.
"""

import re
from typing import Final

from listings.models import Listing

PHOTOS: Final = 4  # that are enough
LENGTH: Final = 120  # characters of a description that are enough
PHOTOS_SHARE, LENGTH_SHARE, AGE_SHARE = 0.15, 0.15, 0.15
HALF_LIFE_DAYS: Final = 60
# As the rule-book page says it.
RANKING: Final = {
    "photos": PHOTOS, "length": LENGTH, "days": HALF_LIFE_DAYS, "photos_pct": round(100 * PHOTOS_SHARE),
    "length_pct": round(100 * LENGTH_SHARE), "age_pct": round(100 * AGE_SHARE),
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W_]+")


def quality(listing: Listing) -> float:
    """1 for a complete listing, less for missing photos and words, and least for a stuffed title."""
    photos = min(PHOTOS, listing.photo_count) / PHOTOS
    described = min(LENGTH, len(listing.description)) / LENGTH
    words = _WORD.findall(listing.title.casefold())
    told = 1 - PHOTOS_SHARE * (1 - photos) - LENGTH_SHARE * (1 - described)
    return round(told * len(set(words)) / len(words) if words else told, 4)
