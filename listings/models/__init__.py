"""What is for sale and what it is described with."""

from listings.models.card_row import CardRow, card_rows
from listings.models.catalogue import Brand, Category
from listings.models.facets import FACETED, faceted
from listings.models.listing import EDITABLE, KEPT, MOVES, PUBLIC, Flaw, Listing, Photo
from listings.models.status import Status
from listings.models.stock import Hold, Stock

__all__ = ["EDITABLE", "FACETED", "KEPT", "MOVES", "PUBLIC", "Brand", "CardRow", "Category", "Flaw", "Hold", "Listing",
           "Photo", "Status", "Stock", "card_rows", "faceted"]  # fmt: skip
