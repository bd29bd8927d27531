"""What is for sale and what it is described with."""

from listings.models.card_row import FIELDS as CARD_FIELDS
from listings.models.card_row import CardRow, card_row, card_rows
from listings.models.catalogue import Brand, Category
from listings.models.facets import BY_PRICE, FACETED, NEWEST, facet, faceted
from listings.models.listing import BY_AGE, EDITABLE, KEPT, MOVES, PUBLIC, Flaw, Listing, Photo
from listings.models.status import Status
from listings.models.stock import Hold, Stock

__all__ = ["BY_AGE", "BY_PRICE", "CARD_FIELDS", "EDITABLE", "FACETED", "KEPT", "MOVES", "NEWEST", "PUBLIC", "Brand",
           "CardRow", "Category", "Flaw", "Hold", "Listing", "Photo", "Status", "Stock", "card_row", "card_rows",
           "facet", "faceted"]  # fmt: skip
