import itertools

import pytest

from accounts.errors import EmailNotVerified
from listings import services
from listings.errors import ListingIncomplete, StatusRefused
from listings.models import MOVES, Listing, Status
from marketplace.core.errors import NotAllowed, NotFound
from tests import make

pytestmark = pytest.mark.django_db


def test_publishing_names_everything_that_is_missing(published):
    seller = make.verified_user()
    draft = services.create_draft(seller=seller)

    with pytest.raises(ListingIncomplete) as refused:
        services.publish_listing(actor=seller, listing=draft)

    assert set(refused.value.fields) == {
        "title", "description", "category", "condition", "price", "sizes", "photos",
    }  # fmt: skip
    assert Listing.objects.get().status == Status.DRAFT
    assert "ListingPublished" not in published()


def test_publishing_twice_announces_once(published):
    draft = make.draft()

    for _ in range(2):
        services.publish_listing(actor=draft.seller, listing=draft)

    assert published().count("ListingPublished") == 1
    assert Listing.objects.get().published_at is not None


def test_an_unconfirmed_address_may_draft_but_not_publish():
    draft = make.draft(make.user(), photos=0)

    with pytest.raises(EmailNotVerified):
        services.publish_listing(actor=draft.seller, listing=draft)


@pytest.mark.parametrize(("start", "end"), list(itertools.product(Status.values, Status.values)))
def test_a_listing_moves_as_the_table_says(start, end):
    listing = make.listing(status=start)
    staff = make.staff()
    # What is sold and what is promised to somebody is no word of staff: the verbs of stock write it.
    by_hand = end not in {Status.SOLD, Status.RESERVED}
    allowed = (end in MOVES[start] and by_hand) or (end == start and start != Status.REMOVED)
    if Status.PAUSED in (start, end) and start != end and end != Status.REMOVED:
        allowed = False  # only closing and opening the account does that: tests/accounts/test_closing.py

    try:
        services.set_status(actor=staff, listing=listing, status=end)
        moved = True
    except (StatusRefused, NotFound, NotAllowed):
        moved = False

    assert moved == allowed
    assert Listing.objects.get(pk=listing.pk).status == (end if allowed else start)


def test_every_status_can_be_reached_and_the_table_names_them_all():
    assert set(MOVES) == set(Status.values)
    assert set().union(*MOVES.values()) == set(Status.values) - {Status.DRAFT}


def test_a_seller_cannot_suspend_or_unsuspend():
    listing = make.listing()
    with pytest.raises(NotAllowed):
        services.set_status(actor=listing.seller, listing=listing, status=Status.SUSPENDED)
    services.set_status(actor=make.staff(), listing=listing, status=Status.SUSPENDED)
    with pytest.raises(NotAllowed):
        services.set_status(actor=listing.seller, listing=listing, status=Status.AVAILABLE)

    assert Listing.objects.get().status == Status.SUSPENDED


def test_somebody_else_sees_nothing_to_move():
    listing = make.listing()

    with pytest.raises(NotFound):
        services.remove_listing(actor=make.verified_user(), listing=listing)

    assert Listing.objects.get().status == Status.AVAILABLE


@pytest.mark.parametrize("status", Status.values)
def test_who_may_see_what(status):
    listing = make.listing(status=status)
    public = {Status.AVAILABLE, Status.RESERVED, Status.NOT_FOR_SALE, Status.SOLD}
    seen_by = {
        who: Listing.objects.visible_to(person).filter(pk=listing.pk).exists()
        for who, person in {"owner": listing.seller, "other": make.user(), "staff": make.staff()}.items()
    }

    found = {
        who: Listing.objects.all().find_visible(person, listing.pk) is not None
        for who, person in {"owner": listing.seller, "other": make.user(), "staff": make.staff()}.items()
    }

    is_public = listing.status in public
    assert found == seen_by
    assert seen_by == {"owner": listing.status != Status.REMOVED, "other": is_public, "staff": True}
