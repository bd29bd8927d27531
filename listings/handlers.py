"""How listings reacts to what happens elsewhere."""

from collections.abc import Iterator
from datetime import datetime

from bson import ObjectId

from accounts.events import AccountClosed, AccountReopened, ProfileChanged
from listings import services
from listings.events import BrandRenamed, PhotoAdded
from marketplace.core.events import on
from marketplace.core.pictures import Image


def photos_since(since: datetime) -> Iterator[PhotoAdded]:
    """Every picture that was uploaded since then, for a replay."""
    # Ids begin with the time they were made at: this reads the index of _id, and created_at has none.
    keys = (
        Image.objects.filter(pk__gte=ObjectId.from_datetime(since))
        .order_by("pk")
        .values_list("key", flat=True)
    )
    return (PhotoAdded(key=key) for key in keys.iterator())


@on(PhotoAdded, external=True, replay=photos_since)
def render_photos(events: list[PhotoAdded]) -> None:
    """Makes the public renditions of each new picture, once a picture; a storage that is away is tried again."""
    for key in dict.fromkeys(event.key for event in events):
        services.render_photo(key=key)


@on(ProfileChanged, external=True)
def refresh_seller_snapshots(events: list[ProfileChanged]) -> None:
    """Writes a person's new name and avatar onto their listings (idempotent: it reads how the person is now)."""
    for user_id in dict.fromkeys(event.user_id for event in events):
        services.refresh_seller(user_id=user_id)


@on(AccountClosed, AccountReopened, external=True)
def follow_account(events: list[AccountClosed | AccountReopened]) -> None:
    """Takes the listings of closed accounts off sale and puts those of open ones back (idempotent)."""
    for user_id in dict.fromkeys(event.user_id for event in events):
        services.follow_account(user_id=user_id)


@on(BrandRenamed, external=True)
def refresh_brand_snapshots(events: list[BrandRenamed]) -> None:
    """Writes a brand's new name onto its listings (idempotent: it reads how the brand is now)."""
    for brand_id in dict.fromkeys(event.brand_id for event in events):
        services.refresh_brand(brand_id=brand_id)
