"""An alert never disagrees with the search: `matching` says what `find` shows, and candidates miss nothing of it."""

import random

import pytest

from listings import services as listings
from listings.models import Listing, Status
from search import alerts
from search.query import Query
from search.vocabulary.snapshot import Snapshot

pytestmark = pytest.mark.django_db
TITLES = [
    "Gingham summer dress", "Levi's 501 jeans", "Women's wool scarves", "Womens dresses, lot of 2", "V-neck T-shirt",
    "Vneck tee shirt", "O'Neill ski jacket", "Skies and skis", "Tie, tying, ties", "Bjørn Borg shorts",
    "Crème brûlée knit",
    "Party parties parts", "Running run runner", "Leather boots size 8.5", "Dye dyed dying", "Men's man shirt",
    "Straße groß coat", "LIGHT blue light", "Moto jacket", "Sweater, knitted", "Bag bags bagging", "Lace-up boots",
]  # fmt: skip
TEXTS = [
    "dress", "dresses", "dressing", "levis", "levi's", "levi", "scarf", "scarves", "women", "womens", "woman", "men",
    "v-neck", "v neck", "vneck", "t-shirt", "tshirt", "tee", "o'neill", "oneill", "neill", "sky", "skies",
    "ski", "skis",
    "tie", "ties", "tying", "bjorn", "bjørn", "creme", "crème brulee", "party", "parties", "part", "run", "running",
    "8.5", "boots 8.5", "dye", "dyed", "dying", "strasse", "gross coat", "light blue", "bags", "lace up",
    "lace-up boots",
    '"summer dress"', '"blue light"', "jeans 501", "the", "a dress of wool", "lavender", "worn twice",
    "gingham nike", "jumper", "leather jacket", "biker jacket",
    "red jacket", "tee shirt", "shorts", "knitted jumper",
]  # fmt: skip
CHOICES = {
    "category": [(), ("women",), ("women-dresses",), ("men", "kids")], "brand": [(), ("levis",), ("nike", "zara")],
    "size": [(), ("M",), ("S", "L")], "color": [(), ("red",), ("blue", "black")],
    "condition": [(), ("good",), ("nwt", "fair")], "price_min": [None, None, 2000], "price_max": [None, None, 4000],
    "seller": ["", "", "", "alma", "berta"], "availability": ["available", "available", "all", "sold"],
    "any_word": [False, False, True],
}  # fmt: skip


@pytest.fixture
def rack(shop):
    """Twenty listings of every kind, drawn by a seed."""
    draw = random.Random(7)
    for number, title in enumerate(TITLES):
        shop.add(
            str(number), title=title,
            brand=draw.choice(["Levi's", "Nike", "Zara"]), colors=[draw.choice(["red", "blue"])],
            condition=draw.choice(["good", "nwt", "fair"]), price_cents=draw.choice([1500, 3000, 5000]),
            category=draw.choice(["women-dresses-maxi", "men-jackets-wool"]),
            sizes=[{"size": draw.choice(["S", "M", "L"]), "quantity": 1}],
        )  # fmt: skip
    return shop


def queries():
    draw = random.Random(11)
    yield from (Query(text=text, any_word=any_word) for text in TEXTS for any_word in (False, True))
    for _ in range(300):
        text = draw.choice(TEXTS) if draw.random() < 0.6 else ""
        yield Query(text=text, **{name: draw.choice(values) for name, values in CHOICES.items()})


def test_matching_and_candidates_agree_with_the_search(rack):
    rows = {one.pk: one for one in Listing.objects.filter(pk__in=[made.pk for made in rack.made.values()])}
    asked = list(queries())
    rack.engine_ready()

    matched = rack.engine.matching(asked, list(rows))

    disagreeing, missed, shown = [], [], 0
    for query, found in zip(asked, matched, strict=True):
        on_page = {row.pk for row in rack.engine.find(query, size=48).rows}
        shown += len(on_page)
        if on_page != found:
            disagreeing.append((query, on_page ^ found))
        missed += [(query, rows[pk].title) for pk in on_page if not is_candidate(query, rows[pk])]
    assert disagreeing == []
    assert missed == []
    assert shown > len(asked)  # there was something to disagree about


def is_candidate(query, listing):
    low, high = alerts.prices_of(query)
    return (
        set(alerts.numbers_of(query)) & set(listing.facets)
        and alerts.word_of(query, Snapshot().words) in alerts.words_in(listing)
        and low <= listing.price_cents <= high
    )


def test_only_the_listings_that_are_asked_about_and_as_they_are_now(rack):
    first, second, third = (rack.made[str(number)] for number in range(3))
    rack.engine_ready()
    listings.edit_listing(actor=rack.seller, listing=first, title="Velvet cape")
    listings.set_status(actor=rack.seller, listing=third, status=Status.NOT_FOR_SALE)

    cape, every = rack.engine.matching([Query(text="velvet"), Query()], [first.pk, third.pk])

    assert (cape, every) == ({first.pk}, {first.pk})
    assert rack.engine.matching([Query()], [second.pk, first.pk])[0] == {first.pk, second.pk}
    assert rack.engine.matching([], [first.pk]) == []
    assert rack.engine.matching([Query()], []) == [set()]


def test_values_that_make_too_many_numbers_leave_out_the_largest_facet():
    query = Query(brand=tuple(map(str, range(20))), size=tuple(map(str, range(6))), color=("red",))

    assert len(alerts.numbers_of(query)) == 6
    assert len(alerts.numbers_of(query.without("size"))) == 20
