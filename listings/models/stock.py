"""Who gets the item: one document per listing and size, and nothing else, decides (docs/stock.md)."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Self

from bson import ObjectId
from django.db import connection, models
from django_mongodb_backend.fields import EmbeddedModelArrayField
from django_mongodb_backend.models import EmbeddedModel

from marketplace.core.models import Document, DocumentQuerySet


class Hold(EmbeddedModel):
    """One unit set aside for an owner (the id of an order) until a time."""

    owner = models.CharField(max_length=40)
    expires_at = models.DateTimeField()


class StockQuerySet(DocumentQuerySet):
    # Raw PyMongo below: the ORM cannot say "$push while quantity > 0" in one conditional write, and that write is
    # the whole guarantee. Their services run outside any transaction on purpose: a lost race is a refusal, not a retry.

    def of(self, listing_id: ObjectId) -> Self:
        return self.filter(listing_id=listing_id).order_by("position")

    def hold(self, *, listing_id: ObjectId, size_key: str, owner: str, until: datetime) -> bool:
        """Takes one free unit of what is for sale; False when there is none or the owner has a hold already."""
        return self._changed(
            {
                "listing_id": listing_id, "size_key": size_key, "is_for_sale": True, "quantity": {"$gt": 0},
                "holds.owner": {"$ne": owner},
            },
            {"$inc": {"quantity": -1}, "$push": {"holds": {"owner": owner, "expires_at": until}}},
        )  # fmt: skip

    def release(self, *, listing_id: ObjectId, size_key: str, owner: str) -> bool:
        """Gives the owner's unit back; False when there was no hold."""
        return self._changed(
            {"listing_id": listing_id, "size_key": size_key, "holds.owner": owner},
            {"$inc": {"quantity": 1}, "$pull": {"holds": {"owner": owner}}},
        )

    def take(self, *, listing_id: ObjectId, size_key: str, owner: str) -> bool:
        """Turns the owner's hold into a sale; joins the running transaction, because the sale is stored with it."""
        return self._changed(
            {"listing_id": listing_id, "size_key": size_key, "holds.owner": owner},
            {"$inc": {"sold_count": 1}, "$pull": {"holds": {"owner": owner}}},
        )

    def release_expired(self, now: datetime, **of: Any) -> int:
        """Gives back every unit (of the stock that `of` names) whose hold has run out; the number of units."""
        released = 0
        # By the sparse index on holds.expires_at: it has an entry for each hold and none for stock without holds.
        run_out: dict[str, Any] = {"holds.expires_at": {"$lte": now}, **of}
        for row in self._collection().find(run_out, {"holds": 1}, session=connection.session):
            for hold in row["holds"]:
                if hold["expires_at"] <= now.replace(tzinfo=None):
                    released += self._changed(
                        {"_id": row["_id"], "holds": {"$elemMatch": hold}},
                        {"$inc": {"quantity": 1}, "$pull": {"holds": hold}},
                    )
        return released

    def _changed(self, condition: Mapping[str, Any], update: Mapping[str, Any]) -> bool:
        done = self._collection().update_one(condition, update, session=connection.session)
        return done.modified_count == 1


class Stock(Document):
    """The units of one size: free ones, held ones, sold ones. Their sum is what the seller has put in, always."""

    listing = models.ForeignKey("listings.Listing", models.CASCADE, related_name="stock", db_index=False)
    size_key = models.CharField(max_length=40)
    size_label = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    quantity = models.PositiveIntegerField(default=1)  # free units: held and sold ones are not in it
    sold_count = models.PositiveIntegerField(default=0)
    holds = EmbeddedModelArrayField(
        Hold, default=list, blank=True
    )  # run-out ones too, until they are given back
    # The listing is AVAILABLE; kept here because the write that decides who gets a unit sees one document only.
    is_for_sale = models.BooleanField(default=False)

    objects = StockQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["listing", "position"], name="stock_in_order")]
        constraints = [models.UniqueConstraint(fields=["listing", "size_key"], name="one_stock_per_size")]

    def __str__(self) -> str:
        return f"{self.size_label}: {self.quantity}"

    @property
    def held(self) -> int:
        """Units that are set aside for somebody who pays."""
        return len(self.holds)

    @property
    def total(self) -> int:
        """All units that the seller has put in so far: only the seller changes it, no buyer."""
        return self.quantity + self.held + self.sold_count

    @property
    def shown(self) -> str:
        """How this size is right now, for a form or client to send back with the quantity that somebody types."""
        return f"{self.size_key}:{self.quantity}:{self.total}"

    def hold_of(self, owner: str) -> Hold | None:
        """The owner's hold, also one that has run out and was not given back yet."""
        return next((hold for hold in self.holds if hold.owner == owner), None)
