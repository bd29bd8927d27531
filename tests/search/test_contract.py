"""What holds for every engine: filters, orders, pages and what is never shown. Texts: test_contract_text.py."""

import base64
import json

import pytest

from accounts import services as accounts
from listings import services as listings
from listings.models import Status
from search.query import Availability, Query, Sort
from social import services as social
from tests import make

SORTS = [sort.value for sort in Sort]
DRESS, COAT = "women-dresses-maxi", "men-jackets-wool"


@pytest.fixture
def wardrobe(shop):
    """Six listings that differ in everything there is to choose."""
    shop.add("red", brand="Levi's", colors=["red"], condition="good", price_cents=2500)
    shop.add("blue", brand="Zara", colors=["blue"], condition="nwt", price_cents=4000)
    shop.add("both", brand="Zara", colors=["red", "blue"], condition="good", price_cents=6000,
             sizes=[{"size": "S", "quantity": 1}, {"size": "L", "quantity": 1}])  # fmt: skip
    shop.add(
        "mini",
        category="women-dresses-mini",
        brand="Nike",
        colors=["black"],
        condition="fair",
        price_cents=1000,
    )
    shop.add("coat", category=COAT, brand="Zara", colors=["black"], condition="like_new", price_cents=9000,
             sizes=[{"size": "L", "quantity": 1}])  # fmt: skip
    shop.add(
        "other",
        seller=make.verified_user("berta"),
        category=COAT,
        brand=None,
        colors=["black"],
        price_cents=2500,
    )
    return shop


FILTERS = [
    ({}, "red blue both mini coat other"),
    ({"category": (DRESS,)}, "red blue both"),
    ({"category": ("women-dresses",)}, "red blue both mini"),
    ({"category": ("men",)}, "coat other"),
    ({"brand": ("zara",)}, "blue both coat"),
    ({"size": ("M",)}, "red blue mini other"),
    ({"color": ("red",)}, "red both"),
    ({"condition": ("good",)}, "red both other"),
    ({"seller": "berta"}, "other"),
    ({"seller": "nobody"}, ""),
    ({"brand": ("no-such-brand",)}, ""),
    # or within one
    ({"category": ("women-dresses-mini", "men")}, "mini coat other"),
    ({"category": ("women", "women-dresses-mini")}, "red blue both mini"),
    ({"brand": ("levis", "nike")}, "red mini"),
    ({"size": ("S", "L")}, "both coat"),
    ({"color": ("red", "blue")}, "red blue both"),
    ({"condition": ("nwt", "fair")}, "blue mini"),
    # and across them
    ({"brand": ("zara",), "color": ("red", "black")}, "both coat"),
    ({"category": ("women",), "size": ("M",), "condition": ("good", "nwt")}, "red blue"),
    ({"brand": ("levis",), "color": ("blue",)}, ""),
    ({"seller": "alma", "size": ("M",), "color": ("black",)}, "mini"),
    # prices, both bounds included
    ({"price_min": 2500}, "red blue both coat other"),
    ({"price_max": 2500}, "red mini other"),
    ({"price_min": 2500, "price_max": 4000}, "red blue other"),
    ({"price_min": 4001, "price_max": 5999}, ""),
    ({"price_min": 5000, "price_max": 1000}, ""),
    ({"price_max": 0}, ""),
    ({"brand": ("zara",), "price_max": 6000, "color": ("red", "blue")}, "blue both"),
    # everything at once
    ({"category": ("women", "men-shirts"), "brand": ("levis", "zara"), "size": ("L", "M"), "color": ("red", "pink"),
      "condition": ("good", "nwt"), "price_min": 3000, "price_max": 7000, "seller": "alma"}, "both"),
]  # fmt: skip


def test_filters_mean_or_within_and_across(wardrobe):
    answers = [(query, wardrobe.found(**query)) for query, _ in FILTERS]

    assert answers == [(query, set(names.split())) for query, names in FILTERS]


@pytest.mark.parametrize("sort", SORTS[1:])
def test_filters_mean_the_same_in_every_order_and_with_text(wardrobe, sort):
    answers = [(query, wardrobe.found(sort=sort, text="plain", **query)) for query, _ in FILTERS]

    assert answers == [(query, set(names.split())) for query, names in FILTERS]


def test_very_many_values_of_each_filter_still_mean_or(wardrobe):
    colors = ("red", "blue", "pink", "gold", "grey", "cream", "green", "white")
    brands = ("levis", "zara", "nike", "adidas", "puma", "gucci", "prada", "mango")
    many = {
        "color": colors,
        "brand": brands,
        "size": ("S", "M", "L", "XL", "XS"),
        "category": ("women", "men", "kids"),
    }

    assert wardrobe.found(**many) == {"red", "blue", "both"}
    assert wardrobe.ordered(sort="price_desc", **many) == ["both", "blue", "red"]


def test_orders(wardrobe):
    for name, likes in {"mini": 2, "coat": 1}.items():
        for _ in range(likes):
            social.like_listing(user=make.verified_user(), listing_id=wardrobe.made[name].pk)

    assert wardrobe.ordered() == ["other", "coat", "mini", "both", "blue", "red"]
    assert wardrobe.ordered(sort="newest") == wardrobe.ordered(sort="relevance") == wardrobe.ordered()
    assert wardrobe.ordered(sort="price_asc") == ["mini", "red", "other", "blue", "both", "coat"]
    assert wardrobe.ordered(sort="price_desc") == ["coat", "both", "blue", "other", "red", "mini"]
    assert wardrobe.ordered(sort="likes") == ["mini", "coat", "other", "both", "blue", "red"]


# --- what is shown


@pytest.fixture
def everything(shop):
    """One listing in each status, each of a seller of its own (closing an account pauses all of its listings)."""
    for status in Status:
        shop.add(status.value, seller=make.verified_user(), status=status)
    return shop


@pytest.mark.parametrize("text", ["", "plain"])
def test_only_what_is_for_sale_shows_unless_asked(everything, text):
    public = {"available", "reserved", "not_for_sale", "sold"}

    assert everything.found(text=text) == {"available"}
    assert everything.found(text=text, availability=Availability.SOLD) == {"sold"}
    assert everything.found(text=text, availability=Availability.ALL) == public
    assert (
        everything.found(text=text, availability=Availability.ALL, sort="price_asc", brand=("levis",))
        == public
    )
    assert everything.counts("brand", text=text) == {"levis": 1}
    assert everything.counts("brand", text=text, availability=Availability.ALL) == {"levis": 4}


def test_what_changes_shows_as_it_is_now(shop):
    first, second = shop.add("first"), shop.add("second")
    assert shop.found(text="plain") == {"first", "second"}

    listings.remove_listing(actor=shop.seller, listing=first)
    listings.edit_listing(
        actor=shop.seller, listing=second, title="Corduroy", colors=["green"], price_cents=700
    )

    assert shop.found(text="plain") == set()
    assert shop.found(text="corduroy", color=("green",), price_max=700) == {"second"}
    assert shop.find(text="corduroy").rows[0].price_cents == 700


def test_a_closed_account_shows_nothing_and_everything_again_when_it_opens(shop):
    shop.add("mine")
    accounts.close_account(actor=shop.seller, user=shop.seller)
    assert shop.found() == shop.found(text="plain") == shop.found(seller="alma") == set()

    accounts.reopen_account(actor=make.staff(), user=shop.seller)

    assert shop.found(text="plain") == {"mine"}


# --- pages


@pytest.mark.parametrize("text", ["", "plain", "plain gingham"])
@pytest.mark.parametrize("sort", SORTS)
def test_pages_show_each_once_while_others_are_listed(shop, sort, text):
    prices = [1000, 3000, 3000, 3000, 2000, 3000, 1000]  # equals across the ends of pages
    for number, price in enumerate(prices):
        shop.add(f"gingham {number}", price_cents=price)
    newer = iter(range(len(prices)))

    def between():
        shop.add(f"gingham newer {next(newer)}", price_cents=2000)

    pages = list(shop.pages(between, text=text, sort=sort))

    shown = [name for page in pages for name in page]
    assert len(shown) == len(set(shown))
    assert {f"gingham {number}" for number in range(len(prices))} <= set(shown)
    assert all(len(page) == 3 for page in pages[:-1])


@pytest.mark.parametrize("query", [{}, {"text": "plain"}, {"color": ("red",)}], ids=str)
@pytest.mark.parametrize("sort", SORTS)
def test_the_pages_together_are_the_whole_list(shop, sort, query):
    for number in range(7):
        shop.add(str(number), price_cents=1000 + 500 * (number // 2))

    pages = list(shop.pages(sort=sort, **query))

    assert [len(page) for page in pages] == [3, 3, 1]
    assert [name for page in pages for name in page] == shop.ordered(sort=sort, **query)


def forged(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


BROKEN = [
    "x", "%%%", "é", "\x00", "A" * 5000, forged(1), forged([]), forged([1, "x"]), forged(["a", "0" * 24]),
    forged([None, None]), forged([{"t": "never"}, "0" * 24]), forged([{}, []]), forged([10**400, "0" * 24]),
    forged([[[1]], {"$gt": ""}, 3, 4, 5, 6]),
]  # fmt: skip


@pytest.mark.parametrize("text", ["", "plain"])
@pytest.mark.parametrize("sort", SORTS)
def test_a_broken_cursor_gives_the_first_page(shop, sort, text):
    shop.add("one")
    shop.add("two")
    first = shop.ordered(sort=sort, text=text)

    assert [shop.ordered(sort=sort, text=text, after=cursor) for cursor in BROKEN] == [first] * len(BROKEN)


def test_a_cursor_of_another_order_is_no_error(shop):
    for number in range(4):
        shop.add(str(number))
    cursors = [
        shop.find(sort=sort, text=text, page=1).next_cursor for sort in SORTS for text in ("", "plain")
    ]

    for cursor in cursors:
        for sort in SORTS:
            for text in ("", "plain"):
                assert set(shop.ordered(sort=sort, text=text, after=cursor)) <= set("0123")


def test_a_count_is_left_out_where_it_is_not_wanted(shop):
    shop.add("one")
    shop.engine_ready()

    assert shop.engine.find(Query(), size=5, count=False).total is None
    assert shop.engine.find(Query(text="plain"), size=5, count=False).total is None
