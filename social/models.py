"""People around things: what they say about a listing and what they like."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField

from marketplace.core.models import Announced, DocumentQuerySet
from marketplace.core.pictures import picture_url
from social.events import CommentPosted, ListingLiked

MENTION = re.compile(r"(?<![\w@])@(\w+)")  # how a comment names a person


class CommentQuerySet(DocumentQuerySet):
    def on(self, listing_id: ObjectId) -> Self:
        """The thread of a listing, removed ones included: they leave a word behind."""
        return self.filter(listing_id=listing_id)

    def newest(self) -> Self:
        return self.order_by("-id")

    def last_on(self, listing_ids: Sequence[ObjectId]) -> dict[ObjectId, "Comment"]:
        """{listing id: its newest comment} of each that has one, removed ones included."""
        # Raw: the index hands over the first entry of each listing, which the ORM's GROUP BY cannot say.
        rows = self._collection().aggregate(
            [
                {"$match": {"listing_id": {"$in": list(listing_ids)}}},
                {"$sort": {"listing_id": 1, "_id": -1}},
                {"$group": {"_id": "$listing_id", "last": {"$first": "$_id"}}},
            ],
            session=connection.session,
        )
        found = {row["_id"]: row["last"] for row in rows}
        comments = self.in_bulk(list(found.values()))
        return {listing: comments[last] for listing, last in found.items() if last in comments}

    def changed_since(self, moment: datetime) -> Self:
        """New, edited and removed ones since then, in the order of their changes."""
        return self.filter(changed_at__gte=moment).order_by("changed_at")


class Comment(Announced):
    """Something said in the thread of a listing. A removed one stays as a tombstone without its words."""

    class Removed(models.TextChoices):
        AUTHOR = "author", _("removed by its author")
        SELLER = "seller", _("removed by the seller")
        STAFF = "staff", _("removed by the staff")

    listing = models.ForeignKey("listings.Listing", models.CASCADE, related_name="comments", db_index=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments", db_index=False
    )
    author_username = models.CharField(max_length=20)
    author_name = models.CharField(max_length=40)
    author_avatar = models.CharField(max_length=64, blank=True)
    author_revision = models.PositiveIntegerField(default=0, editable=False)  # the User.revision they are of
    is_seller = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    mentions = ArrayField(models.CharField(max_length=20), default=list)
    request_key = models.CharField(max_length=60, null=True)  # noqa: DJ001 (unique if set)
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    edited_at = models.DateTimeField(null=True, editable=False)
    removed_by = models.CharField(max_length=6, choices=Removed.choices, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        indexes = [
            models.Index(fields=["listing", "-id"], name="comment_thread"),
            models.Index(fields=["listing", "changed_at"], name="comment_changes"),
            Announced.new_index("comment_new"),
            models.Index(fields=["author", "author_revision"], name="comment_author_snapshot"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["author", "request_key"], name="one_comment_per_request")
        ]

    def __str__(self) -> str:
        return f"{self.author_username}: {self.body}"

    def announcement(self) -> CommentPosted:
        return CommentPosted(comment_id=self.pk, listing_id=self.listing_id, author_id=self.author_id)

    @property
    def avatar_url(self) -> str:
        """The author's avatar, or "" for the initials."""
        return picture_url(self.author_avatar, "avatar") if self.author_avatar else ""

    @property
    def is_removed(self) -> bool:
        return bool(self.removed_by)


class LikeQuerySet(DocumentQuerySet):
    def by(self, user: Any) -> Self:
        """What a person likes, newest first."""
        return self.filter(user_id=user.pk).order_by("-id")

    def among(self, *, user_id: ObjectId, listing_ids: list[ObjectId]) -> set[ObjectId]:
        """Those of the listings that the person likes. Raw PyMongo: every page of cards asks for nothing but ids."""
        wanted = {"listing_id": {"$in": listing_ids}, "user_id": user_id}
        table = connection.database[self.model._meta.db_table]
        rows = table.find(wanted, {"listing_id": 1, "_id": 0}, session=connection.session)
        return {row["listing_id"] for row in rows}


class Like(Announced):
    """One person likes one listing, once."""

    listing = models.ForeignKey("listings.Listing", models.CASCADE, related_name="likes", db_index=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="likes", db_index=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = LikeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="like_by_user"), Announced.new_index("like_new")]
        constraints = [models.UniqueConstraint(fields=["listing", "user"], name="one_like_each")]

    def __str__(self) -> str:
        return f"{self.user_id} likes {self.listing_id}"

    def announcement(self) -> ListingLiked:
        return ListingLiked(listing_id=self.listing_id, user_id=self.user_id)
