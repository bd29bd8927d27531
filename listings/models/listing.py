"""The listing: everything that is read together with it lives on it."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, Final, Self

from bson import ObjectId
from django.conf import settings
from django.db import connection, models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django_mongodb_backend.fields import ArrayField, EmbeddedModelArrayField
from pymongo import ReturnDocument

from listings.models.counts import CountedQuerySet
from listings.models.facets import BY_PRICE, NEWEST
from listings.models.parts import Flaw, Photo
from listings.models.status import Status
from marketplace.core.models import Timestamped
from marketplace.core.money import Money
from marketplace.mongo.rows import find_one

# From each status to the ones it may become; drawn in docs/architecture.md, checked by a test.
MOVES: Final[dict[str, frozenset[str]]] = {
    Status.DRAFT: frozenset({Status.AVAILABLE, Status.REMOVED}),
    Status.AVAILABLE: frozenset(
        {
            Status.RESERVED,
            Status.NOT_FOR_SALE,
            Status.SOLD,
            Status.REMOVED,
            Status.SUSPENDED,
            Status.PAUSED,
        }
    ),
    Status.RESERVED: frozenset(
        {Status.AVAILABLE, Status.SOLD, Status.REMOVED, Status.SUSPENDED, Status.PAUSED}
    ),
    Status.NOT_FOR_SALE: frozenset(
        {Status.AVAILABLE, Status.SOLD, Status.REMOVED, Status.SUSPENDED, Status.PAUSED}
    ),
    Status.SUSPENDED: frozenset({Status.AVAILABLE, Status.SOLD, Status.REMOVED, Status.PAUSED}),
    Status.PAUSED: frozenset({Status.AVAILABLE, Status.SOLD, Status.REMOVED}),
    Status.SOLD: frozenset(),
    Status.REMOVED: frozenset(),
}
PUBLIC: Final = (Status.AVAILABLE, Status.RESERVED, Status.NOT_FOR_SALE, Status.SOLD)
EDITABLE: Final = (Status.DRAFT, Status.AVAILABLE, Status.RESERVED, Status.NOT_FOR_SALE)
KEPT: Final = tuple(status for status in Status if status != Status.REMOVED)
TAKEN: Final = frozenset(
    {"", "comments", "like", "more", "similar"}
)  # what stands below a listing's address already
OPEN: Final = (
    Status.AVAILABLE,
    Status.RESERVED,
)  # people may talk and like; sold and hidden ones are settled

BY_AGE: Final = ("-published_at", "-id")


class ListingQuerySet(CountedQuerySet):
    def public(self) -> Self:
        """What everybody may see."""
        return self.filter(status__in=PUBLIC)

    def available(self) -> Self:
        return self.filter(status=Status.AVAILABLE)

    def in_category(self, slug: str) -> Self:
        """In this department, category or leaf."""
        return self.filter(category_path__contains=[slug])

    def of_brand(self, slug: str) -> Self:
        return self.filter(brand_slug=slug)

    def from_seller(self, user: Any) -> Self:
        return self.filter(seller_id=user.pk)

    def visible_to(self, user: Any) -> Self:
        """Public ones and the person's own, drafts included; a staff member sees all."""
        if getattr(user, "is_staff", False):
            return self
        mine = Q(seller_id=user.pk) & ~Q(status=Status.REMOVED) if user.is_authenticated else Q(pk=None)
        return self.filter(Q(status__in=PUBLIC) | mine)

    def find_visible(self, user: Any, pk: ObjectId, only: Collection[str] = ()) -> "Listing | None":
        """One listing, if the person may see it: visible_to() for the hot path, without the ORM."""
        where: dict[str, Any] = {"_id": pk}
        if not getattr(user, "is_staff", False):
            mine = {"seller_id": user.pk, "status": {"$ne": Status.REMOVED.value}}
            where["$or"] = [{"status": {"$in": [status.value for status in PUBLIC]}}, mine]
        return find_one(Listing, where, only)

    def newest(self) -> Self:
        return self.order_by(*BY_AGE)

    def removed_with_photos(self, before: datetime) -> Self:
        """Removed at or before this moment, and still holding photos."""
        return self.filter(status=Status.REMOVED, photo_count__gt=0, updated_at__lte=before).order_by(
            "updated_at"
        )

    def cards(self) -> Self:
        """Only what a card shows."""
        return self.defer(
            "description", "flaws", "sku", "cost_cents", "category_names", "colors", "photo_keys", "facets"
        )

    def in_lists(self) -> Self:
        """Only what lists of the API show."""
        return self.defer(
            "description", "flaws", "sku", "cost_cents", "category_names", "photo_keys", "facets"
        )

    # Raw PyMongo: what must come back from the write itself, and positional writes into the photo array.

    def count_sale(self, listing_id: ObjectId) -> int:
        """Counts one unit as sold; how many are left over all sizes. Two last units of two sizes meet in this write."""
        after = self._collection().find_one_and_update(
            {"_id": listing_id}, {"$inc": {"units_open": -1}}, {"units_open": 1},
            return_document=ReturnDocument.AFTER, session=connection.session,
        )  # fmt: skip
        return after["units_open"]

    def push_photo(self, *, listing_id: ObjectId, photo: Photo, most: int) -> bool:
        """Adds a photo at the end unless it is there already or the listing has `most`; whether it was added."""
        values = {f.name: getattr(photo, f.name) for f in Photo._meta.fields}
        pushed = self._collection().update_one(
            {"_id": listing_id, "photo_count": {"$lt": most}, "photo_keys": {"$ne": photo.key}},
            {"$push": {"photos": values, "photo_keys": photo.key}, **self._touched(1)},
            session=connection.session,
        )
        return pushed.modified_count == 1

    def pull_photo(self, *, listing_id: ObjectId, key: str) -> bool:
        """Takes a photo away; whether it was there."""
        pulled = self._collection().update_one(
            {"_id": listing_id, "photo_keys": key},
            {"$pull": {"photos": {"key": key}, "photo_keys": key}, **self._touched(-1)},
            session=connection.session,
        )
        return pulled.modified_count == 1

    def clear_photos(self, *, listing_id: ObjectId, keys: list[str]) -> bool:
        """Takes all photos off a removed listing, if they are still these; whether it did."""
        cleared = self._collection().update_one(
            {"_id": listing_id, "status": Status.REMOVED, "photo_keys": keys},
            {"$set": {"photos": [], "photo_keys": [], "photo_count": 0}},
            session=connection.session,
        )
        return cleared.modified_count == 1

    def mark_photo(self, *, key: str, is_ready: bool, error: str, color: str) -> int:
        """Notes on every listing that shows it how the rendering of a picture ended; the number of listings."""
        marks = {"is_ready": is_ready, "error": error} | ({"color": color} if color else {})
        marked = self._collection().update_many(
            {"photo_keys": key},
            {"$set": {f"photos.$[photo].{name}": value for name, value in marks.items()}},
            array_filters=[{"photo.key": key}],
            session=connection.session,
        )
        return marked.modified_count

    def _touched(self, count: int) -> dict[str, Any]:
        return {"$inc": {"photo_count": count, "revision": 1}, "$set": {"updated_at": timezone.now()}}


class Listing(Timestamped):
    """One thing for sale (in one or more sizes), with a snapshot of all that a page shows beside it."""

    seller = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="listings", db_index=False
    )
    seller_username = models.CharField(max_length=20)
    seller_name = models.CharField(max_length=40)
    seller_avatar = models.CharField(max_length=64, blank=True)
    seller_revision = models.PositiveIntegerField(default=0, editable=False)  # the User.revision they are of
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.DRAFT)
    title = models.CharField(_("title"), max_length=80, blank=True)
    description = models.TextField(_("description"), blank=True)
    category = models.ForeignKey("listings.Category", models.SET_NULL, null=True, blank=True, db_index=False)
    category_path = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    category_names = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    brand = models.ForeignKey("listings.Brand", models.SET_NULL, null=True, blank=True, db_index=False)
    brand_name = models.CharField(_("brand"), max_length=60, blank=True)
    brand_slug = models.CharField(max_length=80, blank=True)
    brand_revision = models.PositiveIntegerField(
        default=0, editable=False
    )  # the Brand.revision the name is of
    colors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    condition = models.CharField(_("condition"), max_length=10, blank=True)
    flaws = EmbeddedModelArrayField(Flaw, default=list, blank=True)
    price_cents = models.BigIntegerField(_("price"), null=True, blank=True)
    original_price_cents = models.BigIntegerField(_("original price"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3)
    sku = models.CharField(_("SKU"), max_length=40, blank=True)  # private, like the cost
    cost_cents = models.BigIntegerField(_("cost"), null=True, blank=True)
    sizes = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )  # labels; Stock has the units
    # Units that are not sold, over all sizes: free and held ones. Stock says which; this says when all are gone.
    units_open = models.PositiveIntegerField(default=0)
    facets = ArrayField(
        models.BigIntegerField(), default=list, blank=True, editable=False
    )  # models/facets.py
    photos = EmbeddedModelArrayField(Photo, default=list, blank=True)
    photo_keys = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    photo_count = models.PositiveSmallIntegerField(default=0)
    like_count = models.PositiveIntegerField(default=0)
    comment_count = models.PositiveIntegerField(default=0)
    comments_locked = models.BooleanField(_("comments locked"), default=False)
    revision = models.PositiveIntegerField(default=1)  # grows with edits, not with counts
    imported_from = models.CharField(max_length=80, null=True, blank=True, unique=True)  # noqa: DJ001 (unique if set)
    request_key = models.CharField(max_length=40, null=True, editable=False)  # noqa: DJ001 (unique if set)
    published_at = models.DateTimeField(null=True, blank=True)
    sold_at = models.DateTimeField(null=True, blank=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        verbose_name = _("listing")
        verbose_name_plural = _("listings")
        indexes = [
            models.Index(fields=["status", "-published_at", "-id"], name="listing_newest"),
            models.Index(
                fields=["category_path", "status", "-published_at", "-id"], name="listing_cat_newest"
            ),
            models.Index(
                fields=["brand_slug", "status", "-published_at", "-id"], name="listing_brand_newest"
            ),
            models.Index(
                fields=["facets", "condition", "-published_at", "-id"],
                name=NEWEST,
                condition=Q(status=Status.AVAILABLE),
            ),
            models.Index(
                fields=["facets", "condition", "price_cents", "id"],
                name=BY_PRICE,
                condition=Q(status=Status.AVAILABLE),
            ),
            models.Index(fields=["seller", "status", "-published_at", "-id"], name="listing_seller_newest"),
            models.Index(fields=["seller", "status", "-updated_at", "-id"], name="listing_seller_changed"),
            models.Index(
                fields=["seller", "-published_at", "-id"],
                name="listing_seller_talked",
                condition=Q(status=Status.AVAILABLE, comment_count__gt=0),
            ),
            models.Index(fields=["status", "-updated_at", "-id"], name="listing_changed"),
            models.Index(fields=["seller", "seller_revision"], name="listing_seller_snapshot"),
            models.Index(fields=["brand_slug", "brand_revision"], name="listing_brand_snapshot"),
            models.Index(fields=["photo_keys"], name="listing_photo_keys"),
            models.Index(
                fields=["updated_at"],
                name="listing_removed_photos",
                condition=Q(status="removed", photo_count__gt=0),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["seller", "sku"], condition=Q(sku__gt=""), name="one_sku_per_seller"
            ),
            models.UniqueConstraint(
                fields=["seller", "request_key"], condition=Q(request_key__gt=""), name="one_listing_per_key"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(_("Untitled draft"))

    def get_absolute_url(self) -> str:
        slug = slugify(self.title)
        return reverse("listings:listing-detail", args=[self.pk, "listing" if slug in TAKEN else slug])

    @property
    def cover(self) -> Photo | None:
        return self.photos[0] if self.photos else None

    @property
    def price(self) -> Money | None:
        return None if self.price_cents is None else Money(self.price_cents, self.currency)

    @property
    def original_price(self) -> Money | None:
        return None if self.original_price_cents is None else Money(self.original_price_cents, self.currency)

    @property
    def is_public(self) -> bool:
        return self.status in PUBLIC

    @property
    def is_open(self) -> bool:
        """Whether people may still talk about it and like it."""
        return self.status in OPEN
