"""docs/stock.md as a test: each status of a listing, each state of a hold, each verb."""

import itertools
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from accounts import services as accounts
from listings import services
from listings.errors import HoldExpired, ListingUnavailable, StockUnavailable
from listings.models import MOVES, Listing, Status, Stock
from tests import make

pytestmark = pytest.mark.django_db
HELD_IN = [
    Status.AVAILABLE,
    Status.RESERVED,
    Status.NOT_FOR_SALE,
    Status.PAUSED,
    Status.SUSPENDED,
    Status.REMOVED,
]
MOVED = [Status.AVAILABLE, Status.RESERVED, Status.NOT_FOR_SALE, Status.SUSPENDED]
HOLDS = ["none", "held", "expired", "released"]
NEVER = [Status.DRAFT, Status.SOLD]  # nothing of these can be held


def stage(status, hold, *, pieces=1):
    """A listing in a status that it came into while somebody's hold was in a state."""
    listing = make.listing(sizes=[{"size": "M", "quantity": pieces}])
    size = Stock.objects.get(listing=listing).size_key
    if hold != "none":
        services.hold_stock(
            listing=listing, size_key=size, owner="o", seconds=-1 if hold == "expired" else 60
        )
    if hold == "released":
        services.release_stock(listing=listing, size_key=size, owner="o")
    if status == Status.RESERVED:  # no service promises an item to somebody yet
        Listing.objects.filter(pk=listing.pk).update(status=status)
        Stock.objects.filter(listing=listing).update(is_for_sale=False)
    elif status == Status.PAUSED:
        accounts.close_account(actor=listing.seller, user=listing.seller)
        services.follow_account(user_id=listing.seller_id)
    elif status != Status.AVAILABLE:
        services.set_status(actor=make.staff(), listing=listing, status=status)
    return listing, size


def units(listing):
    row = Stock.objects.get(listing=listing)
    return row.quantity, row.held, row.sold_count


@pytest.mark.parametrize(("status", "hold"), list(itertools.product(HELD_IN, HOLDS)))
def test_asking_for_a_unit_goes_by_the_table(status, hold):
    listing, size = stage(status, hold)
    refusal = HoldExpired if hold == "expired" else None if hold == "held" else ListingUnavailable
    if status == Status.AVAILABLE and hold in {"none", "released"}:
        refusal = None

    if refusal:
        before = units(listing)
        with pytest.raises(refusal):
            services.hold_stock(listing=listing, size_key=size, owner="o")
        assert units(listing) == before
    else:
        stock = services.hold_stock(listing=listing, size_key=size, owner="o")
        assert stock.hold_of("o").expires_at > timezone.now()
        assert units(listing) == (0, 1, 0)


@pytest.mark.parametrize(("status", "hold"), list(itertools.product(HELD_IN, HOLDS)))
def test_giving_back_goes_by_the_table(status, hold):
    listing, size = stage(status, hold)

    given = services.release_stock(listing=listing, size_key=size, owner="o")

    assert given == (hold in {"held", "expired"})
    assert units(listing) == (1, 0, 0)
    assert Listing.objects.get(pk=listing.pk).status == status


@pytest.mark.parametrize(("status", "hold"), list(itertools.product(HELD_IN, HOLDS)))
def test_a_paid_unit_becomes_the_buyers_whatever_became_of_the_listing(status, hold):
    listing, size = stage(status, hold)

    if hold in {"none", "released"}:
        with pytest.raises(StockUnavailable):
            services.take_stock(listing=listing, size_key=size, owner="o")
        assert units(listing) == (1, 0, 0)
        return
    services.take_stock(listing=listing, size_key=size, owner="o")

    after = Listing.objects.get(pk=listing.pk)
    hidden = status in {Status.SUSPENDED, Status.REMOVED}
    assert after.status == (status if hidden else Status.SOLD)
    assert (units(listing), after.units_open, after.sold_at is not None) == ((0, 0, 1), 0, True)
    assert after.revision == listing.revision + 1 + (status not in {Status.AVAILABLE, Status.RESERVED})
    with pytest.raises(StockUnavailable):
        services.take_stock(listing=listing, size_key=size, owner="o")


@pytest.mark.parametrize(("status", "hold"), list(itertools.product(MOVED, HOLDS)))
@pytest.mark.parametrize("target", [Status.AVAILABLE, Status.NOT_FOR_SALE, Status.SUSPENDED, Status.REMOVED])
def test_a_listing_moves_over_a_hold_and_leaves_it_to_the_buyer(status, hold, target):
    listing, _size = stage(status, hold)
    before = units(listing)
    if target != status and target not in MOVES[status]:
        return

    services.set_status(actor=make.staff(), listing=listing, status=target)

    assert units(listing) == before
    assert Stock.objects.get(listing=listing).is_for_sale == (target == Status.AVAILABLE)


@pytest.mark.parametrize("status", NEVER)
def test_nothing_of_a_draft_or_a_sold_listing_can_be_held_or_taken(status):
    listing = make.listing(status=status)
    size = Stock.objects.get(listing=listing).size_key

    with pytest.raises(ListingUnavailable):
        services.hold_stock(listing=listing, size_key=size, owner="o")
    with pytest.raises(StockUnavailable):
        services.take_stock(listing=listing, size_key=size, owner="o")
    assert not services.release_stock(listing=listing, size_key=size, owner="o")


def test_what_was_sold_out_while_suspended_comes_back_as_sold():
    listing, size = stage(Status.SUSPENDED, "held")
    services.take_stock(listing=listing, size_key=size, owner="o")

    services.set_status(actor=make.staff(), listing=listing, status=Status.AVAILABLE)

    assert Listing.objects.get(pk=listing.pk).status == Status.SOLD
    with pytest.raises(ListingUnavailable):
        services.hold_stock(listing=listing, size_key=size, owner="p")


def test_what_comes_back_with_its_account_can_be_held_again():
    listing, size = stage(Status.PAUSED, "none")

    accounts.reopen_account(actor=make.staff(), user=listing.seller)
    services.follow_account(user_id=listing.seller_id)

    assert services.hold_stock(listing=listing, size_key=size, owner="o").held == 1


def test_a_hold_that_ran_out_keeps_nobody_else_away():
    listing, size = stage(Status.AVAILABLE, "expired")

    stock = services.hold_stock(listing=listing, size_key=size, owner="next")

    assert [hold.owner for hold in stock.holds] == ["next"]
    with pytest.raises(StockUnavailable):
        services.take_stock(listing=listing, size_key=size, owner="o")


def test_the_sweep_reads_only_holds(record_commands):
    make.listing()
    make.listing()
    listing, _size = stage(Status.AVAILABLE, "expired")

    with record_commands() as commands:
        assert services.release_expired_holds() == 1

    assert commands.plans() == []
    found = {"holds.expires_at": {"$lte": timezone.now() + timedelta(hours=1)}}
    listing = make.listing()
    services.hold_stock(listing=listing, size_key=Stock.objects.get(listing=listing).size_key, owner="o")
    plan = connection.database.command(
        {"explain": {"find": "listings_stock", "filter": found}, "verbosity": "executionStats"}
    )
    assert plan["executionStats"]["totalKeysExamined"] == plan["executionStats"]["totalDocsExamined"] == 1
