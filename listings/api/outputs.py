"""What the API says of listings. Plain functions make the answers (they are asked for by the thousand); the serializers
beside them describe those answers to the schema."""

from collections.abc import Iterable
from typing import Any

from bson import ObjectId
from rest_framework import serializers

from accounts.models import User
from listings import taxonomy
from listings.models import Brand, Listing, Photo, Stock
from marketplace.core.api import ObjectIdField
from marketplace.core.money import Money, format_money


class Plain(serializers.Serializer):
    """A serializer whose answers are made by one function."""

    def make(self, row: Any) -> dict[str, Any]:
        """The answer for one row."""
        raise TypeError(f"{type(self).__name__} must say how an answer is made")

    def to_representation(self, instance: Any) -> dict[str, Any]:
        return self.make(instance)


class MoneyOutput(Plain):
    """An amount in minor units (cents), its ISO currency and how people read it."""

    amount_minor = serializers.IntegerField()
    currency = serializers.CharField()
    formatted = serializers.CharField()


class PhotoOutput(Plain):
    """One photo; the addresses are null until it is rendered, `error` says why it never will be."""

    key = serializers.CharField()
    width = serializers.IntegerField()
    height = serializers.IntegerField()
    color = serializers.CharField()
    thumb = serializers.CharField(allow_null=True)
    card = serializers.CharField(allow_null=True)
    detail = serializers.CharField(allow_null=True)
    error = serializers.CharField()

    def make(self, row: Photo) -> dict[str, Any]:
        return photo_of(row)


class ListingOutput(Plain):
    """A listing as it stands in a list."""

    id = ObjectIdField()
    title = serializers.CharField()
    status = serializers.CharField()
    seller = serializers.CharField()
    brand = serializers.CharField()
    category = serializers.CharField(help_text="The slug of the deepest level chosen.")
    condition = serializers.CharField()
    colors = serializers.ListField(child=serializers.CharField())
    sizes = serializers.ListField(child=serializers.CharField())
    price = MoneyOutput(allow_null=True)
    original_price = MoneyOutput(allow_null=True)
    cover = PhotoOutput(allow_null=True)
    like_count = serializers.IntegerField()
    comment_count = serializers.IntegerField()
    revision = serializers.IntegerField()
    published_at = serializers.DateTimeField(allow_null=True)
    url = serializers.CharField()

    def make(self, row: Listing) -> dict[str, Any]:
        return listing_of(row)


class StockOutput(Plain):
    """One size and its free units."""

    size = serializers.CharField()
    key = serializers.CharField()
    quantity = serializers.IntegerField()

    def make(self, row: Stock) -> dict[str, Any]:
        return {"size": row.size_label, "key": row.size_key, "quantity": row.quantity}


class OwnStockOutput(StockOutput):
    """One size as its seller sees it: free, held and sold units. Send `shown` back with a new quantity."""

    held = serializers.IntegerField(help_text="Set aside for somebody who is paying.")
    sold = serializers.IntegerField()
    shown = serializers.CharField()

    def make(self, row: Stock) -> dict[str, Any]:
        return super().make(row) | {"held": row.held, "sold": row.sold_count, "shown": row.shown}


class FlawOutput(Plain):
    """Something a buyer should know; `photo_no` 0 means none."""

    kind = serializers.CharField()
    place = serializers.CharField()
    note = serializers.CharField()
    photo_no = serializers.IntegerField()


class ListingDetailOutput(ListingOutput):
    """A listing with all that everybody may know of it."""

    description = serializers.CharField()
    category_path = serializers.ListField(child=serializers.CharField())
    flaws = FlawOutput(many=True)
    photos = PhotoOutput(many=True)
    stock = StockOutput(many=True)
    comments_locked = serializers.BooleanField()

    def make(self, row: Listing) -> dict[str, Any]:
        return detail_of(row)


class OwnListingOutput(ListingDetailOutput):
    """A listing as its seller sees it: with the private numbers."""

    stock = OwnStockOutput(many=True)
    sku = serializers.CharField()
    cost = MoneyOutput(allow_null=True)

    def make(self, row: Listing) -> dict[str, Any]:
        return detail_of(row, OwnStockOutput) | {"sku": row.sku, "cost": _money(row.cost_cents, row.currency)}


class CategoryOutput(Plain):
    """A node of the category tree."""

    slug = serializers.CharField()
    name = serializers.CharField()
    level = serializers.IntegerField()
    parent = serializers.CharField(allow_null=True)
    size_set = serializers.CharField()

    def make(self, row: taxonomy.Node) -> dict[str, Any]:
        return {
            "slug": row.slug, "name": row.title, "level": row.level, "parent": row.parent_slug or None,
            "size_set": row.size_set,
        }  # fmt: skip


class BrandOutput(Plain):
    """A brand."""

    slug = serializers.CharField()
    name = serializers.CharField()

    def make(self, row: Brand) -> dict[str, Any]:
        return {"slug": row.slug, "name": row.name}


class ClosetOutput(Plain):
    """A person's closet."""

    username = serializers.CharField()
    name = serializers.CharField()
    about = serializers.CharField()
    city = serializers.CharField()
    avatar = serializers.CharField()
    joined = serializers.DateField()
    url = serializers.CharField()

    def make(self, row: User) -> dict[str, Any]:
        return {
            "username": row.username, "name": row.public_name, "about": row.about, "city": row.city,
            "avatar": row.avatar_url, "joined": row.date_joined.date().isoformat(), "url": row.get_absolute_url(),
        }  # fmt: skip


class PhotoResultOutput(Plain):
    """How one uploaded file fared: a photo, or a code and what is wrong."""

    name = serializers.CharField()
    photo = PhotoOutput(allow_null=True)
    code = serializers.CharField()
    messages = serializers.ListField(child=serializers.CharField())

    def make(self, row: Any) -> dict[str, Any]:
        photo = photo_of(row.photo) if row.photo else None
        return {
            "name": row.name,
            "photo": photo,
            "code": row.error.code if row.error else "",
            "messages": row.error.texts if row.error else [],
        }


def photo_of(photo: Photo) -> dict[str, Any]:
    """A photo with the addresses of its renditions."""
    names = ("thumb", "card", "detail")
    urls = {name: photo.url(name) or None for name in names}
    return {
        "key": photo.key, "width": photo.width, "height": photo.height, "color": photo.color, "error": photo.error,
    } | urls  # fmt: skip


def listing_of(row: Listing) -> dict[str, Any]:
    """A listing as it stands in a list."""
    return {
        "id": str(row.pk), "title": row.title, "status": row.status, "seller": row.seller_username,
        "brand": row.brand_name, "category": row.category_path[-1] if row.category_path else "",
        "condition": row.condition, "colors": row.colors, "sizes": row.sizes,
        "price": _money(row.price_cents, row.currency),
        "original_price": _money(row.original_price_cents, row.currency),
        "cover": photo_of(row.photos[0]) if row.photos else None, "like_count": row.like_count,
        "comment_count": row.comment_count, "revision": row.revision, "published_at": row.published_at,
        "url": row.get_absolute_url(),
    }  # fmt: skip


def with_stock(rows: list[Listing]) -> list[Listing]:
    """The rows of a page, each with its stock at hand: one query for all of them."""
    stock: dict[ObjectId, list[Stock]] = {row.pk: [] for row in rows}
    for one in Stock.objects.filter(listing_id__in=list(stock)).order_by("listing_id", "position"):
        stock[one.listing_id].append(one)
    for row in rows:
        row.stock_at_hand = stock[row.pk]  # type: ignore[attr-defined]
    return rows


def stock_of(row: Listing) -> Iterable[Stock]:
    """Its sizes in their order, asked for unless a page has them at hand."""
    at_hand: Iterable[Stock] | None = getattr(row, "stock_at_hand", None)
    return Stock.objects.of(row.pk) if at_hand is None else at_hand


def detail_of(row: Listing, of_stock: type[StockOutput] = StockOutput) -> dict[str, Any]:
    """A listing with its photos and stock: one query for the stock."""
    return listing_of(row) | {
        "description": row.description, "category_path": row.category_path,
        "flaws": [
            {"kind": flaw.kind, "place": flaw.place, "note": flaw.note, "photo_no": flaw.photo_no} for flaw in row.flaws
        ],
        "photos": [photo_of(photo) for photo in row.photos],
        "stock": [of_stock().make(stock) for stock in stock_of(row)],
        "comments_locked": row.comments_locked,
    }  # fmt: skip


def _money(minor: int | None, currency: str) -> dict[str, Any] | None:
    if minor is None:
        return None
    return {"amount_minor": minor, "currency": currency, "formatted": format_money(Money(minor, currency))}
