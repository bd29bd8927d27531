"""What social announces."""

from dataclasses import dataclass

from bson import ObjectId

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class CommentPosted(Event):
    """Somebody said something in a listing's thread."""

    comment_id: ObjectId
    listing_id: ObjectId
    author_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class CommentRemoved(Event):
    """A comment was taken away by its author, the seller or staff."""

    comment_id: ObjectId
    listing_id: ObjectId
    removed_by: str


@dataclass(frozen=True, kw_only=True)
class ListingLiked(Event):
    """Somebody likes a listing."""

    listing_id: ObjectId
    user_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class ListingUnliked(Event):
    """Somebody took a like back."""

    listing_id: ObjectId
    user_id: ObjectId
