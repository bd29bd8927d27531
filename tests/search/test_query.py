"""The search object that all doors share."""

from search.query import Query, Sort


def test_values_are_sorted_and_unique_so_that_equal_searches_are_equal():
    one = Query(text="dress", brand=("zara", "levis", "zara"))

    assert one == Query(text="dress", brand=("levis", "zara"))
    assert list(one.pairs()) == [("text", "dress"), ("brand", "levis"), ("brand", "zara")]


def test_a_chip_is_taken_off_and_put_on():
    both = Query(color=("black", "red"), price_max=4000)

    assert both.without("color", "red").color == ("black",)
    assert both.without("color").color == ()
    assert both.without("price_max").price_max is None
    assert both.without("color").having("color", "blue").color == ("blue",)


def test_without_text_the_best_match_is_the_newest():
    assert Query().order == Sort.NEWEST
    assert Query(text="dress").order == Sort.RELEVANCE
    assert Query(text="dress", sort="price_asc").order == Sort.PRICE_ASC


def test_what_is_switched_on_is_a_parameter_of_its_own():
    assert list(Query(text="m", exact=True).pairs()) == [("text", "m"), ("exact", "1")]
    assert Query(text="m", any_word=True).without("any_word") == Query(text="m")
