"""Two verbs that write one document at the same moment, in real threads."""

import threading

import pytest
from django.db import connection

from listings import services
from listings.errors import StockMoved
from listings.models import Listing, Status, Stock
from marketplace.core.errors import DomainError
from tests import make

pytestmark = pytest.mark.django_db
ROUNDS = 12


def at_once(*acts):
    """Runs each at the same moment; what each returned, or the refusal it met. Any other error fails the test."""
    gate, found, other = threading.Barrier(len(acts)), {}, []

    def run(number, act):
        gate.wait()
        try:
            found[number] = act()
        except DomainError as refusal:
            found[number] = refusal
        except BaseException as problem:  # noqa: BLE001  (a thread's error must reach the assertion)
            other.append(problem)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert other == []
    return [found[number] for number in range(len(acts))]


def fresh(seller, **sizes):
    listing = make.listing(seller, sizes=[{"size": size, "quantity": n} for size, n in sizes.items()])
    return listing, {row.size_label: row.size_key for row in Stock.objects.of(listing.pk)}


def sums(listing):
    rows = list(Stock.objects.of(listing.pk))
    return tuple(sum(getattr(row, name) for row in rows) for name in ("quantity", "held", "sold_count"))


def test_the_last_units_of_two_sizes_taken_at_once_sell_the_listing_once():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, S=1, M=1)
        for size, key in keys.items():
            services.hold_stock(listing=listing, size_key=key, owner=size)

        at_once(
            *(
                lambda size=size, key=key, one=listing: services.take_stock(
                    listing=one, size_key=key, owner=size
                )
                for size, key in keys.items()
            )
        )

        after = Listing.objects.get(pk=listing.pk)
        assert (after.status, after.units_open, sums(listing)) == (Status.SOLD, 0, (0, 0, 2))
        assert after.revision == listing.revision + 1


@pytest.mark.parametrize("target", [Status.REMOVED, Status.NOT_FOR_SALE])
def test_nobody_holds_what_was_taken_off_before_them_and_who_came_first_still_buys(target):
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, M=2)
        buyers = [
            lambda n=n, one=listing, key=keys["M"]: services.hold_stock(
                listing=one, size_key=key, owner=f"o{n}"
            )
            for n in range(4)
        ]

        *got, moved = at_once(*buyers, lambda one=listing: services.set_status(
            actor=seller, listing=one, status=target))  # fmt: skip

        held = [n for n, found in enumerate(got) if isinstance(found, Stock)]
        assert not isinstance(moved, DomainError)
        assert sums(listing) == (2 - len(held), len(held), 0)
        for n in held:
            services.take_stock(listing=listing, size_key=keys["M"], owner=f"o{n}")
        with pytest.raises(DomainError):
            services.hold_stock(listing=listing, size_key=keys["M"], owner="late")
        assert Listing.objects.get(pk=listing.pk).units_open == 2 - len(held)


def test_a_size_is_taken_away_or_held_never_both():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, S=1, M=1)
        shown = [row.shown for row in Stock.objects.of(listing.pk)]

        held, edited = at_once(
            lambda one=listing, key=keys["S"]: services.hold_stock(listing=one, size_key=key, owner="o"),
            lambda one=listing, shown=shown: services.edit_listing(
                actor=seller, listing=one, sizes=[{"size": "M", "quantity": 1}], shown=shown
            ),
        )

        is_held = isinstance(held, Stock)
        assert is_held == isinstance(edited, DomainError)
        assert sums(listing) == ((1, 1, 0) if is_held else (1, 0, 0))
        assert Listing.objects.get(pk=listing.pk).units_open == (2 if is_held else 1)


def test_units_are_taken_away_or_held_never_both():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, M=2)
        row = Stock.objects.get(listing=listing)

        *held, edited = at_once(
            *(
                lambda n=n, one=listing, key=keys["M"]: services.hold_stock(
                    listing=one, size_key=key, owner=f"o{n}"
                )
                for n in range(2)
            ),
            lambda one=listing, shown=row.shown: services.edit_listing(
                actor=seller, listing=one, sizes=[{"size": "M", "quantity": 1}], shown=[shown]
            ),
        )

        got, fewer = sum(isinstance(one, Stock) for one in held), not isinstance(edited, StockMoved)
        assert sums(listing) == (2 - got - fewer, got, 0)
        assert Listing.objects.get(pk=listing.pk).units_open == 2 - fewer


def test_taking_meets_removing_and_editing_without_losing_a_unit():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, S=1, M=2)
        for size, key in keys.items():
            services.hold_stock(listing=listing, size_key=key, owner=size)
        shown = [row.shown for row in Stock.objects.of(listing.pk)]

        at_once(
            *(
                lambda size=size, key=key, one=listing: services.take_stock(listing=one, size_key=key, owner=size)
                for size, key in keys.items()
            ),
            lambda one=listing: services.remove_listing(actor=seller, listing=one),
            lambda one=listing, shown=shown: services.edit_listing(
                actor=seller, listing=one, title="Corrected",
                sizes=[{"size": "S", "quantity": 0}, {"size": "M", "quantity": 1}], shown=shown,
            ),
        )  # fmt: skip

        assert sums(listing) == (1, 0, 2)
        after = Listing.objects.get(pk=listing.pk)
        assert (after.status, after.units_open) == (Status.REMOVED, 1)


def test_publishing_meets_an_edit_of_the_quantities():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        draft = make.draft(seller, sizes=[{"size": "M", "quantity": 1}])

        at_once(
            lambda one=draft: services.publish_listing(actor=seller, listing=one),
            lambda one=draft: services.set_stock(
                actor=seller, listing=one, sizes=[{"size": "M", "quantity": 2}, {"size": "L", "quantity": 1}]
            ),
        )

        after, rows = Listing.objects.get(pk=draft.pk), list(Stock.objects.of(draft.pk))
        assert after.units_open == sum(row.quantity for row in rows) == 3
        assert after.status == Status.AVAILABLE and all(row.is_for_sale for row in rows)


def test_a_sweep_and_a_payment_at_once_end_with_one_of_them():
    seller = make.verified_user()
    for _ in range(ROUNDS):
        listing, keys = fresh(seller, M=1)
        services.hold_stock(listing=listing, size_key=keys["M"], owner="o", seconds=-1)

        _swept, taken = at_once(
            services.release_expired_holds,
            lambda one=listing, key=keys["M"]: services.take_stock(listing=one, size_key=key, owner="o"),
        )

        assert sums(listing) == ((1, 0, 0) if isinstance(taken, DomainError) else (0, 0, 1))
