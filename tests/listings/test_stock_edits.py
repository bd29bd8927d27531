"""What a seller writes is a change against what they were shown, through each door."""

import pytest

from listings import services
from listings.errors import StockMoved
from listings.models import Listing, Stock
from tests import make
from tests.api.clients import as_person
from tests.listings.stock_doors import Api, Desk, Page

pytestmark = pytest.mark.django_db


def size_of(listing):
    return Stock.objects.of(listing.pk)[0].size_key


def units(listing):
    return [(row.size_label, row.quantity, row.held, row.sold_count) for row in Stock.objects.of(listing.pk)]


@pytest.fixture(params=[Page, Api, Desk], ids=["page", "api", "admin"])
def door(request, client):
    return lambda listing: request.param(client, listing)


def test_correcting_a_title_while_somebody_buys_makes_no_second_unit(door):
    listing = make.listing()
    form = door(listing)
    services.hold_stock(listing=listing, size_key=size_of(listing), owner="o")

    form.save([("M", 1)], title="Typo corrected")

    assert form.status in {200, 302}
    assert Listing.objects.get().title == "Typo corrected"
    assert (units(listing), Listing.objects.get().units_open) == ([("M", 0, 1, 0)], 1)


def test_units_that_are_added_come_on_top_of_what_buyers_left(door):
    listing = make.listing(sizes=[{"size": "M", "quantity": 2}])
    form = door(listing)
    services.hold_stock(listing=listing, size_key=size_of(listing), owner="o")
    services.take_stock(listing=listing, size_key=size_of(listing), owner="o")

    for _again in range(2):  # a double click, or an answer that was lost
        form.save([("M", 5)])

    assert (units(listing), Listing.objects.get().units_open) == ([("M", 4, 0, 1)], 4)


def test_more_than_is_there_cannot_be_taken_away_and_the_refusal_says_what_is(door):
    listing = make.listing(sizes=[{"size": "M", "quantity": 3}])
    form = door(listing)
    for owner in "abc":
        services.hold_stock(listing=listing, size_key=size_of(listing), owner=owner)

    form.save([("M", 1)], title="What I typed")

    assert form.status in {200, 409, 422}
    assert "M: 0 free now, 3 being bought, 0 sold." in form.html
    assert units(listing) == [("M", 0, 3, 0)]
    assert Listing.objects.get().title == listing.title
    if not isinstance(form, Api):
        assert "What I typed" in form.html
        form.save([("M", 1)])  # having been told, they want one more
        assert units(listing) == [("M", 1, 3, 0)]


def test_a_form_that_is_older_than_another_ones_change_takes_nothing_back(door):
    listing = make.listing()
    form = door(listing)
    services.set_stock(
        actor=listing.seller,
        listing=listing,
        sizes=[{"size": "M", "quantity": 4}, {"size": "L", "quantity": 2}],
    )

    form.save([("M", 2)])

    assert form.status in {200, 409, 422}
    assert [(size, free) for size, free, *_ in units(listing)] == [("M", 4), ("L", 2)]


def test_a_size_may_be_renamed_while_nobody_has_bought_it(client):
    listing = make.listing()
    page = Page(client, listing)

    page.save([("L", 1)])

    assert (units(listing), Listing.objects.get().units_open) == ([("L", 1, 0, 0)], 1)


def test_a_program_that_does_not_say_what_it_was_shown_cannot_restock_over_a_buyer():
    listing = make.listing(sizes=[{"size": "M", "quantity": 2}])
    program, url = as_person(listing.seller), f"/api/v1/listings/{listing.pk}/stock/"
    assert program.put(url, [{"size": "M", "quantity": 3}], format="json").status_code == 200
    services.hold_stock(listing=listing, size_key=size_of(listing), owner="o")

    refused = program.put(url, [{"size": "M", "quantity": 3}], format="json")
    same = program.put(url, [{"size": "M", "quantity": 2}], format="json")

    assert (refused.status_code, refused.json()["code"]) == (409, "stock_moved")
    assert same.status_code == 200
    assert units(listing) == [("M", 2, 1, 0)]


def test_a_listing_that_is_for_sale_keeps_a_piece():
    listing = make.listing()

    answer = as_person(listing.seller).put(
        f"/api/v1/listings/{listing.pk}/stock/", [{"size": "M", "quantity": 0}], format="json"
    )

    assert answer.status_code == 422
    assert units(listing) == [("M", 1, 0, 0)]


def test_what_is_not_a_shown_stock_is_refused():
    listing = make.listing()

    for text in ("nonsense", "a:b:c", "M:1", "M:-1:1", f"M:{'9' * 5000}:1", f"{size_of(listing)}:9:9"):
        with pytest.raises(Exception) as refused:
            services.set_stock(
                actor=listing.seller, listing=listing, sizes=[{"size": "M", "quantity": 7, "shown": text}]
            )
        assert list(refused.value.fields) == ["sizes"]
        assert isinstance(refused.value, StockMoved) == text.endswith("9:9")


def test_an_old_form_does_not_bring_back_a_size_that_was_taken_away(door):
    listing = make.listing(sizes=[{"size": "M", "quantity": 1}, {"size": "L", "quantity": 2}])
    form = door(listing)
    services.set_stock(actor=listing.seller, listing=listing, sizes=[{"size": "M", "quantity": 1}])

    form.save([("M", 1), ("L", 2)])

    assert (units(listing), Listing.objects.get().units_open) == ([("M", 1, 0, 0)], 1)


@pytest.mark.parametrize(
    "shown", ["-99999999999999999999:1", "-100000:1", "0:100000", "0:99999999999999999999"]
)
def test_what_a_forged_form_was_shown_makes_no_units(client, shown):
    listing = make.listing()
    page = Page(client, listing)
    page.shown = [f"{size_of(listing)}:{shown}"]

    page.save([("M", 7)])

    assert page.status == 422
    assert (units(listing), Listing.objects.get().units_open) == ([("M", 1, 0, 0)], 1)


def test_what_was_sold_does_not_count_against_the_most_pieces_and_more_than_those_are_refused(door):
    listing = make.listing(sizes=[{"size": "M", "quantity": 998}])
    form = door(listing)
    for owner in "ab":
        services.hold_stock(listing=listing, size_key=size_of(listing), owner=owner)
        services.take_stock(listing=listing, size_key=size_of(listing), owner=owner)

    form.save([("M", 999)])

    assert (units(listing), Listing.objects.get().units_open) == ([("M", 997, 0, 2)], 997)


@pytest.mark.parametrize("field", ["price", "original_price", "cost"])
@pytest.mark.parametrize("door_type", [Page, Desk])
def test_an_amount_with_an_endless_exponent_is_refused_at_its_field(client, door_type, field):
    form = door_type(client, make.listing())

    form.save([("M", 1)], **{field: "1e9999999"})

    assert form.status in {200, 422}
    assert "Type an amount like 25 or 12.50." in form.html


@pytest.mark.parametrize(("quantity", "photo"), [("9" * 5000, "1"), ("1", "9" * 5000), ("1000000", "1")])
def test_thousands_of_digits_are_too_many_pieces_or_no_photo(client, quantity, photo):
    page = Page(client, make.listing())

    page.save([("M", quantity)], flaw_kind="stain", flaw_place="", flaw_note="", flaw_photo=photo)

    assert page.status == 422
    assert ("pieces of each size" in page.html) == (photo == "1")
