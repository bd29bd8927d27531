"""What listings announces."""

from dataclasses import dataclass

from bson import ObjectId

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class ListingPublished(Event):
    """A draft is for sale now."""

    listing_id: ObjectId
    seller_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class ListingEdited(Event):
    """What a listing says has changed."""

    listing_id: ObjectId
    seller_id: ObjectId
    revision: int


@dataclass(frozen=True, kw_only=True)
class ListingStatusChanged(Event):
    """A listing moved in its life, other than by being published or sold."""

    listing_id: ObjectId
    seller_id: ObjectId
    status: str


@dataclass(frozen=True, kw_only=True)
class ListingSold(Event):
    """The last unit of a listing is sold."""

    listing_id: ObjectId
    seller_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class PhotoAdded(Event):
    """A picture came that has no renditions yet."""

    key: str


@dataclass(frozen=True, kw_only=True)
class BrandRenamed(Event):
    """A brand is written in another way."""

    brand_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class LikeCountChanged(Event):
    """The number of a listing's likes, as it is stored with it, has changed."""

    listing_id: ObjectId
