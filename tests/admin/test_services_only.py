"""The admin has the same events and the same refusals as every other door."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from listings import services
from listings.models import Brand, Listing, Status, Stock
from marketplace.core.admin import ServiceAdmin, closet_site, staff_site
from tests import make

pytestmark = pytest.mark.django_db
NEW = "listings_listing_list_it"


def client_of(person):
    client = Client()
    client.force_login(person, "django.contrib.auth.backends.ModelBackend")
    return client


def form_of(listing=None, sizes=(("M", 1),), **fields):
    """The form a browser would send for a listing."""
    values = {
        "title": "A dress", "description": "Worn twice.", "category": "women-dresses-maxi", "brand": "Levi's",
        "condition": "good", "colors": ["red"], "currency": "USD", "price": "25", "original_price": "", "sku": "",
        "cost": "", "sizes": "",
    } | fields  # fmt: skip
    rows = list(Stock.objects.of(listing.pk)) if listing else []
    values |= {"stock-TOTAL_FORMS": len(sizes), "stock-INITIAL_FORMS": len(rows), "stock-MIN_NUM_FORMS": 0,
               "stock-MAX_NUM_FORMS": 1000}  # fmt: skip
    for n, (label, quantity) in enumerate(sizes):
        values |= {f"stock-{n}-size_label": label, f"stock-{n}-quantity": quantity}
        if n < len(rows):
            values |= {f"stock-{n}-id": str(rows[n].pk), f"stock-{n}-listing": str(listing.pk)}
            values[f"stock-{n}-shown"] = rows[n].shown
    if listing:
        keys = listing.photo_keys
        values |= {"photos-key": keys, "photos-place": [n + 1 for n in range(len(keys))]}
    return values


@pytest.mark.parametrize("site", [closet_site, staff_site], ids=["closet", "staff"])
def test_every_model_is_written_through_services(site):
    assert site._registry
    for model, model_admin in site._registry.items():
        assert isinstance(model_admin, ServiceAdmin), model
        for name in ("save_model", "save_related", "delete_model", "delete_queryset", "save_form"):
            owner = next(cls for cls in type(model_admin).__mro__ if name in vars(cls))
            assert owner is ServiceAdmin or name == "save_related", (model, name, owner)


@pytest.fixture(params=["closet_admin", "staff"])
def desk(request):
    """A listing and somebody who may change it in one of the two back offices."""
    seller = make.verified_user()
    person = seller if request.param == "closet_admin" else make.staff()
    return request.param, client_of(person), seller


def change_url(site, listing):
    return reverse(f"{site}:listings_listing_change", args=[listing.pk])


def act(client, site, action, *rows):
    return client.post(
        reverse(f"{site}:listings_listing_changelist"),
        {"action": action, "_selected_action": [str(row.pk) for row in rows]},
    )


def save(desk, listing):
    site, client, _seller = desk
    return client.post(change_url(site, listing), form_of(listing, title="Better title"))


def save_sizes(desk, listing):
    site, client, _seller = desk
    return client.post(change_url(site, listing), form_of(listing, sizes=[("M", 4), ("L", 1)]))


def save_photo(desk, listing):
    site, client, _seller = desk
    return client.post(change_url(site, listing), form_of(listing, **{"photos-new": make.jpeg()}))


def delete(desk, listing):
    site, client, _seller = desk
    return client.post(reverse(f"{site}:listings_listing_delete", args=[listing.pk]), {"post": "yes"})


def take_off(desk, listing):
    return act(desk[1], desk[0], "take_off_sale", listing)


def remove(desk, listing):
    return act(desk[1], desk[0], "remove_them", listing)


@pytest.mark.parametrize(
    ("operation", "event", "check"),
    [
        (save, "ListingEdited", lambda row: row.title == "Better title"),
        (save_sizes, "ListingEdited", lambda row: row.sizes == ["M", "L"]),
        (save_photo, "PhotoAdded", lambda row: row.photo_count == 2),
        (delete, "ListingStatusChanged", lambda row: row.status == Status.REMOVED),
        (take_off, "ListingStatusChanged", lambda row: row.status == Status.NOT_FOR_SALE),
        (remove, "ListingStatusChanged", lambda row: row.status == Status.REMOVED),
    ],
)
def test_an_operation_announces_what_its_service_announces(desk, published, operation, event, check):
    listing = make.listing(desk[2])
    before = len(published())

    answer = operation(desk, listing)

    assert answer.status_code == 302, answer.context and answer.context.get("errors")
    assert event in published()[before:]
    assert check(Listing.objects.get(pk=listing.pk))


@pytest.mark.parametrize(
    ("fields", "sizes", "text"),
    [
        ({"title": "x" * 81}, (("M", 1),), "81 characters; at most 80 fit."),
        ({"price": "0.50"}, (("M", 1),), "Between $1 and"),
        ({"price": "cheap"}, (("M", 1),), "Type an amount like 25 or 12.50."),
        ({"original_price": "5"}, (("M", 1),), "cannot be below the price"),
        ({"title": ""}, (("M", 1),), "Give it a title."),
        ({}, (("M", 1000),), "Between 0 and 999 pieces"),
    ],
)
def test_a_refusal_comes_back_on_the_filled_form(desk, fields, sizes, text):
    site, client, seller = desk
    listing = make.listing(seller)

    answer = client.post(
        change_url(site, listing), form_of(listing, sizes, description="What I typed", **fields)
    )

    assert answer.status_code == 200
    page = answer.content.decode()
    assert text.replace("'", "&#x27;") in page
    assert "What I typed" in page
    after = Listing.objects.get(pk=listing.pk)
    assert (after.title, after.revision) == (listing.title, listing.revision)


def test_a_seller_makes_and_lists_an_item(published):
    seller = make.verified_user()
    client = client_of(seller)

    answer = client.post(
        reverse("closet_admin:listings_listing_add"), form_of(**{"photos-new": make.jpeg(), NEW: "1"})
    )

    assert answer.status_code == 302, answer.content.decode()[:2000]
    listing = Listing.objects.get()
    assert (listing.seller, listing.status, listing.price_cents) == (seller, Status.AVAILABLE, 2500)
    assert "ListingPublished" in published()


def test_an_action_says_why_it_refused_one_and_does_the_others():
    seller = make.verified_user()
    good, empty = make.draft(seller), services.create_draft(seller=seller, title="Bare")

    answer = act(client_of(seller), "closet_admin", "list_them", good, empty)
    page = client_of(seller).get(answer.url)

    statuses = dict(Listing.objects.values_list("pk", "status"))
    assert statuses == {good.pk: Status.AVAILABLE, empty.pk: Status.DRAFT}
    assert page.status_code == 200


def test_a_profile_is_changed_through_its_service(published):
    person = make.verified_user("ada")
    client = client_of(person)
    url = reverse("closet_admin:accounts_user_change", args=[person.pk])

    assert (
        client.post(url, {"display_name": "Ada L", "about": "", "city": "", "currency": "USD"}).status_code
        == 302
    )
    refused = client.post(url, {"display_name": "x" * 41, "about": "", "city": "", "currency": "USD"})

    assert get_user_model().objects.get(pk=person.pk).display_name == "Ada L"
    assert "ProfileChanged" in published()
    assert refused.status_code == 200


def test_staff_accept_a_brand_that_a_seller_typed():
    make.listing(brand="Tante Erna")
    brand = Brand.objects.get(name="Tante Erna")

    client_of(make.staff()).post(
        reverse("staff:listings_brand_changelist"), {"action": "accept", "_selected_action": [str(brand.pk)]}
    )

    assert Brand.objects.get(pk=brand.pk).is_reviewed


def test_the_first_page_says_what_to_do_today(deliver):
    seller = make.verified_user()
    services.create_draft(seller=seller, title="Half a coat")
    make.comment(make.listing(seller), body="Does it run small?")
    deliver()

    page = client_of(seller).get(reverse("closet_admin:index")).content.decode()
    assert "Half a coat" in page
    assert "Does it run small?" in page

    make.listing(brand="Tante Erna")
    assert (
        "1 brand was typed by a seller"
        in client_of(make.staff()).get(reverse("staff:index")).content.decode()
    )


def test_only_the_page_one_is_on_is_marked_in_the_menu():
    client = client_of(make.verified_user())

    page = client.get(reverse("closet_admin:listings_listing_changelist"))

    menu = page.context["sidebar_navigation"][0]["items"]
    assert [str(item["title"]) for item in menu if item["active"]] == ["Your listings"]
