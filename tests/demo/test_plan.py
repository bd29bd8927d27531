"""What the demo will say and sell keeps the rules of the shop."""

import pytest

from listings import taxonomy
from listings.services.checks import clean_fields
from listings.services.quantities import clean_sizes
from marketplace.core.rules import rule
from marketplace.demo.goods import WARES
from marketplace.demo.people import PEOPLE
from marketplace.demo.plan import SELLER, SHOPPER, STAFF, pieces
from social.services.comments import clean_body


@pytest.fixture(scope="module")
def plan():
    return pieces(60, 600)


def test_every_text_passes_the_rules_of_listings(plan):
    for piece in plan:
        fields = dict(piece.fields)
        sizes = fields.pop("sizes")
        values = clean_fields(fields, currency="USD")

        assert len(values["category_path"]) == taxonomy.LEVELS and values["title"] and values["description"]
        assert not any(key.startswith("own-") for key in clean_sizes(values["category_path"], sizes))


def test_every_comment_passes_the_rules_and_happens_in_the_past(plan):
    for piece in plan:
        for line in piece.lines:
            assert clean_body(line.text) == line.text and "{" not in line.text
            assert line.after < piece.age


def test_the_brands_are_real_ones():
    assert all(taxonomy.brand_for(name) for ware in WARES for name in ware.brands)


def test_people_fit_their_closets():
    assert len({person.username for person in PEOPLE}) == len(PEOPLE) >= 60
    for person in PEOPLE:
        assert rule("account.username_min") <= len(person.username) <= rule("account.username_max")
        assert len(person.about) <= rule("account.about_max") and len(person.city) <= rule("account.city_max")
        assert len(person.name) <= rule("account.display_name_max")


def test_the_plan_looks_alive_and_is_always_the_same(plan):
    pieces.cache_clear()
    assert pieces(60, 600) == plan

    fates = [piece.fate for piece in plan]
    assert fates.count("sold") > 30 and fates.count("not_for_sale") > 2 and fates.count("draft") > 2
    likes = sorted(len(piece.likes) for piece in plan)
    assert likes[len(likes) // 2] <= 4 and likes[-1] > 30
    assert sum(piece.is_locked for piece in plan) >= 1
    assert any(line.corrected for piece in plan for line in piece.lines)
    assert any(line.is_taken_back for piece in plan for line in piece.lines)
    assert sum(piece.seller == SELLER for piece in plan) > 15
    assert not any(piece.seller == STAFF for piece in plan) and any(piece.seller == SHOPPER for piece in plan)
    assert len({piece.fields["title"] for piece in plan}) > 450
