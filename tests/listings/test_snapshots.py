"""Names that are kept beside what shows them: the newest one wins, however the workers run, and however many rows."""

import pytest

from accounts import services as accounts
from accounts.models import User
from listings import services
from listings.models import Brand, Listing
from marketplace.core import snapshots
from social import services as social
from social.models import Comment
from tests import make
from tests.fixtures.queries import recording

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller():
    return make.verified_user("ada", display_name="First")


def test_a_worker_that_read_an_older_name_does_not_write_it_over_a_newer_one(seller, monkeypatch):
    listing = make.listing(seller)
    comment = make.comment(listing, seller)
    for refresh in (services.refresh_seller, social.refresh_author):
        accounts.edit_profile(user=seller, display_name=f"Older {refresh.__name__}")
        written = snapshots.refresh_snapshots

        def overtaken(rows, written=written, refresh=refresh, **rest):
            # Between this worker's read and its writes, somebody renames and another worker does its work.
            monkeypatch.undo()
            accounts.edit_profile(user=seller, display_name="Newest")
            refresh(user_id=seller.pk)
            return written(rows, **rest)

        monkeypatch.setattr(f"{refresh.__module__}.refresh_snapshots", overtaken)
        assert refresh(user_id=seller.pk) == 0

    assert Listing.objects.get(pk=listing.pk).seller_name == "Newest"
    assert Comment.objects.get(pk=comment.pk).author_name == "Newest"


def test_a_renamed_brand_reaches_its_listings_once_each(monkeypatch, deliver):
    monkeypatch.setattr(snapshots, "BATCH", 2)
    rows = [make.listing(brand="Nobody Knows It") for _ in range(5)]
    brand = Brand.objects.get(name="Nobody Knows It")

    services.rename_brand(brand=brand, name="Known Now")
    assert set(Listing.objects.values_list("brand_name", flat=True)) == {"Nobody Knows It"}
    deliver()
    assert services.refresh_brand(brand_id=brand.pk) == 0

    for before in rows:
        after = Listing.objects.get(pk=before.pk)
        assert (after.brand_name, after.revision) == ("Known Now", before.revision + 1)


def test_a_run_that_was_killed_goes_on_with_what_is_left(seller, monkeypatch):
    monkeypatch.setattr(snapshots, "BATCH", 2)
    for _ in range(5):
        make.draft(seller, photos=0)
    accounts.edit_profile(user=seller, display_name="Second")
    first = list(Listing.objects.values_list("pk", flat=True)[:2])
    Listing.objects.filter(pk__in=first).update(
        seller_name="Second", seller_revision=User.objects.get(pk=seller.pk).revision
    )

    with recording() as commands:
        assert services.refresh_seller(user_id=seller.pk) == 3

    assert set(Listing.objects.values_list("seller_name", flat=True)) == {"Second"}
    assert commands.plans() == []
