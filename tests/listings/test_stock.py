import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from listings import services
from listings.errors import ListingUnavailable, SizeInUse, StockUnavailable
from listings.models import Listing, Status, Stock
from marketplace.core.errors import Invalid
from tests import make

THREADS = 50
ROUNDS = 20


@pytest.mark.django_db
def test_one_listing_has_one_buyer():
    """50 people want the last unit at the same moment, 20 times: one gets it each time, 49 are told so."""
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing = make.listing(seller)
        size = Stock.objects.get(listing=listing).size_key
        gate, got, refused, other = threading.Barrier(THREADS), [], [], []

        def want(owner, listing=listing, size=size, gate=gate, got=got, refused=refused, other=other):
            gate.wait()
            try:
                services.hold_stock(listing=listing, size_key=size, owner=owner)
                got.append(owner)
            except StockUnavailable:
                refused.append(owner)
            except BaseException as problem:  # noqa: BLE001  (a thread's error must reach the assertion)
                other.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=want, args=(f"order-{n}",)) for n in range(THREADS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert other == []
        assert (len(got), len(refused)) == (1, THREADS - 1)
        stock = Stock.objects.get(listing=listing)
        assert (stock.quantity, [hold.owner for hold in stock.holds]) == (0, got)


@pytest.mark.django_db
def test_asking_again_with_the_same_order_holds_one_unit():
    listing = make.listing(sizes=[{"size": "M", "quantity": 2}])
    key = Stock.objects.get().size_key

    for _ in range(2):
        services.hold_stock(listing=listing, size_key=key, owner="order-1")

    assert Stock.objects.get().quantity == 1


@pytest.mark.django_db
def test_taking_the_last_unit_sells_the_listing():
    listing = make.listing(sizes=[{"size": "S", "quantity": 1}, {"size": "M", "quantity": 1}])
    small, medium = Stock.objects.of(listing.pk)
    for row in (small, medium):
        services.hold_stock(listing=listing, size_key=row.size_key, owner="o")

    services.take_stock(listing=listing, size_key=small.size_key, owner="o")
    assert Listing.objects.get().status == Status.AVAILABLE
    services.take_stock(listing=listing, size_key=medium.size_key, owner="o")

    assert Listing.objects.get().status == Status.SOLD
    assert Listing.objects.get().sold_at is not None
    with pytest.raises(ListingUnavailable):
        services.hold_stock(listing=listing, size_key=small.size_key, owner="p")


@pytest.mark.django_db
def test_nothing_is_taken_without_a_hold():
    listing = make.listing()
    key = Stock.objects.get().size_key

    with pytest.raises(StockUnavailable):
        services.take_stock(listing=listing, size_key=key, owner="o")

    assert Stock.objects.get().quantity == 1


@pytest.mark.django_db
def test_a_released_unit_is_free_again_once():
    listing = make.listing()
    key = Stock.objects.get().size_key
    services.hold_stock(listing=listing, size_key=key, owner="o")

    assert services.release_stock(listing=listing, size_key=key, owner="o")
    assert not services.release_stock(listing=listing, size_key=key, owner="o")

    assert Stock.objects.get().quantity == 1


@pytest.mark.django_db
def test_holds_that_ran_out_are_given_back_by_the_sweep():
    listing = make.listing(sizes=[{"size": "M", "quantity": 3}])
    key = Stock.objects.get().size_key
    services.hold_stock(listing=listing, size_key=key, owner="late", seconds=-1)
    services.hold_stock(listing=listing, size_key=key, owner="later", seconds=-1)
    services.hold_stock(listing=listing, size_key=key, owner="paying")

    assert services.release_expired_holds() == 2
    assert services.release_expired_holds() == 0

    stock = Stock.objects.get()
    assert (stock.quantity, [hold.owner for hold in stock.holds]) == (2, ["paying"])
    assert stock.holds[0].expires_at > timezone.now() + timedelta(seconds=500)


@pytest.mark.django_db
def test_a_size_that_somebody_is_buying_stays():
    listing = make.listing(sizes=[{"size": "S", "quantity": 1}, {"size": "M", "quantity": 1}])
    services.hold_stock(listing=listing, size_key=Stock.objects.of(listing.pk)[0].size_key, owner="o")

    with pytest.raises(SizeInUse) as refused:
        services.set_stock(actor=listing.seller, listing=listing, sizes=[{"size": "M", "quantity": 1}])

    assert refused.value.fields == {"sizes": ["S: 0 free now, 1 being bought, 0 sold."]}
    assert Stock.objects.count() == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sizes",
    [[{"size": "", "quantity": 1}], [{"size": "M", "quantity": -1}], [{"size": "M", "quantity": 1000}],
     [{"size": "M", "quantity": 1}] * 2, [{"size": "x" * 21, "quantity": 1}], [{"size": "M", "quantity": "2"}]],
)  # fmt: skip
def test_sizes_out_of_bounds_are_refused(sizes):
    with pytest.raises(Invalid) as refused:
        make.draft(sizes=sizes)

    assert list(refused.value.fields) == ["sizes"]


@pytest.mark.django_db
def test_a_size_of_the_sellers_own_is_kept_apart():
    make.draft(sizes=[{"size": "fits like M", "quantity": 1}])

    assert Stock.objects.get().size_key == "own-fits-like-m"
