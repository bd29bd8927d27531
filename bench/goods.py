"""The documents of bench.grow, each made from its number alone."""

import itertools
import random
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from bson import ObjectId
from django.db import connection, models
from pymongo.errors import BulkWriteError

from accounts.models import User
from listings import taxonomy
from listings.models import Brand, Listing, Status, Stock, faceted
from listings.models.facets import BY_PRICE, NEWEST
from social.models import Comment, Like

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
BIG_SELLER, TAIL = 10, 18  # every tenth listing is the big seller's, the others have eighteen each on average
STATUSES = [
    Status.AVAILABLE,
    Status.SOLD,
    Status.DRAFT,
    Status.NOT_FOR_SALE,
    Status.SUSPENDED,
    Status.REMOVED,
]
SHARES = [0.76, 0.18, 0.02, 0.02, 0.005, 0.015]
SIZES, SIZE_SHARES = [1, 2, 3, 5], [0.75, 0.13, 0.08, 0.04]  # a size of most, several of a shop's
CONDITION_SHARES = [0.12, 0.1, 0.3, 0.4, 0.08]
DUPLICATE = 11000


def numbered(kind: int, number: int) -> ObjectId:
    """The id of the n-th document of a kind: later ones sort behind earlier ones."""
    return ObjectId(f"{0x65000000 + kind:08x}{number:016x}")


def zipf(count: int, power: float = 0.9) -> list[float]:
    """Cumulative weights of the first, second, ... of `count`."""
    return list(itertools.accumulate(1 / (place + 1) ** power for place in range(count)))


def document(row: models.Model) -> dict[str, Any]:
    """A model instance as it is stored."""
    return {field.column: getattr(row, field.attname) for field in row._meta.concrete_fields}


class Goods:
    """Adds listings with their sellers, stock, comments and likes."""

    def __init__(self) -> None:
        luck = random.Random(1)
        self.leaves = [node for node in taxonomy.categories() if node.level == taxonomy.LEVELS]
        luck.shuffle(self.leaves)
        self.brands = list(Brand.objects.all())
        luck.shuffle(self.brands)
        self.colors, self.conditions = list(taxonomy.COLORS), list(taxonomy.CONDITIONS)
        self.curves = {len(rows): zipf(len(rows)) for rows in (self.leaves, self.brands, self.colors)}
        self.sizes = {
            node.slug: [(s.key, s.label) for s in taxonomy.sizes_for(node.slug)] for node in self.leaves
        }
        self.curves |= {
            n: zipf(n, 0.6) for n in {len(rows) for rows in self.sizes.values()} - self.curves.keys()
        }
        self.people = 0

    def table(self, model: type[models.Model]) -> Any:
        return connection.database[model._meta.db_table]

    def next_number(self) -> int:
        """Where to go on: listings are stored in the order of their numbers, last of all that belongs to them."""
        ours = {"_id": {"$gte": numbered(0, 0), "$lt": numbered(1, 0)}}
        last = self.table(Listing).find_one(ours, sort=[("_id", -1)])
        return int(str(last["_id"])[8:], 16) + 1 if last else 0

    def drop_facet_indexes(self) -> None:
        """Takes the two widest indexes away, until build_facet_indexes."""
        for name in self.table(Listing).index_information().keys() & {NEWEST, BY_PRICE}:
            self.table(Listing).drop_index(name)

    def build_facet_indexes(self) -> None:
        """Builds them, as a migration of a shop of this size would; nothing when they are there."""
        with connection.schema_editor() as editor:
            for index in Listing._meta.indexes:
                if index.name in {NEWEST, BY_PRICE} - self.table(Listing).index_information().keys():
                    editor.add_index(Listing, index)

    def add(self, numbers: range) -> None:
        """Makes these listings and all that belongs to them."""
        self._add_people(max(50, numbers[-1] // TAIL))
        listings = [self._listing(number) for number in numbers]
        self._insert(Stock, [row for listing in listings for row in self._stock(listing)])
        self._insert(Comment, [row for listing in listings for row in self._comments(listing)])
        liked = [row for row in listings if int(str(row.pk)[8:], 16) % 50 == 0]
        self._insert(Like, [Like(pk=numbered(4, int(str(row.pk)[8:], 16)), listing_id=row.pk, user_id=numbered(1, 1),
                                 created_at=row.created_at) for row in liked])  # fmt: skip
        self.table(Listing).insert_many([document(row) for row in listings])

    def _insert(self, model: type[models.Model], rows: Iterable[models.Model]) -> None:
        documents = [document(row) for row in rows]
        try:
            if documents:
                self.table(model).insert_many(documents, ordered=False)
        except BulkWriteError as failure:  # a run that was ended had made some of them
            if any(error["code"] != DUPLICATE for error in failure.details["writeErrors"]):
                raise

    def _add_people(self, wanted: int) -> None:
        people = [
            User(pk=numbered(1, n), username=f"grown{n}", email=f"grown{n}@example.org", display_name=f"Closet {n}",
                 password="!", date_joined=EPOCH + timedelta(minutes=n), email_verified_at=EPOCH,
                 is_active=n % 200 != 99)
            for n in range(self.people, wanted)
        ]  # fmt: skip
        self._insert(User, people)
        self.people = max(self.people, wanted)

    def _listing(self, number: int) -> Listing:
        luck = random.Random(number)
        pick = luck.choices
        leaf = pick(self.leaves, cum_weights=self.curves[len(self.leaves)])[0]
        brand = (
            pick(self.brands, cum_weights=self.curves[len(self.brands)])[0] if luck.random() < 0.85 else None
        )
        offered = self.sizes[leaf.slug]
        count = min(pick(SIZES, SIZE_SHARES)[0], len(offered))
        sizes = (
            dict(pick(offered, cum_weights=self.curves[len(offered)], k=count))
            if offered
            else {"os": "One size"}
        )
        palette = self.curves[len(self.colors)]
        colors = list(dict.fromkeys(pick(self.colors, cum_weights=palette, k=luck.choice([1, 1, 2]))))
        seller = 0 if number % BIG_SELLER == 0 else 1 + int((self.people - 1) * luck.random() ** 2)
        status, moment = pick(STATUSES, SHARES)[0], EPOCH + timedelta(seconds=30 * (number - number % 3))
        color = taxonomy.COLORS[colors[0]]
        listing = Listing(
            pk=numbered(0, number), seller_id=numbered(1, seller), seller_username=f"grown{seller}",
            seller_name=f"Closet {seller}", seller_revision=1, status=status,
            title=f"{brand.name if brand else 'Vintage'} {leaf.name} {number}",
            description="Grown for a measurement. " * luck.randint(1, 6), category_id=taxonomy.category_id(leaf.slug),
            category_path=list(leaf.path), category_names=[leaf.name], brand_id=brand.pk if brand else None,
            brand_name=brand.name if brand else "", brand_slug=brand.slug if brand else "", brand_revision=1,
            colors=colors, condition=pick(self.conditions, CONDITION_SHARES)[0], currency="USD",
            price_cents=int(luck.lognormvariate(7.8, 0.9)) // 100 * 100 + 500, sizes=list(sizes.values()),
            units_open=0 if status == Status.SOLD else len(sizes),
            comment_count=2 if number % 7 == 0 else 0, published_at=None if status == Status.DRAFT else moment,
            created_at=moment, updated_at=moment,
        )  # fmt: skip
        listing.facets = faceted(listing)["facets"]
        listing.photo_keys, listing.photo_count = [f"{number % 600:064x}"], 1
        listing.photos = [
            {"key": listing.photo_keys[0], "width": 600, "height": 800, "color": color.rgb, "is_ready": True,
             "error": ""}
        ]  # fmt: skip
        listing.size_keys = list(sizes)  # type: ignore[attr-defined]  (for the stock, not stored)
        return listing

    def _stock(self, listing: Listing) -> list[Stock]:
        number, is_sold = int(str(listing.pk)[8:], 16), listing.status == Status.SOLD
        return [
            Stock(pk=numbered(2, number * 32 + place), listing_id=listing.pk, size_key=key, size_label=label,
                  position=place, quantity=0 if is_sold else 1, sold_count=int(is_sold),
                  is_for_sale=listing.status == Status.AVAILABLE)
            for place, (key, label) in enumerate(zip(listing.size_keys, listing.sizes, strict=True))
        ]  # fmt: skip

    def _comments(self, listing: Listing) -> list[Comment]:
        number = int(str(listing.pk)[8:], 16)
        return [
            Comment(pk=numbered(3, number * 32 + place), listing_id=listing.pk, author_id=numbered(1, 1 + number % 49),
                    author_username="grown", author_name="Somebody", author_revision=1, body="Is it true to size?",
                    created_at=listing.created_at, changed_at=listing.created_at)
            for place in range(listing.comment_count)
        ]  # fmt: skip
