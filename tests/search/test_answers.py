"""From a query to listings in a shop of some hundred: what is shown, what is never shown, and how it is widened."""

import pytest

from listings.models import Listing
from listings.taxonomy import brand_for
from search import services
from search.query import Query
from search.services.answers import wider_searches
from search.vocabulary import snapshot
from tests import make
from tests.search.golden import GOLDEN, Meaning
from tests.search.golden_shop import BRANDS, open_shop
from tests.search.typing_errors import with_typing_error

pytestmark = pytest.mark.django_db

# query: what each of the first results must be (field: value), all of which the shop has.
MUST = {
    "nike blue sneakers": {"brand_slug": "nike", "colors": ["blue"]},
    "addidas hoodie": {"brand_slug": "adidas", "category_path": "men-sweaters-hoodies"},
    "calvin kline jeans": {"brand_slug": "calvin-klein"},
    "red midi dress": {"colors": ["red"], "category_path": "women-dresses-midi"},
    "kids sneakers": {"category_path": "kids-shoes-sneakers"},
    "mens sneakers us 10": {"category_path": "men-shoes-sneakers", "sizes": ["US 10"]},
    "size 8.5 heels": {"sizes": ["US 8.5"]},
    "jeans 32x34": {"sizes": ["W32"]},
    "coach handbag": {"brand_slug": "coach", "category_path": "women-bags-handbags"},
    "gap hoodie": {"brand_slug": "gap"},
    "nwt leggings": {"condition": "nwt", "category_path": "women-activewear-leggings"},
    "navy cardigan": {"colors": ["blue"]},
    "gold necklace": {"category_path": "women-jewelry-necklaces", "colors": ["gold"]},
    "ralf lauren t-shirt": {"brand_slug": "ralph-lauren", "category_path": "men-shirts-t-shirts"},
    "girls dress 4t": {"category_path": "kids-girls-dresses", "sizes": ["Kids 4T"]},
}

NOUNS = "dress jeans blouse cardigan heels boots handbag bag leggings necklace t-shirt hoodie jacket sneakers suit tee"


def has(meaning: Meaning) -> bool:
    """Whether the shop has such a garment, the brand, or what the filters alone say."""
    own = any(f"brand={brand.slug}" in meaning.filters for brand in map(brand_for, BRANDS) if brand)
    alone = not meaning.text and "brand=" not in meaning.filters
    return own or alone or bool(set(NOUNS.split()) & set(meaning.text.split()))


@pytest.fixture
def shop() -> int:
    return open_shop()


def shown(answer: services.Answer, number: int = 5) -> list[Listing]:
    found = Listing.objects.in_bulk([row.pk for row in answer.found.rows[:number]])
    return list(found.values())


def fits(listing: Listing, name: str, value) -> bool:
    actual = getattr(listing, name)
    return value in actual if name == "category_path" else actual == value


def test_the_golden_queries_in_a_shop(shop):
    assert shop > 300
    wrong = []
    for query, must in MUST.items():
        answer = services.search(Query(text=query))
        found = shown(answer)
        if not found or answer.relaxed or not all(fits(one, *pair) for one in found for pair in must.items()):
            wrong.append((query, [str(one) for one in found], answer.relaxed, answer.query))
    assert wrong == []

    cheap = services.search(Query(text="jeans under $40"))
    assert shown(cheap, 48)
    assert all(one.price_cents <= 4000 for one in shown(cheap, 48))


def test_no_query_whose_garment_the_shop_has_finds_nothing_also_with_a_typing_error(shop):
    asked = [query for query, meaning in GOLDEN.items() if has(meaning)]
    empty, relaxed = [], 0
    for query in asked:
        # One error: not a second one in a query that has one.
        for typed in (query, None if GOLDEN[query].fixes else with_typing_error(query)):
            answer = services.search(Query(text=typed)) if typed else None
            if answer and not answer.found.rows:
                empty.append(typed)
            relaxed += bool(answer and answer.relaxed)
    assert len(asked) > 200
    assert empty == []
    assert relaxed > 0


def test_words_in_any_order_and_number_come_first_when_nothing_has_them_all():
    make.listing(title="Silk gown")
    answer = services.search(Query(text='"gown of silk" vermilion'))

    assert answer.relaxed == ("words",)
    assert [one.title for one in shown(answer)] == ["Silk gown"]
    assert answer.query.any_word
    assert services.search(answer.query).found.rows == answer.found.rows


def test_filters_are_let_go_one_by_one_in_a_fixed_order():
    query = Query(
        text="smock",
        price_max=1,
        size=("S",),
        color=("red",),
        condition=("nwt",),
        brand=("nike",),
        category=("men",),
    )
    steps = list(wider_searches(query))

    assert [relaxed for _wider, relaxed in steps] == [
        ("price",), ("price", "size"), ("price", "size", "color"), ("price", "size", "color", "condition"),
        ("price", "size", "color", "condition", "brand"), ("price", "size", "color", "condition", "brand", "category"),
        ("text",), ("text", "price"), ("text", "price", "size"), ("text", "price", "size", "color"),
        ("text", "price", "size", "color", "condition"), ("text", "price", "size", "color", "condition", "category"),
    ]  # fmt: skip
    assert steps[0][0] == query.without("price_max")
    assert steps[5][0] == Query(text="smock")
    assert steps[6][0] == query.without("text")
    assert steps[-1][0] == Query(brand=("nike",))


def test_what_else_a_thing_is_called_is_looked_for_when_nothing_is_found():
    make.listing(title="Chunky sneakers")

    assert [one.title for one in shown(services.search(Query(text="trainers")))] == ["Chunky sneakers"]


def test_what_was_let_go_is_said_and_shown():
    make.listing(title="Silk smock", brand="Nike", colors=["red"], price_cents=9000)
    answer = services.search(Query(text="red nike smock under $40"))

    assert answer.relaxed == ("price",)
    assert [one.title for one in shown(answer)] == ["Silk smock"]
    assert answer.understood.query.price_max == 4000
    assert answer.query.price_max is None


def test_what_nobody_sells_is_not_made_up():
    make.listing(title="Silk smock")
    answer = services.search(Query(text="xylophone"))

    assert not answer.found.rows
    assert answer.relaxed == ()


def test_a_later_page_is_never_widened():
    make.listing(title="Silk smock")

    assert services.search(Query(text="xylophone smock"), "WzEsICJ4Il0").relaxed == ()


def test_a_word_read_as_a_filter_is_looked_for_in_titles_before_anything_is_let_go():
    skirt = make.listing(
        title="Handmade emerald midi skirt with pockets", colors=["red"], brand="Cos Originals"
    )
    services.rebuild_vocabulary()
    snapshot.reload()

    for text in ("emerald skirt pockets", "handmade emerald"):
        answer = services.search(Query(text=text))
        assert [row.pk for row in answer.found.rows] == [skirt.pk], text
        assert (answer.relaxed, answer.query.color) == ((), ())


def test_what_nobody_sells_is_never_widened_to_everything():
    make.listing(brand="Levi's")

    answer = services.search(Query(brand=("nike",)))

    assert (list(answer.found.rows), answer.relaxed) == ([], ())
