"""What is for sale and what it is described with."""

from listings.models.card_row import CardRow, card_rows
from listings.models.catalogue import Brand, Category
from listings.models.listing import EDITABLE, MOVES, PUBLIC, Flaw, Listing, Photo, Status
from listings.models.stock import Hold, Stock

__all__ = [
           "EDITABLE",
           "MOVES",
           "PUBLIC",
           "Brand",
           "CardRow",
           "Category",
           "Flaw",
           "Hold",
           "Listing",
           "Photo",
           "Status",
           "Stock",
           "card_rows",
]  # fmt: skip
