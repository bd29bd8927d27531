"""What holds for every engine's facets: or within, and across, counted without the facet's own choice."""

import pytest

COAT = "men-jackets-wool"


@pytest.fixture
def wardrobe(shop):
    shop.add("red", brand="Levi's", colors=["red"], condition="good", price_cents=2500)
    shop.add("blue", brand="Zara", colors=["blue"], condition="nwt", price_cents=4000)
    shop.add("both", brand="Zara", colors=["red", "blue"], condition="good", price_cents=4500,
             sizes=[{"size": "S", "quantity": 1}, {"size": "L", "quantity": 1}])  # fmt: skip
    shop.add("coat", category=COAT, brand=None, colors=["black"], condition="good", price_cents=90_000,
             sizes=[{"size": "L", "quantity": 1}])  # fmt: skip
    return shop


TEXTS = pytest.mark.parametrize("text", ["", "plain"])


@TEXTS
def test_each_value_is_counted_most_first(wardrobe, text):
    facets = wardrobe.facets(text=text)

    assert facets.is_exact
    assert wardrobe.counts("brand", text=text) == {"zara": 2, "levis": 1}
    assert wardrobe.counts("size", text=text) == {"M": 2, "L": 2, "S": 1}
    assert wardrobe.counts("color", text=text) == {"red": 2, "blue": 2, "black": 1}
    assert wardrobe.counts("condition", text=text) == {"good": 3, "nwt": 1}
    for values in facets.values.values():
        assert [one.count for one in values] == sorted((one.count for one in values), reverse=True)


@TEXTS
def test_the_choice_of_a_facet_narrows_the_others_and_not_itself(wardrobe, text):
    chosen = {"brand": ("zara",), "text": text}

    assert wardrobe.counts("brand", **chosen) == {"zara": 2, "levis": 1}
    assert wardrobe.counts("color", **chosen) == {"blue": 2, "red": 1}
    assert wardrobe.counts("condition", **chosen) == {"good": 1, "nwt": 1}


@TEXTS
def test_two_choices_narrow_each_other(wardrobe, text):
    chosen = {"color": ("red",), "condition": ("nwt", "good"), "text": text}

    assert wardrobe.counts("color", **chosen) == {"red": 2, "blue": 2, "black": 1}
    assert wardrobe.counts("condition", **chosen) == {"good": 2}
    assert wardrobe.counts("brand", **chosen) == {"levis": 1, "zara": 1}


@TEXTS
def test_every_count_is_what_the_narrowed_search_finds(wardrobe, text):
    chosen = {"condition": ("good",), "text": text}
    facets = wardrobe.facets(**chosen)

    for name in ("category", "brand", "size", "color", "condition"):
        for one in facets.values[name]:
            assert len(wardrobe.found(**chosen | {name: (one.value,)})) == one.count, (name, one)


@TEXTS
def test_categories_are_the_departments_and_what_is_below_and_beside_the_chosen(wardrobe, text):
    assert wardrobe.counts("category", text=text) == {"women": 3, "men": 1}

    below = wardrobe.counts("category", category=("women",), text=text)
    leaf = wardrobe.counts("category", category=("women-dresses",), text=text)

    assert below == {"women": 3, "men": 1, "women-dresses": 3}
    assert leaf == below | {"women-dresses-maxi": 3}


@TEXTS
def test_in_one_department_its_categories_show_at_once(wardrobe, text):
    found = wardrobe.counts("category", brand=("zara",), text=text)

    assert found == {"women": 2, "women-dresses": 2, "women-dresses-maxi": 2}


@TEXTS
def test_prices_are_a_histogram_without_their_own_bounds(wardrobe, text):
    every = wardrobe.facets(text=text).prices
    bounded = wardrobe.facets(text=text, price_min=3000, price_max=5000)

    assert sum(count for _, count in every) == 4
    assert bounded.prices == every
    assert {one.value: one.count for one in bounded.values["brand"]} == {"zara": 2}
    lowers = [lower for lower, _ in every]
    assert lowers == sorted(set(lowers))
    for (lower, count), upper in zip(every, [*lowers[1:], None], strict=True):
        top = None if upper is None else upper - 1
        assert len(wardrobe.found(text=text, price_min=lower, price_max=top)) == count


@TEXTS
def test_availability_is_counted_too(wardrobe, text):
    wardrobe.add("gone", status="sold")

    assert wardrobe.counts("availability", text=text) == {"available": 4, "sold": 1}
    assert wardrobe.counts("availability", text=text, availability="sold") == {"available": 4, "sold": 1}


@TEXTS
def test_where_nothing_is_found_there_is_nothing_to_choose(wardrobe, text):
    facets = wardrobe.facets(text=text, seller="nobody")

    assert not any(facets.values.values())
    assert sum(count for _, count in facets.prices) == 0
