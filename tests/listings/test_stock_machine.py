"""Stock under every order of verbs that hypothesis finds, one after the other and at once in real threads.

STOCK_RUNS and STOCK_STEPS make it as long as one likes; the sums below hold after every step.
"""

import functools
import os
import threading
from collections import Counter
from http import HTTPStatus
from itertools import combinations

import pytest
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from listings import services
from listings.models import Listing, Status, Stock
from listings.services.quantities import write_stock
from marketplace.core.errors import DomainError
from marketplace.core.rules import override
from tests import make
from tests.listings.stock_doors import Api, Desk, Page

RUNS, STEPS = int(os.environ.get("STOCK_RUNS", "10")), int(os.environ.get("STOCK_STEPS", "30"))
SIZES, THREADS = ["S", "M", "L"], 6
FREE = override({f"limit.{name}.count": 10**9 for name in ("edit", "listing", "api", "photo")})
sizes, pieces, owners = st.sampled_from(SIZES), st.integers(0, 3), st.integers(0, 9)
# An end is an end: were it as likely as the rest, most runs would be over after a few steps.
MOVED = [Status.AVAILABLE] * 6 + [Status.NOT_FOR_SALE] * 4 + [Status.SUSPENDED, Status.REMOVED]
statuses = st.sampled_from(MOVED)
verbs = st.one_of(
    st.tuples(st.just("hold"), sizes, owners), st.tuples(st.just("release"), sizes, owners),
    st.tuples(st.just("take"), sizes, owners), st.tuples(st.just("move"), statuses, st.booleans()),
    st.tuples(st.just("write"), st.dictionaries(sizes, pieces, min_size=1), st.booleans()),
    st.tuples(st.just("sweep"), st.none(), st.none()),
)  # fmt: skip
tally: Counter[str] = Counter()
wrong: list[BaseException] = []  # what any run of this process found
ATTEMPTS = 3
last = threading.local()


def booked_write_stock(*args, **kwargs):
    """The real one; what it added stays readable. An attempt that collides runs it again, so the last one counts."""
    labels, last.added = write_stock(*args, **kwargs)
    return labels, last.added


def remembered(check):
    """A step whose failed assertions are remembered, whatever Hypothesis makes of them."""

    @functools.wraps(check)
    def inner(*args, **kwargs):
        try:
            return check(*args, **kwargs)
        except AssertionError as failure:
            wrong.append(failure)
            raise

    return inner


def of_buyers(rows):
    return [(row.size_key, row.held, row.sold_count) for row in rows if row.held or row.sold_count]


class StockMachine(RuleBasedStateMachine):
    forms = Bundle("forms")

    @initialize(quantities=st.dictionaries(sizes, st.integers(1, 3), min_size=1))
    def begin(self, quantities):
        rows = [{"size": size, "quantity": n} for size, n in quantities.items()]
        self.staff = make.staff()
        self.listing = make.listing(sizes=rows)
        self.put_in = sum(
            quantities.values()
        )  # what the seller has brought and taken away again, by their own words
        self.taken: Counter[str] = Counter()
        self.lock = threading.Lock()
        tally["runs"] += 1

    def rows(self):
        return list(Stock.objects.of(self.listing.pk))

    def units(self):
        return sum(row.total for row in self.rows())

    def key(self, size):
        found = Stock.objects.filter(listing=self.listing, size_label=size).values_list("size_key", flat=True)
        return found.first() or f"no-{size}"

    # --- one verb; what was refused changed nothing that anybody counts ---

    def do(self, verb, what, more):
        """Runs a verb and books what it said it did."""
        tally["steps"] += 1
        try:
            if verb == "write":
                return self.write(what, has_shown=more)
            if verb == "sweep":
                return services.release_expired_holds()
            if verb == "move":
                actor = self.staff if more or what == Status.SUSPENDED else self.listing.seller
                return services.set_status(actor=actor, listing=self.listing, status=what)
            one = {"listing": self.listing, "size_key": self.key(what), "owner": f"order-{more}"}
            if verb == "hold":
                return services.hold_stock(**one, seconds=600)
            if verb == "release":
                return services.release_stock(**one)
            services.take_stock(**one)
            with self.lock:
                self.taken[one["size_key"]] += 1
        except DomainError:
            tally["refused"] += 1
        return None

    def write(self, quantities, *, has_shown):
        """The seller's service, with what it showed a moment ago; books what the committed attempt added."""
        before = self.rows()
        shown = [row.shown for row in before] if has_shown else None
        if (
            has_shown
        ):  # as a form does: the sizes it showed, some of them with another number, and perhaps a new one
            quantities = {row.size_label: row.quantity for row in before} | quantities
        rows = [{"size": size, "quantity": n} for size, n in quantities.items()]
        services.edit_listing(actor=self.listing.seller, listing=self.listing, sizes=rows, shown=shown)
        with self.lock:
            self.put_in += last.added
        tally["writes"] += 1

    # --- rules ---

    @rule(verb=verbs)
    def one(self, verb):
        self.do(*verb)

    @rule(size=sizes, owner=owners)
    def hold_that_has_run_out(self, size, owner):
        one = {"listing": self.listing, "size_key": self.key(size), "owner": f"order-{owner}"}
        try:
            services.hold_stock(**one, seconds=-1)
        except DomainError:
            tally["refused"] += 1

    @rule(target=forms, door=st.sampled_from([Page, Api, Desk]))
    def open_a_form(self, door):
        if Listing.objects.get(pk=self.listing.pk).status not in {Status.AVAILABLE, Status.NOT_FOR_SALE}:
            return None
        free = {row.size_label: row.quantity for row in self.rows()}
        return [door(Client(), self.listing), free]

    def as_shown_now(self, opened, free):
        """The form as its door has it: one that was refused is shown again, against how it is by now."""
        if isinstance(opened, Api) or opened.status == HTTPStatus.FOUND:
            return [opened, free]
        shown = opened.shown.values() if isinstance(opened, Desk) else opened.shown
        figures = {key: int(quantity) for key, quantity, _total in (text.rsplit(":", 2) for text in shown)}
        labels = {row.size_key: row.size_label for row in self.rows()}
        if figures.keys() != labels.keys():
            return []  # no form, or one of sizes that are gone
        return [opened, {labels[key]: quantity for key, quantity in figures.items()}]

    @rule(form=forms, quantities=st.dictionaries(sizes, pieces))
    @remembered
    def save_a_form(self, form, quantities):
        """However old it is: what it says is a change against what it showed, or nothing happens at all."""
        if not form:
            return
        opened, free = form
        typed = free | {size: n for size, n in quantities.items() if size in free}
        before, before_rows = self.units(), self.rows()
        opened.save(list(typed.items()))
        tally["forms"] += 1
        added, wanted = self.units() - before, sum(typed.values()) - sum(free.values())
        # An empty size that the form did not show may go; what buyers have or had stays as it was.
        assert of_buyers(self.rows()) == of_buyers(before_rows)
        steps = [n - free[size] for size, n in typed.items()]
        # A size that was already changed in the same way counts once, so some of the steps may be no more to do.
        sums = {sum(some) for n in range(len(steps) + 1) for some in combinations(steps, n)}
        assert added in sums, (added, wanted)
        form[:] = self.as_shown_now(opened, free)
        if typed == free:
            assert added == 0
        self.put_in += added

    @rule(script=st.lists(st.lists(verbs, min_size=1, max_size=3), min_size=THREADS, max_size=THREADS))
    @remembered
    def all_at_once(self, script):
        """Everybody at the same moment, each in a thread with a connection of its own."""
        gate, other = threading.Barrier(THREADS), []

        def run(steps):
            gate.wait()
            try:
                for verb, what, more in steps:
                    self.do(verb, what, more)
            except BaseException as problem:  # noqa: BLE001  (a thread's error must reach the assertion)
                other.append(problem)
            finally:
                connection.close()

        threads = [threading.Thread(target=run, args=(steps,)) for steps in script]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        tally["threads"] += THREADS
        assert other == []

    # --- what must be true after every step ---

    @invariant()
    @remembered
    def every_unit_is_somewhere(self):
        if not hasattr(self, "listing"):
            return
        rows, listing = self.rows(), Listing.objects.get(pk=self.listing.pk)
        free, held, sold = (sum(getattr(r, n) for r in rows) for n in ("quantity", "held", "sold_count"))
        assert free + held + sold == self.put_in
        assert all(r.quantity >= 0 for r in rows)
        assert {r.size_key: r.sold_count for r in rows if r.sold_count} == dict(self.taken)
        assert all(len({h.owner for h in r.holds}) == len(r.holds) for r in rows)
        assert listing.units_open == free + held
        assert all(r.is_for_sale == (listing.status == Status.AVAILABLE) for r in rows)
        assert (listing.units_open == 0) == (listing.sold_at is not None)
        assert (listing.status != Status.SOLD) or listing.units_open == 0
        assert listing.status != Status.AVAILABLE or listing.units_open > 0


@pytest.mark.django_db
def test_units_the_seller_put_in_are_free_held_or_sold(monkeypatch):
    monkeypatch.setattr("listings.services.drafts.write_stock", booked_write_stock)
    with FREE:
        for _attempt in range(ATTEMPTS):
            try:
                run_state_machine_as_test(
                    StockMachine,
                    settings=settings(
                        max_examples=RUNS, stateful_step_count=STEPS, deadline=None, database=None,
                        suppress_health_check=list(HealthCheck), phases=[Phase.generate], print_blob=True,
                    ),
                )  # fmt: skip
                break
            except FlakyStrategyDefinition:
                # Hypothesis met two runs of the same steps that went on differently, as threads do. No sum was wrong.
                assert wrong == []
        else:
            pytest.fail("no run came to its end")

    print(dict(tally))
    assert tally["runs"] >= RUNS and tally["threads"] and tally["writes"]
