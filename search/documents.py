"""What Elasticsearch knows of listings (docs/adr/0018): a document for each one that was ever public.

One that is no longer public is a tombstone, a document without a status. It keeps its version, so that an older write,
however late, cannot bring the listing back; searches ask for a status, and the next rebuild leaves it out.
"""

from datetime import UTC, datetime
from typing import Any

from django_elasticsearch_dsl import Document, fields
from django_elasticsearch_dsl.registries import registry
from elasticsearch.dsl import DenseVector, Keyword, MetaField, Text

from listings.models import Listing
from search.index.analysis import ANALYSIS, SIMILARITY
from search.meaning.model import DIMENSIONS
from search.quality import quality

TOMBSTONE: dict[str, Any] = {"quality": 0}
WORDS = {"analyzer": "words", "search_analyzer": "words_sought"}


@registry.register_document
class ListingDocument(Document):
    """A listing as it is found; what a card shows is read from MongoDB."""

    id = fields.KeywordField(attr="pk")
    revision = fields.LongField()
    status = fields.KeywordField()
    title = fields.TextField(**WORDS, similarity="short", copy_to="everything")
    description = fields.TextField(**WORDS, copy_to="everything")
    brand_name = fields.TextField(**WORDS, similarity="short", copy_to="everything")
    category_names = fields.TextField(**WORDS, similarity="short", copy_to="everything")
    everything = Text(**WORDS)  # all words of a search may stand in different fields
    brand = fields.KeywordField()
    category = fields.KeywordField()
    size = fields.KeywordField()
    color = fields.KeywordField()
    condition = fields.KeywordField()
    price_cents = fields.LongField()
    currency = fields.KeywordField()
    seller_id = fields.KeywordField()
    seller = fields.KeywordField(attr="seller_username")
    published_at = fields.DateField()
    like_count = fields.IntegerField()
    quality = fields.FloatField()
    # Of where search by meaning is on (search.meaning): what the vector was made from, and the vector, of length 1.
    vector_key = Keyword()
    vector = DenseVector(dims=DIMENSIONS, similarity="dot_product", index_options={"type": "int8_hnsw"})

    class Meta:
        dynamic = MetaField("strict")

    class Index:
        name = "listings"  # the real names: search.index.names
        settings = {
            "number_of_shards": 1,  # some tens of millions of listings; counts and scores are exact
            "auto_expand_replicas": "0-1",
            "refresh_interval": "1s",  # said, because by default an index that nobody searches is not refreshed
            "analysis": ANALYSIS,
            "similarity": SIMILARITY,
        }

    class Django:
        model = Listing

    def prepare_id(self, listing: Listing) -> str:
        return str(listing.pk)

    def prepare_seller_id(self, listing: Listing) -> str:
        return str(listing.seller_id)

    def prepare_brand(self, listing: Listing) -> str | None:
        return listing.brand_slug or None

    def prepare_category_names(self, listing: Listing) -> list[str]:
        return list(listing.category_names)

    def prepare_category(self, listing: Listing) -> list[str]:
        return list(listing.category_path)

    def prepare_size(self, listing: Listing) -> list[str]:
        return list(listing.sizes)

    def prepare_color(self, listing: Listing) -> list[str]:
        return list(listing.colors)

    def prepare_published_at(self, listing: Listing) -> str | None:
        return moment(listing.published_at)

    def prepare_quality(self, listing: Listing) -> float:
        return quality(listing)


def moment(at: datetime | None) -> str | None:
    """A time as it is stored in the index, to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds") if at else None


# The columns that a document is made of.
COLUMNS = (
    "revision", "status", "title", "description", "brand_name", "category_names", "brand_slug", "category_path",
    "sizes", "colors", "condition", "price_cents", "currency", "seller_id", "seller_username", "published_at",
    "like_count", "photo_count",
)  # fmt: skip
