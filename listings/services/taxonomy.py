"""Bringing the database's categories and brands up to the edition in listings/data."""

from dataclasses import dataclass

from pymongo import UpdateOne

from listings import taxonomy
from listings.models import Brand, Category
from marketplace.core.db import atomic


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many documents there were, by what became of them, after one load."""

    version: int
    made: int
    changed: int
    unchanged: int


@atomic
def load_taxonomy() -> Loaded:
    """Upserts every category and brand of the data; what people added stays. Doing it twice changes nothing."""
    renamed = _renamed()
    steps = [
        _upsert(Category, [_category(node) for node in taxonomy.categories()]),
        _upsert(Brand, [_brand(brand, renamed) for brand in taxonomy.brands()]),
    ]
    made, changed, unchanged = (sum(counts) for counts in zip(*steps, strict=True))
    return Loaded(taxonomy.TAXONOMY_VERSION, made, changed, unchanged)


def _category(node: taxonomy.Node) -> UpdateOne:
    values = {
        "name": node.name, "level": node.level, "parent_slug": node.parent_slug, "path": list(node.path),
        "size_set": node.size_set, "position": node.position, "version": taxonomy.TAXONOMY_VERSION,
    }  # fmt: skip
    kept = {"_id": taxonomy.category_id(node.slug)}
    return UpdateOne({"slug": node.slug}, {"$set": values, "$setOnInsert": kept}, upsert=True)


def _brand(brand: taxonomy.BrandEntry, renamed: set[str]) -> UpdateOne:
    known = {"aliases": list(brand.aliases), "is_reviewed": True}
    if brand.slug in renamed:  # staff's word for it stays
        return UpdateOne({"slug": brand.slug}, {"$set": known})
    kept = {"_id": taxonomy.brand_id(brand.slug), "slug": brand.slug, "revision": 1}
    # By the compared name, not the slug: a brand that a seller typed before we knew it keeps its address.
    by_name = {"name_ci": taxonomy.normal_name(brand.name)}
    return UpdateOne(by_name, {"$set": {**known, "name": brand.name}, "$setOnInsert": kept}, upsert=True)


def _renamed() -> set[str]:
    ours = {brand.slug: taxonomy.normal_name(brand.name) for brand in taxonomy.brands()}
    rows = Brand.objects.filter(slug__in=list(ours)).values_list("slug", "name_ci")
    return {slug for slug, name_ci in rows if name_ci != ours[slug]}


def _upsert(model: type[Brand] | type[Category], writes: list[UpdateOne]) -> tuple[int, int, int]:
    # The ORM has no bulk upsert on this database, and one by one is a thousand round trips.
    done = model.objects.all().write_each(writes)
    return done.upserted_count, done.modified_count, done.matched_count - done.modified_count
