"""A shop of some hundred listings, made in one go: every garment in many brands, colours and sizes."""

from itertools import count

from listings import services as listings
from listings.services.imports import ImportRow, take_picture
from search import services
from search.vocabulary import snapshot
from tests import make

# (leaf, what titles call it, sizes)
GARMENTS = (
    ("women-dresses-midi", "midi dress", ("S", "M", "US 8")),
    ("women-dresses-maxi", "maxi dress", ("XS", "L", "US 6")),
    ("women-jeans-skinny", "skinny jeans", ("W26", "W28", "W30")),
    ("women-tops-blouses", "blouse", ("S", "M", "L")),
    ("women-sweaters-cardigans", "cardigan", ("S", "M", "XL")),
    ("women-shoes-heels", "heels", ("US 7", "US 8", "US 8.5")),
    ("women-shoes-ankle-boots", "ankle boots", ("US 7", "US 9", "US 10")),
    ("women-bags-handbags", "handbag", ("One size",)),
    ("women-activewear-leggings", "leggings", ("S", "M", "US 6")),
    ("women-jewelry-necklaces", "necklace", ("One size",)),
    ("men-shirts-t-shirts", "t-shirt", ("M", "L", "XXL")),
    ("men-sweaters-hoodies", "hoodie", ("M", "L", "XL")),
    ("men-jackets-denim", "denim jacket", ("M", "L", "3XL")),
    ("men-jeans-straight", "straight jeans", ("W31", "W32", "W34")),
    ("men-shoes-sneakers", "sneakers", ("US 9", "US 10", "US 10.5")),
    ("men-suits-suits", "suit", ("40R", "42L", "M")),
    ("kids-girls-dresses", "dress", ("Kids 4T", "Kids 8", "Kids 10")),
    ("kids-shoes-sneakers", "sneakers", ("US 1Y", "US 3Y")),
)  # fmt: skip
BRANDS = (
    "Nike", "Adidas", "Levi's", "Zara", "Gap", "Coach", "Calvin Klein", "Ralph Lauren", "The North Face", "Free People",
    "H&M", "Michael Kors", "Lululemon", "Diesel", "Patagonia", "Gucci", "Vans", "Madewell",
)  # fmt: skip
COLORS = ("black", "white", "blue", "red", "green", "pink", "brown", "grey", "gold", "silver", "beige")
CONDITIONS = ("nwt", "nwot", "like_new", "good", "fair")


def open_shop() -> int:
    """Makes the listings and the vocabulary; how many listings."""
    seller = make.verified_user("golden")
    photo = take_picture(upload=make.jpeg())
    rows, number = [], count()
    for at, (leaf, noun, sizes) in enumerate(GARMENTS):
        for brand in BRANDS:
            n = next(number)
            color = COLORS[(n + at) % len(COLORS)]
            fields = {
                "title": f"{brand} {color} {noun}", "description": f"A {noun}, worn with care.", "category": leaf,
                "brand": brand, "colors": [color], "condition": CONDITIONS[n % len(CONDITIONS)],
                "price_cents": 1500 + 700 * (n % 17), "currency": "USD",
                "sizes": [{"size": sizes[n % len(sizes)], "quantity": 1}],
            }  # fmt: skip
            rows.append(ImportRow(f"golden:{n}", seller, fields, photo))
    refused = listings.import_listings(rows=rows)
    assert not refused, refused
    services.rebuild_vocabulary()
    snapshot.reload()
    return len(rows)
