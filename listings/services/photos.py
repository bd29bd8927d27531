"""Photos of a listing: taken in one by one, so that a bad file never costs the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from listings.errors import ListingChanged, ListingIncomplete, PhotosFull, StatusRefused
from listings.events import ListingEdited, PhotoAdded
from listings.models import EDITABLE, Image, Listing, Photo, Status
from listings.services.drafts import owned
from marketplace.core.db import atomic
from marketplace.core.errors import DomainError, Invalid, NotFound
from marketplace.core.events import publish
from marketplace.core.pictures import (
    LISTING_RENDITIONS,
    Picture,
    inspect_picture,
    render_picture,
    store_original,
)
from marketplace.core.ratelimit import spend
from marketplace.core.rules import rule


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """How one uploaded file fared: a photo, or why not."""

    name: str
    photo: Photo | None
    error: DomainError | None


def add_photos(*, actor: User, listing: Listing, uploads: Iterable[File]) -> list[PhotoResult]:
    """Adds each file that is a photo, at the end of the order; one result per file, in the order given."""
    current = owned(actor, listing)
    if current.status not in EDITABLE:
        raise StatusRefused
    return [_add_photo(actor, current, upload) for upload in uploads]


def _add_photo(actor: User, listing: Listing, upload: File) -> PhotoResult:
    name = str(getattr(upload, "name", "") or "")
    try:
        spend("photo", actor.pk)
        picture = inspect_picture(upload, field="photos")
        store_original(picture.key, upload)
        return PhotoResult(name, _attach(listing, picture), None)
    except DomainError as refusal:
        return PhotoResult(name, None, refusal)


@atomic
def _attach(listing: Listing, picture: Picture) -> Photo:
    image, _made = Image.objects.get_or_create(
        key=picture.key,
        defaults={
            "width": picture.width, "height": picture.height, "color": picture.color, "bytes": picture.bytes,
            "content_type": picture.content_type,
        },
    )  # fmt: skip
    # This write makes a rendering that ends at the same moment conflict and retry, so is_ready is never missed.
    Image.objects.filter(pk=image.pk).update(uses=F("uses") + 1)
    is_ready = image.state == Image.State.READY
    photo = Photo(key=image.key, width=image.width, height=image.height, color=image.color, is_ready=is_ready)
    most = rule("listing.photos_max")
    if not Listing.objects.all().push_photo(listing_id=listing.pk, photo=photo, most=most):
        if Listing.objects.filter(pk=listing.pk, photo_keys__contains=[photo.key]).exists():
            raise Invalid(fields={"photos": [_("This photo is there already.")]})
        raise PhotosFull(fields={"photos": [_("A listing has at most %(max)d photos.") % {"max": most}]})
    if not is_ready:
        Image.objects.filter(pk=image.pk).update(state=Image.State.PENDING, error="")
        publish(PhotoAdded(key=image.key))
    _announce(listing)
    return photo


@atomic
def order_photos(*, actor: User, listing: Listing, keys: Sequence[str]) -> Listing:
    """Puts the photos into this order, the first being the cover; the keys must be exactly those it has."""
    current = owned(actor, listing)
    photos = {photo.key: photo for photo in current.photos}
    if current.status not in EDITABLE:
        raise StatusRefused
    if sorted(keys) != sorted(photos):
        raise Invalid(fields={"photos": [_("The order must name each photo once.")]})
    if list(keys) == current.photo_keys:
        return current
    current.photos, current.photo_keys = [photos[key] for key in keys], list(keys)
    changed = Listing.objects.filter(pk=current.pk, revision=current.revision).update(
        photos=current.photos,
        photo_keys=current.photo_keys,
        updated_at=timezone.now(),
        revision=F("revision") + 1,
    )
    if not changed:
        raise ListingChanged
    _announce(current)
    return current


@atomic
def remove_photo(*, actor: User, listing: Listing, key: str) -> Listing:
    """Takes a photo off a listing; the last one of a published listing stays."""
    current = owned(actor, listing)
    if current.status not in EDITABLE:
        raise StatusRefused
    if current.status != Status.DRAFT and current.photo_keys == [key]:
        raise ListingIncomplete(
            fields={"photos": [_("A listing needs at least one photo. Add another one first.")]}
        )
    if not Listing.objects.all().pull_photo(listing_id=current.pk, key=key):
        raise NotFound
    _announce(current)
    return Listing.objects.get(pk=current.pk)


def render_photo(*, key: str) -> None:
    """Makes the public renditions of a picture and tells every listing that shows it; safe to run twice."""
    image = Image.objects.filter(key=key).first()
    if image is None:
        return
    error = ""
    if image.state != Image.State.READY:
        try:
            render_picture(key, LISTING_RENDITIONS)
        except (OSError, SyntaxError, ValueError) as problem:
            # Its header was fine but the data is not: say so on the listing instead of trying for ever.
            error = str(problem)
    _finish(key, error)


@atomic
def _finish(key: str, error: str) -> None:
    state = Image.State.FAILED if error else Image.State.READY
    limit = Image._meta.get_field("error").max_length
    Image.objects.filter(key=key).update(state=state, error=error[:limit])
    told = str(_("This photo could not be read. Take it off and try another file.")) if error else ""
    Listing.objects.all().mark_photo(key=key, is_ready=not error, error=told)


def _announce(listing: Listing) -> None:
    if listing.status != Status.DRAFT:
        publish(
            ListingEdited(listing_id=listing.pk, seller_id=listing.seller_id, revision=listing.revision + 1)
        )
