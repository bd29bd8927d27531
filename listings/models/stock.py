"""Who gets the item: one document per listing and size, and nothing else, decides."""

from datetime import datetime
from typing import Self

from bson import ObjectId
from django.db import connection, models
from django.utils import timezone
from django_mongodb_backend.fields import EmbeddedModelArrayField
from django_mongodb_backend.models import EmbeddedModel

from marketplace.core.models import Document


class Hold(EmbeddedModel):
    """One unit set aside for an owner (the id of an order) until a time."""

    owner = models.CharField(max_length=40)
    expires_at = models.DateTimeField()


class StockQuerySet(models.QuerySet):
    # Raw PyMongo below: the ORM cannot say "$push while quantity > 0" in one conditional write, and that write is
    # the whole guarantee. Their services run outside any transaction on purpose: a lost race is a refusal, not a retry.

    def of(self, listing_id: ObjectId) -> Self:
        return self.filter(listing_id=listing_id).order_by("position")

    def hold(self, *, listing_id: ObjectId, size_key: str, owner: str, until: datetime) -> bool:
        """Takes one free unit for the owner; False when there is none or the owner holds one already."""
        held = self._collection().update_one(
            {
                "listing_id": listing_id, "size_key": size_key, "quantity": {"$gt": 0},
                "holds.owner": {"$ne": owner},
            },
            {"$inc": {"quantity": -1}, "$push": {"holds": {"owner": owner, "expires_at": until}}},
            session=connection.session,
        )  # fmt: skip
        return held.modified_count == 1

    def holder(self, *, listing_id: ObjectId, size_key: str, owner: str) -> bool:
        """Whether the owner holds a unit of this size."""
        found = {"listing_id": listing_id, "size_key": size_key, "holds.owner": owner}
        return self._collection().find_one(found, {"_id": 1}, session=connection.session) is not None

    def release(self, *, listing_id: ObjectId, size_key: str, owner: str) -> bool:
        """Gives the owner's unit back; False when there was no hold."""
        released = self._collection().update_one(
            {"listing_id": listing_id, "size_key": size_key, "holds.owner": owner},
            {"$inc": {"quantity": 1}, "$pull": {"holds": {"owner": owner}}},
            session=connection.session,
        )
        return released.modified_count == 1

    def take(self, *, listing_id: ObjectId, size_key: str, owner: str) -> bool:
        """Turns the owner's hold into a sale; joins the running transaction, because the sale is stored with it."""
        taken = self._collection().update_one(
            {"listing_id": listing_id, "size_key": size_key, "holds.owner": owner},
            {"$inc": {"sold_count": 1}, "$pull": {"holds": {"owner": owner}}},
            session=connection.session,
        )
        return taken.modified_count == 1

    def release_expired(self, now: datetime) -> int:
        """Gives back every unit whose hold has run out, one conditional write each; the number of units."""
        released = 0
        run_out = {"holds.expires_at": {"$lte": now}}
        for row in self._collection().find(run_out, {"holds": 1}, session=connection.session):
            for hold in row["holds"]:
                if hold["expires_at"] <= now.replace(tzinfo=None):
                    done = self._collection().update_one(
                        {"_id": row["_id"], "holds": {"$elemMatch": hold}},
                        {"$inc": {"quantity": 1}, "$pull": {"holds": hold}},
                        session=connection.session,
                    )
                    released += done.modified_count
        return released

    def _collection(self):  # type: ignore[no-untyped-def]
        return connection.database[self.model._meta.db_table]


class Stock(Document):
    """The units of one size: free ones, held ones, sold ones."""

    listing = models.ForeignKey("listings.Listing", models.CASCADE, related_name="stock", db_index=False)
    size_key = models.CharField(max_length=40)
    size_label = models.CharField(max_length=20)
    position = models.PositiveIntegerField(default=0)
    quantity = models.PositiveIntegerField(default=1)  # free units: held and sold ones are not in it
    sold_count = models.PositiveIntegerField(default=0)
    holds = EmbeddedModelArrayField(Hold, default=list, blank=True)

    objects = StockQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["listing", "position"], name="stock_in_order")]
        constraints = [models.UniqueConstraint(fields=["listing", "size_key"], name="one_stock_per_size")]

    def __str__(self) -> str:
        return f"{self.size_label}: {self.quantity}"

    @property
    def held(self) -> int:
        """Units that somebody is paying for right now."""
        return sum(hold.expires_at > timezone.now() for hold in self.holds)
