"""What holds for every engine when there is text: which words are found where, phrases, order, odd texts."""

import pytest

from search.query import Sort
from tests import make

SORTS = [sort.value for sort in Sort]
ROOM = 200  # characters of a text


@pytest.fixture
def texts(shop):
    """Each word in one place only, so that it is known where it was found."""
    shop.add("title", title="Velvet blazer", description="-", brand=None, category="men-jackets-wool")
    shop.add("brand", title="Nice thing", description="-", brand="Patagonia", category="men-jackets-wool")
    shop.add("category", title="Another thing", description="-", brand=None, category="women-dresses-maxi")
    shop.add("description", title="Third thing", description="Smells of lavender and cedar.", brand=None,
             category="men-shirts-polo")  # fmt: skip
    return shop


def test_words_are_found_in_title_brand_categories_and_description(texts):
    assert texts.found(text="velvet") == {"title"}
    assert texts.found(text="patagonia") == {"brand"}
    assert texts.found(text="maxi") == {"category"}
    assert texts.found(text="women") == {"category"}
    assert texts.found(text="lavender") == {"description"}
    assert texts.found(text="corduroy") == set()


def test_capitals_plurals_and_endings_do_not_matter(texts):
    for text in ("VELVET", "Blazers", "blazer", "velvet, blazers!"):
        assert texts.found(text=text) == {"title"}, text
    for text in ("dress", "Dresses", "maxi dress"):
        assert texts.found(text=text) == {"category"}, text
    assert texts.found(text="smelling") == {"description"}


def test_accents_do_not_matter(shop):
    shop.add("café", title="Café crème blouse")
    shop.add("plain", title="Cafe creme jumper")

    assert shop.found(text="cafe") == shop.found(text="café") == {"café", "plain"}
    assert shop.found(text="creme café") == {"café", "plain"}


def test_words_are_found_in_any_order_and_place(texts):
    texts.add("all", title="Silk scarf", brand="Gucci", description="From Paris.")

    for text in ("silk gucci paris", "paris silk gucci", "gucci scarf", "scarfs paris"):
        assert texts.found(text=text) == {"all"}, text


def test_with_several_words_those_that_have_all_come_first(shop):
    shop.add("both", title="Red dress", description="-")
    shop.add("half", title="Red skirt", category="women-skirts-mini", description="-")
    shop.add("shorter", title="Red", category="women-skirts-mini", description="-")

    assert shop.ordered(text="red dress")[0] == "both"
    assert shop.ordered(text="red dress", any_word=True)[0] == "both"
    for sort in SORTS[1:]:
        assert shop.ordered(text="red dress", sort=sort) == ["both"], sort


def test_a_word_inside_another_is_not_that_word(shop):
    shop.add("red", title="Red gown", category="women-dresses-formal", description="-")
    shop.add(
        "tailored", title="Tailored gown", category="women-dresses-formal", description="Covered in beads."
    )

    assert shop.found(text="red gown", sort="newest") == {"red"}


def test_one_word_is_enough_where_that_is_asked_for(shop):
    shop.add("coat", title="Camel coat", category="women-jackets-trench", description="-")

    for sort in SORTS:
        assert shop.ordered(text="camel zeppelin", sort=sort, any_word=True) == ["coat"], sort


def test_a_phrase_in_quotes_is_found_as_it_stands(shop):
    shop.add("phrase", title="Little black dress")
    shop.add("apart", title="Black and little, a dress")

    assert shop.found(text='"little black"') == {"phrase"}
    assert shop.found(text='"LITTLE Black" dress') == {"phrase"}
    assert shop.found(text="little black") == {"phrase", "apart"}
    assert shop.found(text='"black little"') == set()


def test_the_title_weighs_more_than_the_brand_the_category_and_the_description(shop):
    shop.add("description", title="Nice thing", description="As by mango.", brand=None)
    shop.add("brand", title="Nice thing", description="As by others.", brand="Mango")
    shop.add("title", title="Mango thing", description="As by others.", brand=None)

    assert shop.ordered(text="mango") == ["title", "brand", "description"]


def test_a_stuffed_title_sinks(shop):
    shop.add("plain", title="Denim jacket", category="women-jackets-trench")
    shop.add("stuffed", title="Denim denim denim jacket jacket denim jacket", category="women-jackets-trench")

    assert shop.ordered(text="denim jacket") == ["plain", "stuffed"]
    assert shop.ordered(text="denim") == ["plain", "stuffed"]


def test_better_described_comes_first_among_equals(shop):
    shop.add("rich", title="Denim jacket", photos=4, description="Boxy, mid blue, two inner pockets. " * 5)
    shop.add("poor", title="Denim jacket", photos=1, description="-")

    assert shop.ordered(text="denim jacket") == ["rich", "poor"]


ODD = [
    "-", '"', '""', '"unfinished', "$", "*", "(", ")", "((", "[a-z]", "\\", "\\Q", "/", "^", "a|b", "{}", "%", "~", "!",
    "?", "AND", "OR", "NOT", "&&", "title:", "_exists_:title", "+", "<script>", "👗", "👗👠", "​", "\n\t", "א", "ﷺ",
    "ａｂｃ", "the", "and the of", "x" * ROOM, "word " * 40, "é" * ROOM, '"' * ROOM, "-" * ROOM, "'", "’s",
    "\x00", "1=1; --", "red sneakers trainers kicks tennis shoes gym shoes runners tennies",
]  # fmt: skip


@pytest.mark.parametrize("sort", ["relevance", "newest", "likes"])
def test_odd_texts_are_no_errors_and_mean_nothing_but_text(shop, sort):
    shop.add("one", title="Plain wool coat", description="-")

    for text in ODD:
        for any_word in (False, True):
            found = shop.find(text=text, sort=sort, any_word=any_word)
            assert len(found.rows) <= 1, text
        shop.facets(text=text)


@pytest.mark.parametrize("text", ["-", "$$$", "👗", "the", "and the of", '""', "( ) *"])
def test_a_text_without_a_word_to_look_for_finds_nothing(shop, text):
    shop.add("one", title="The plain wool coat and the of")

    found = shop.find(text=text)

    assert (list(found.rows), found.next_cursor, found.total.value) == ([], "", 0)


def test_operators_among_words_are_not_operators(shop):
    shop.add("coat", title="Plain wool coat", description="-", category="women-jackets-trench")

    for text in ("wool -coat", "wool AND coat", "(wool) coat*", "+wool +coat", "wool | coat", "wool & coat",
                 'wool "coat', "-wool coat", "wool $coat", "👗 wool coat", "the wool of coat"):  # fmt: skip
        assert shop.found(text=text) == {"coat"}, text


def test_words_with_marks_and_numbers_are_found(shop):
    shop.add("tee", title="T-shirt 501 XL", brand="Levi's", category="men-shirts-t-shirts")

    for text in ("t-shirt", "T-Shirts", "levi's", "levis", "501", "levis 501", "Levi’s t-shirt"):
        assert shop.found(text=text) == {"tee"}, text


def test_one_text_in_two_closets_by_seller(shop):
    shop.add("mine", title="Plain coat")
    shop.add("theirs", title="Plain coat", seller=make.verified_user("berta"))

    assert shop.found(text="plain coat", seller="berta") == {"theirs"}
