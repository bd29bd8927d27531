"""What workers and the clock do with photos: make what is shown, let go of what nobody will see again."""

from datetime import timedelta

from bson import ObjectId
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.models import Listing, Stock
from marketplace.core.db import atomic
from marketplace.core.pictures import (
    LISTING_RENDITIONS,
    Rendered,
    Undecodable,
    note_rendered,
    prepare,
    release_pictures,
)
from marketplace.core.rules import rule


def render_photo(*, key: str) -> None:
    """Makes the public renditions of a picture and tells every listing that shows it; safe to run twice.

    What cannot be decoded is said on the listing. Whatever the storage raises is raised, so that it is tried again.
    """
    try:
        rendered, error = prepare(key, LISTING_RENDITIONS), ""
    except Undecodable as problem:
        rendered, error = None, str(problem)
    finish_photo(key, rendered, error)


@atomic
def finish_photo(key: str, rendered: Rendered | None, error: str) -> None:
    """Notes how a rendering ended, on the picture and on every listing that shows it."""
    image = note_rendered(key, rendered, error)
    if image is not None:
        told = str(_("This photo could not be read. Take it off and try another file.")) if error else ""
        is_ready = image.has(LISTING_RENDITIONS)
        Listing.objects.all().mark_photo(key=key, is_ready=is_ready, error=told, color=image.color)


def release_removed_photos() -> int:
    """Lets go of the photos of listings that were removed some days ago and never sold; of how many listings.

    What has been sold, or is just being paid for, keeps its photos in the records.
    """
    before = timezone.now() - timedelta(days=rule("listing.removed_photos_days"))
    done = 0
    for pk in Listing.objects.removed_with_photos(before).values_list("pk", flat=True):
        done += _release(pk)
    return done


@atomic
def _release(pk: ObjectId) -> int:
    if any(row.sold_count or row.holds for row in Stock.objects.of(pk)):
        return 0
    listing = Listing.objects.get(pk=pk)
    if not Listing.objects.all().clear_photos(listing_id=pk, keys=listing.photo_keys):
        return 0
    release_pictures(listing.photo_keys)
    return 1
