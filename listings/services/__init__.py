"""The verbs of listings; the only code that writes them, their stock and their photos."""

from listings.services.brands import brand_slug, rename_brand, review_brand
from listings.services.closing import follow_account
from listings.services.counts import add_to_counts, lock_comments
from listings.services.drafts import (
    create_draft,
    edit_listing,
    find_made,
    may_be_made_of,
    seen_after,
    set_stock,
)
from listings.services.fees import earning_of, fee_of
from listings.services.imports import ImportRow, import_listings, take_picture
from listings.services.life import publish_listing, remove_listing, set_status
from listings.services.photos import (
    PhotoResult,
    ReceivedPhoto,
    add_photos,
    attach_photos,
    order_photos,
    receive_photos,
    remove_photo,
)
from listings.services.renditions import release_removed_photos, render_photo
from listings.services.seen import Seen
from listings.services.snapshots import refresh_brand, refresh_seller
from listings.services.stock import hold_stock, release_expired_holds, release_stock, take_stock
from listings.services.taxonomy import load_taxonomy

__all__ = [
    "ImportRow",
    "PhotoResult",
    "ReceivedPhoto",
    "Seen",
    "add_photos",
    "add_to_counts",
    "attach_photos",
    "brand_slug",
    "create_draft",
    "earning_of",
    "edit_listing",
    "fee_of",
    "find_made",
    "follow_account",
    "hold_stock",
    "import_listings",
    "load_taxonomy",
    "lock_comments",
    "may_be_made_of",
    "order_photos",
    "publish_listing",
    "receive_photos",
    "refresh_brand",
    "refresh_seller",
    "release_expired_holds",
    "release_removed_photos",
    "release_stock",
    "remove_listing",
    "remove_photo",
    "rename_brand",
    "render_photo",
    "review_brand",
    "seen_after",
    "set_status",
    "set_stock",
    "take_picture",
    "take_stock",
]  # fmt: skip
