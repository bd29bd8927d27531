"""The words listings are described with: read once from listings/data, frozen, and the same for every process.

Names are English and stay so here; `.title` is what people read, in their language. Nothing here asks the database.
"""

from listings.taxonomy.data import DATA, TAXONOMY_VERSION, Named
from listings.taxonomy.makers import BrandEntry, brand_for, brand_id, brands, normal_name, unbranded
from listings.taxonomy.sizes import Size, SizeSet, size_for, size_in_category, size_sets, sizes_for
from listings.taxonomy.tree import (
    LEVELS,
    Node,
    categories,
    category,
    category_id,
    children,
    departments,
    path_of,
)
from listings.taxonomy.words import COLORS, CONDITIONS, FLAW_KINDS, FLAW_PLACES, Color, Condition

__all__ = [
    "COLORS", "CONDITIONS", "DATA", "FLAW_KINDS", "FLAW_PLACES", "LEVELS", "TAXONOMY_VERSION", "BrandEntry", "Color",
    "Condition", "Named", "Node", "Size", "SizeSet", "brand_for", "brand_id", "brands", "categories", "category",
    "category_id", "children", "departments", "normal_name", "path_of", "size_for", "size_in_category", "size_sets",
    "sizes_for", "unbranded",
]  # fmt: skip
