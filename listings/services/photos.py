"""Photos of a listing: taken in one by one, so that a bad file never costs the others."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.files.base import File
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import require_verified
from listings.errors import ListingChanged, ListingIncomplete, PhotosFull, PhotoThere, StatusRefused
from listings.events import ListingEdited, PhotoAdded
from listings.models import EDITABLE, Listing, Photo, Status
from listings.services.drafts import owned
from marketplace.core.db import atomic
from marketplace.core.errors import DomainError, Invalid, NotFound
from marketplace.core.events import publish
from marketplace.core.pictures import (
    LISTING_RENDITIONS,
    NEUTRAL,
    Image,
    inspect_picture,
    release_pictures,
    store_original,
    use_picture,
)
from marketplace.core.ratelimit import limited, spend
from marketplace.core.rules import rule


@dataclass(frozen=True, slots=True)
class ReceivedPhoto:
    """A file that was checked and stored, not yet anybody's photo; or why it could not be."""

    name: str
    image: Image | None
    error: DomainError | None


@dataclass(frozen=True, slots=True)
class PhotoResult:
    """How one uploaded file fared: a photo, or why not."""

    name: str
    photo: Photo | None
    error: DomainError | None


def receive_photos(*, actor: User, uploads: Iterable[File]) -> list[ReceivedPhoto]:
    """Checks and stores each file that is a photo; one result per file, in the order given. Nothing is decoded.

    Outside any transaction: a door that saves in one receives first and attaches inside. EmailNotVerified as a whole.
    """
    uploads = list(uploads)
    if uploads:
        require_verified(actor)
    return [_receive(actor, upload) for upload in uploads]


def _receive(actor: User, upload: File) -> ReceivedPhoto:
    name = str(getattr(upload, "name", "") or "")
    try:
        spend("photo", actor.pk)
        return ReceivedPhoto(name, store_original(inspect_picture(upload, field="photos"), upload), None)
    except DomainError as refusal:
        return ReceivedPhoto(name, None, refusal)


def add_photos(*, actor: User, listing: Listing, uploads: Iterable[File]) -> list[PhotoResult]:
    """Adds each file that is a photo, at the end of the order; one result per file, in the order given."""
    uploads = list(uploads)
    current = owned(actor, listing)
    room = rule("listing.photos_max") - current.photo_count
    received = receive_photos(actor=actor, uploads=uploads[: max(room, 0)])
    # Those for which there is certainly no room are refused before anything of them is stored.
    full = [ReceivedPhoto(str(upload.name or ""), None, _full()) for upload in uploads[len(received) :]]
    return attach_photos(actor=actor, listing=current, received=[*received, *full])


def attach_photos(*, actor: User, listing: Listing, received: Sequence[ReceivedPhoto]) -> list[PhotoResult]:
    """Puts received photos at the end of a listing's order; one result for each, in the order given."""
    current = owned(actor, listing)
    if current.status not in EDITABLE:
        raise StatusRefused
    results = []
    for row in received:
        try:
            photo = _attach(current, row.image.key) if row.image else None
            results.append(PhotoResult(row.name, photo, row.error))
        except DomainError as refusal:
            results.append(PhotoResult(row.name, None, refusal))
    return results


@atomic
def _attach(listing: Listing, key: str) -> Photo:
    there = set(Listing.objects.filter(pk=listing.pk).values_list("photo_keys", flat=True)[0])
    # Asked before anything is written: inside a door's own transaction a refusal of one photo must leave no trace.
    if key in there:
        raise PhotoThere(fields={"photos": [str(PhotoThere.message)]})
    if len(there) >= rule("listing.photos_max"):
        raise _full()
    image = use_picture(key)
    photo = photo_of(image)
    if not Listing.objects.all().push_photo(
        listing_id=listing.pk, photo=photo, most=rule("listing.photos_max")
    ):
        raise ListingChanged
    if not photo.is_ready:
        publish(PhotoAdded(key=key))
    _announce(listing)
    return photo


def photo_of(image: Image) -> Photo:
    """A listing's photo of a picture as it is now."""
    return Photo(
        key=image.key, width=image.width, height=image.height, color=image.color or NEUTRAL,
        is_ready=image.has(LISTING_RENDITIONS),
    )  # fmt: skip


def _full() -> PhotosFull:
    most = rule("listing.photos_max")
    return PhotosFull(fields={"photos": [_("A listing has at most %(max)d photos.") % {"max": most}]})


@limited("edit", by="actor")
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


@limited("edit", by="actor")
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
    release_pictures([key])
    _announce(current)
    return Listing.objects.get(pk=current.pk)


def _announce(listing: Listing) -> None:
    if listing.status != Status.DRAFT:
        publish(
            ListingEdited(listing_id=listing.pk, seller_id=listing.seller_id, revision=listing.revision + 1)
        )
