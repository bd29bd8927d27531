"""Counts the words of every public listing: one pass over the collection, in bounded memory."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bson import ObjectId
from django.db import connection
from pymongo import UpdateOne

from listings import taxonomy
from listings.models import PUBLIC, Brand, Listing
from listings.taxonomy import normal_name
from search.models import Term
from search.vocabulary import terms
from search.vocabulary.words import words_of

COLUMNS: Final = ("title", "brand_slug", "brand_name", "category_path", "colors", "seller_id", "published_at")
STEP: Final = 1000  # listings between two lines of progress
HELD_MAX: Final = 1_000_000  # different words that are counted at a time; past it those seen once are dropped
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Counts:
    """In how many listings each thing is."""

    listings: int = 0
    words: Counter[str] = field(default_factory=Counter)
    brands: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    colors: Counter[str] = field(default_factory=Counter)
    queries: Counter[str] = field(default_factory=Counter)
    sellers: dict[ObjectId, datetime] = field(default_factory=dict)  # when each listed something last

    def add(self, row: Mapping[str, Any]) -> None:
        """One listing."""
        self.listings += 1
        self.words.update(words_of(f"{row['title']} {row['brand_name']}"))
        self.colors.update(row["colors"])
        self.categories.update(row["category_path"])
        if row["brand_slug"]:
            self.brands[row["brand_slug"]] += 1
        at = row["published_at"].replace(tzinfo=UTC)
        self.sellers[row["seller_id"]] = max(at, self.sellers.get(row["seller_id"], at))
        node = taxonomy.category(row["category_path"][-1]) if row["category_path"] else None
        if node and not node.slug.endswith("-other"):
            name = node.name.lower()
            colors = [taxonomy.COLORS[code].name for code in row["colors"] if code in taxonomy.COLORS]
            firsts = [row["brand_name"], *colors]
            self.queries.update(
                f"{first.lower()} {name}" for first in firsts if first and first != "Unbranded"
            )
        for counter in (self.words, self.queries):
            if len(counter) > HELD_MAX:
                drop_singles(counter)


def drop_singles(counter: Counter[str]) -> None:
    """Forgets what was seen once."""
    for key in [key for key, count in counter.items() if count == 1]:
        del counter[key]


def count_listings(progress: Progress) -> Counts:
    """Reads every public listing once."""
    table = connection.database[Listing._meta.db_table]
    about = table.estimated_document_count()
    counts = Counts()
    statuses = [status.value for status in PUBLIC]
    for row in table.find({"status": {"$in": statuses}}, dict.fromkeys(COLUMNS, 1), batch_size=STEP):
        counts.add(row)
        if counts.listings % STEP == 0:
            progress(counts.listings, max(about, counts.listings))
    progress(counts.listings, counts.listings)
    return counts


def rows_of(counts: Counts) -> Iterator[UpdateOne]:
    """The terms of what was counted."""
    kind = Term.Kind
    for word, count in counts.words.most_common(terms.WORDS_MAX):
        yield terms.counted(kind.WORD, word, word, count)
    for brand in Brand.objects.all().iterator():
        spellings = brand.aliases[: terms.SPELLINGS_MAX]
        yield terms.counted(
            kind.BRAND,
            brand.slug,
            brand.name,
            counts.brands[brand.slug],
            found_by=spellings,
            spellings=spellings,
        )
    for node in taxonomy.categories():
        yield terms.category(node, counts.categories[node.slug])
    for code, color in taxonomy.COLORS.items():
        yield terms.counted(kind.COLOR, code, color.name, counts.colors[code])
    for text, count in counts.queries.most_common(terms.QUERIES_MAX):
        if count >= terms.QUERY_MIN:
            yield terms.counted(kind.QUERY, normal_name(text), text, count)
