"""A listing as little as a page of cards needs to find each card that it has rendered before."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bson import ObjectId
from django.db.models import QuerySet

from marketplace.mongo.rows import documents

SELLER = ("seller_username", "seller_name", "seller_avatar")
FIELDS = (
    *SELLER, "revision", "like_count", "published_at", "price_cents", "photos.is_ready", "photos.error",
)  # fmt: skip


class PhotoState(NamedTuple):
    """How the rendering of one photo stands."""

    is_ready: bool
    error: str


@dataclass(frozen=True, slots=True)
class CardRow:
    """What a rendered card depends on, and the fields that lists are ordered by."""

    id: ObjectId
    revision: int
    like_count: int
    published_at: datetime | None
    price_cents: int | None
    photos: tuple[PhotoState, ...]
    seller: tuple[str, ...]  # username, name, avatar

    @property
    def has_picture(self) -> bool:
        """Whether the cover is rendered."""
        return bool(self.photos) and self.photos[0].is_ready

    @property
    def pk(self) -> ObjectId:
        return self.id


def card_rows(listings: QuerySet) -> list[CardRow]:
    """The rows of a query of listings: one read, no model objects."""
    return [card_row(document) for document in documents(listings, *FIELDS)]


def card_row(document: dict[str, Any]) -> CardRow:
    """The row of a document that has FIELDS."""
    at = document.get("published_at")
    photos = (PhotoState(photo["is_ready"], photo["error"]) for photo in document["photos"])
    return CardRow(
        document["_id"], document["revision"], document["like_count"], at and at.replace(tzinfo=UTC),
        document.get("price_cents"), tuple(photos), tuple(document[name] for name in SELLER),
    )  # fmt: skip
