"""A form writes what was changed on it, against what it showed: two forms open at once lose nothing."""

import pytest
from django.urls import reverse

from listings import services
from listings.models import Brand, Listing, Status
from listings.services import Seen
from tests import make
from tests.listings.open_form import OpenForm

pytestmark = pytest.mark.django_db
SCRIPT = {"HTTP_ACCEPT": "application/json"}
BACKEND = "django.contrib.auth.backends.ModelBackend"


def page(client, listing):
    client.force_login(listing.seller, BACKEND)
    return OpenForm(client, f"/sell/{listing.pk}/")


def closet_admin(client, listing):
    client.force_login(listing.seller, BACKEND)
    return OpenForm(client, reverse("closet_admin:listings_listing_change", args=[listing.pk]))


def staff_admin(client, listing):
    client.force_login(make.staff(), BACKEND)
    return OpenForm(client, reverse("staff:listings_listing_change", args=[listing.pk]))


@pytest.fixture(params=[page, closet_admin, staff_admin])
def opened(request, client):
    return lambda listing: request.param(client, listing)


def elsewhere(listing, **fields):
    services.edit_listing(actor=listing.seller, listing=listing, **fields)


def test_a_form_takes_back_nothing_that_was_changed_elsewhere(opened):
    listing = make.listing(description="One.\nTwo.", colors=["red", "blue"])
    form = opened(listing)
    elsewhere(
        listing, price_cents=5000, description="New words", colors=["green"], condition="fair", brand="Nike",
        sku="BOX-2", cost_cents=100, original_price_cents=9000, category="women-dresses-mini",
    )  # fmt: skip

    answer = form.send(title="Typo corrected")

    after = Listing.objects.get()
    assert answer.status_code == 302
    assert (after.title, after.price_cents, after.description) == ("Typo corrected", 5000, "New words")
    assert (after.colors, after.condition, after.brand_name, after.sku) == (
        ["green"],
        "fair",
        "Nike",
        "BOX-2",
    )
    assert (after.cost_cents, after.original_price_cents) == (100, 9000)
    assert after.category_path[-1] == "women-dresses-mini"


def test_a_form_that_is_sent_as_it_stands_changes_nothing(opened):
    listing = make.listing(description="One.\nTwo.\n\nThree.", colors=["red", "black"])
    form = opened(listing)

    assert form.send().status_code == 302

    after = Listing.objects.get()
    names = ("title", "description", "colors", "price_cents", "brand_slug", "category_path", "condition")
    assert [getattr(after, name) for name in names] == [getattr(listing, name) for name in names]


def test_the_same_field_changed_by_two_is_refused_with_both_words_in_sight(opened):
    listing = make.listing()
    form = opened(listing)
    elsewhere(listing, price_cents=5000)

    form.send(price="26", title="Typo corrected")

    after = Listing.objects.get()
    assert form.status in {200, 422}
    assert (after.price_cents, after.title) == (5000, listing.title)
    assert form.values["price"] == ["26"] and form.values["title"] == ["Typo corrected"]
    assert "Changed elsewhere meanwhile, to “$50”" in form.html

    assert form.send().status_code == 302  # having been told, they want theirs
    after = Listing.objects.get()
    assert (after.price_cents, after.title) == (2600, "Typo corrected")


def test_the_same_form_sent_twice_is_no_quarrel(opened):
    form = opened(make.listing())

    first, values = {"title": "Typo corrected", "price": "30"}, dict(form.values)
    form.send(**first)
    form.values = values
    assert form.send(**first).status_code == 302

    assert Listing.objects.get().price_cents == 3000


def test_amounts_are_compared_with_their_currency(opened):
    listing = make.listing()
    form = opened(listing)
    elsewhere(listing, currency="EUR", price_cents=2500)

    form.send(price="26")

    assert "Changed elsewhere meanwhile, to “€25”" in form.html
    after = Listing.objects.get()
    assert (after.price_cents, after.currency) == (2500, "EUR")


@pytest.mark.parametrize("text", ["nonsense", "price:", ":,:,", "price:0,title:0", "\u0000", "x" * 5000])
def test_what_is_no_list_of_digests_overwrites_nothing(client, text):
    listing = make.listing()
    form = page(client, listing)

    form.send(price="26", seen=text)

    assert form.status == 422
    assert Listing.objects.get().price_cents == 2500
    assert form.send().status_code == 302
    assert Listing.objects.get().price_cents == 2600


def test_of_a_draft_everything_else_is_saved(client):
    draft = make.draft()
    form = page(client, draft)
    elsewhere(draft, price_cents=5000)

    form.send(price="26", title="Another title", do="publish")

    after = Listing.objects.get()
    assert (after.price_cents, after.title, after.status) == (5000, "Another title", Status.DRAFT)
    assert "Changed elsewhere meanwhile" in form.html
    assert form.send(do="publish").status_code == 302
    assert (Listing.objects.get().price_cents, Listing.objects.get().status) == (2600, Status.AVAILABLE)


def test_a_draft_that_saves_itself_is_not_in_its_own_way(client):
    client.force_login(make.verified_user())
    form = OpenForm(client, "/sell/")
    title = "Linen"

    def save(url, **typed):
        answer = client.post(url, {**form.values, **typed}, **SCRIPT).json()
        form.values["seen"] = [answer["seen"]]
        return answer

    made = save("/sell/", title=title, brand="levis")
    draft, url = Listing.objects.get(), f"/sell/{made['id']}/"
    for letter in " shirt":
        title += letter
        assert save(url, title=title, brand="levis")["errors"] == {}
    assert Listing.objects.get().title == title
    assert Listing.objects.get().brand_name == "Levi's"

    # The phone corrects it; the desk goes on with another field, and then with the same one.
    elsewhere(draft, title="On the phone")
    assert save(url, title=title, brand="levis", description="Soft")["errors"] == {}
    assert (Listing.objects.get().title, Listing.objects.get().description) == ("On the phone", "Soft")
    for _again in range(2):  # a script's saving is read by nobody, so it stays refused
        answer = save(url, title="At the desk", brand="levis", description="Soft, warm")
        assert "On the phone" in answer["errors"]["title"][0]
    assert (Listing.objects.get().title, Listing.objects.get().description) == ("On the phone", "Soft, warm")


def test_a_form_without_what_it_showed_counts_as_written(client):
    listing = make.listing()
    form = page(client, listing)
    elsewhere(listing, price_cents=5000)

    assert form.send(seen="").status_code == 302

    assert Listing.objects.get().price_cents == 2500


def test_seen_says_the_same_after_its_way_through_a_form():
    listing = make.listing()

    assert Seen.parse(str(Seen.of(listing))) == Seen.of(listing)
    assert Seen.parse("") is None
    assert len(str(Seen.of(listing))) < 600


def test_brands_are_made_when_something_of_theirs_is_published(client):
    client.force_login(make.verified_user())
    form = OpenForm(client, "/sell/")
    before = Brand.objects.count()
    for typed in ("Tan", "Tante Er", "Tante Erna"):
        form.send(title="Linen shirt", brand=typed)
        if form.status == 302:
            form.url = f"/sell/{Listing.objects.get().pk}/"
            form.read(client.get(form.url))
    draft = Listing.objects.get()

    assert Brand.objects.count() == before
    assert (draft.brand_name, draft.brand_slug) == ("Tante Erna", "")
    services.remove_listing(actor=draft.seller, listing=draft)
    client.force_login(make.staff(), BACKEND)
    assert "Tante Erna" in client.get(draft.get_absolute_url()).content.decode()

    listing = make.listing(draft.seller, brand="Tante Erna")

    assert Brand.objects.count() == before + 1
    assert listing.brand_slug == "tante-erna-typed"
    found = client.get("/brands/tante-erna-typed/")
    assert listing.title in found.content.decode()
