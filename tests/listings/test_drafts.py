import pytest

from listings import services
from listings.errors import ListingChanged, ListingIncomplete, TooManyDrafts
from listings.models import Brand, Listing, Status, Stock
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.rules import override
from tests import make

pytestmark = pytest.mark.django_db


def stored(listing):
    return Listing.objects.get(pk=listing.pk)


def test_a_draft_may_be_empty():
    seller = make.user(display_name="Ada")

    draft = services.create_draft(seller=seller)

    draft = stored(draft)
    assert (draft.status, draft.seller_name, draft.currency) == (Status.DRAFT, "Ada", "USD")


@pytest.mark.django_db
def test_every_broken_field_is_named_at_once():
    with pytest.raises(Invalid) as refused:
        services.create_draft(
            seller=make.user(), title="x" * 81, description="y" * 1501, category="nowhere",
            colors=["red", "blue", "green"],
            condition="perfect", price_cents=99, currency="USD", sku="z" * 41, flaws=[{"kind": "ghost"}],
        )  # fmt: skip

    assert set(refused.value.fields) == {
        "title", "description", "category", "colors", "condition", "price", "sku", "flaws",
    }  # fmt: skip
    assert "81 characters; at most 80 fit." in refused.value.fields["title"]
    assert Listing.objects.count() == 0


def test_a_category_brings_its_path_and_a_size_its_equivalents():
    draft = make.draft(category="women-dresses-maxi", sizes=[{"size": "M", "quantity": 3}])

    assert draft.category_path == ["women", "women-dresses", "women-dresses-maxi"]
    assert draft.sizes == ["M"]
    assert Stock.objects.get(listing=draft).quantity == 3


def test_a_known_brand_is_found_by_its_alias_and_an_unknown_one_waits_for_staff():
    known, unknown = make.draft(brand="levis"), make.listing(brand="Tante Erna Handmade")

    assert known.brand_name == "Levi's"
    assert unknown.brand_name == "Tante Erna Handmade"
    assert not Brand.objects.get(slug=unknown.brand_slug).is_reviewed


def test_an_edit_raises_the_revision_and_keeps_the_rest():
    draft = make.draft()

    services.edit_listing(actor=draft.seller, listing=draft, title="Another title")

    after = stored(draft)
    assert (after.title, after.price_cents, after.revision) == ("Another title", 2500, draft.revision + 1)


def test_an_edit_of_an_old_revision_is_refused():
    draft = make.draft()
    services.edit_listing(actor=draft.seller, listing=draft, title="First")

    with pytest.raises(ListingChanged):
        services.edit_listing(actor=draft.seller, listing=draft, revision=draft.revision, title="Second")

    assert stored(draft).title == "First"


def test_nobody_edits_what_is_not_theirs():
    draft = make.draft()

    with pytest.raises(NotFound):
        services.edit_listing(actor=make.verified_user(), listing=draft, title="Mine now")

    assert stored(draft).title == draft.title


def test_a_published_listing_stays_fit_to_sell():
    listing = make.listing()

    with pytest.raises(ListingIncomplete) as refused:
        services.edit_listing(actor=listing.seller, listing=listing, title="", price_cents=None)

    assert set(refused.value.fields) == {"title", "price"}
    assert stored(listing).title == listing.title


def test_an_original_price_below_the_price_is_refused():
    with pytest.raises(Invalid) as refused:
        make.draft(price_cents=2000, original_price_cents=1500)

    assert list(refused.value.fields) == ["original_price"]


def test_a_sku_is_unique_for_its_seller_only():
    seller = make.user()
    make.draft(seller, sku="A1", photos=0)
    make.draft(make.user(), sku="A1", photos=0)

    assert Listing.objects.filter(sku="A1").count() == 2


@pytest.mark.django_db
def test_a_second_sku_of_a_seller_is_refused_at_its_field():
    seller = make.user()
    make.draft(seller, sku="A1", photos=0)

    with pytest.raises(Invalid) as refused:
        make.draft(seller, sku="A1", photos=0)

    assert list(refused.value.fields) == ["sku"]
    assert Listing.objects.filter(seller=seller).count() == 1


def test_drafts_have_a_limit():
    seller = make.user()
    with override({"listing.drafts_max": 1}):
        services.create_draft(seller=seller)
        with pytest.raises(TooManyDrafts):
            services.create_draft(seller=seller)

    assert Listing.objects.count() == 1
