"""How many units a seller puts in: a change relative to what they were shown, never a figure over a buyer's head."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import F
from django.utils.text import slugify
from django.utils.translation import gettext as _

from listings import taxonomy
from listings.errors import SizeInUse, StockMoved
from listings.models import Listing, Status, Stock
from marketplace.core.errors import Invalid
from marketplace.core.rules import rule

Sizes = Iterable[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A size as somebody was shown it: free units, and all that the seller had put in by then."""

    free: int = 0
    total: int = 0

    @classmethod
    def parse(cls, text: str) -> tuple[str, Self]:
        """Size key and figures of what `Stock.shown` said; ValueError when it is nothing of the kind."""
        key, free, total = text.rsplit(":", 2)
        if not (free.isdecimal() and total.isdecimal()):
            raise ValueError("no figures of a size")
        return key, cls(int(free), int(total))


@dataclass(slots=True)
class _Change:
    """What a write of sizes comes to: units added in sum, and what stands against it."""

    units: int = 0
    in_use: list[str] = field(default_factory=list)
    moved: dict[str, str] = field(default_factory=dict)  # size key: what to tell


def write_stock(listing: Listing, sizes: Sizes, shown: Iterable[str] | None = None) -> tuple[list[str], int]:
    """Makes the Stock documents say `sizes`, inside the caller's transaction; labels in order, units added in sum.

    `shown` is what `Stock.shown` said of each size on the caller's form; None when there was no form, and then a row
    may carry its own under "shown". A quantity is a change against that, so a unit that a buyer has or had meanwhile is
    not put in twice, and sending the same again changes nothing. Without it a quantity counts as written while no buyer
    has touched the size. A draft has no buyers: there quantities count as written.

    Invalid names a size or quantity out of bounds. StockMoved when a change no longer fits what is there, SizeInUse
    when a size that goes away is held or was sold; both say how it is now.
    """
    rows = list(sizes)
    wanted = clean_sizes(listing.category_path, rows)
    seen = _seen([*(shown or []), *(row["shown"] for row in rows if row.get("shown"))])
    places, change = {key: place for place, key in enumerate(wanted)}, _Change()
    existing = {row.size_key: row for row in Stock.objects.of(listing.pk)}
    for key, row in existing.items():
        before = _before(listing, row, seen, has_form=shown is not None)
        if key in wanted:
            _write(change, row, before, *wanted[key], places[key])
        else:
            _remove(change, row, before)
    for key in wanted.keys() - existing.keys():
        if key in seen and listing.status != Status.DRAFT:
            change.moved[key] = _("%(size)s: taken away elsewhere.") % {"size": wanted[key][0]}
            continue
        _create(change, listing, key, *wanted[key], places[key])
    if change.in_use:
        raise SizeInUse(fields={"sizes": change.in_use})
    if change.moved:
        raise StockMoved(fields={"sizes": list(change.moved.values())}, keys=frozenset(change.moved))
    return [label for label, _quantity in wanted.values()], change.units


def units_to_add(row: Stock, quantity: int, before: Shown | None) -> int | None:
    """By how much the free units of `row` change when somebody who was shown `before` writes `quantity` of them.

    None when that no longer fits: the seller has changed it elsewhere, more go away than are free, or nobody knows what
    was shown (`before` is None) and a buyer has been there.
    """
    if before is None:
        return 0 if quantity == row.quantity else None
    wanted = before.total + quantity - before.free
    if quantity == before.free or wanted == row.total:
        return 0  # left as it was, or the same change sent again
    step = wanted - row.total
    return step if row.total == before.total and row.quantity + step >= 0 else None


def _before(listing: Listing, row: Stock, seen: Mapping[str, Shown], *, has_form: bool) -> Shown | None:
    now = Shown(row.quantity, row.total)
    if listing.status == Status.DRAFT:
        return now
    if row.size_key in seen or has_form:
        return seen.get(
            row.size_key, Shown()
        )  # a form that did not have this size showed that there was none
    return now if row.quantity == row.total else None


def _write(
    change: _Change, row: Stock, before: Shown | None, label: str, quantity: int, position: int
) -> None:
    step = units_to_add(row, quantity, before)
    if step is None:
        change.moved[row.size_key] = _as_it_is(row)
        return
    _check_pieces(row.quantity + step)
    change.units += step
    if step or (row.size_label, row.position) != (label, position):
        # Only what changes is written: correcting a title does not meet the buyers of the same listing here.
        Stock.objects.filter(pk=row.pk, quantity__gte=-step).update(
            quantity=F("quantity") + step, size_label=label, position=position
        )


def _remove(change: _Change, row: Stock, before: Shown | None) -> None:
    if row.held or row.sold_count:
        change.in_use.append(_as_it_is(row))
    elif before != Shown(row.quantity, row.total):
        change.moved[row.size_key] = _as_it_is(row)
    else:
        change.units -= row.quantity
        Stock.objects.filter(pk=row.pk).delete()


def _create(change: _Change, listing: Listing, key: str, label: str, quantity: int, position: int) -> None:
    change.units += quantity
    Stock.objects.create(
        listing=listing, size_key=key, size_label=label, quantity=quantity, position=position,
        is_for_sale=listing.status == Status.AVAILABLE,
    )  # fmt: skip


def _as_it_is(row: Stock) -> str:
    words = {"size": row.size_label, "free": row.quantity, "held": row.held, "sold": row.sold_count}
    return _("%(size)s: %(free)d free now, %(held)d being bought, %(sold)d sold.") % words


def _seen(texts: Iterable[str | None]) -> dict[str, Shown]:
    try:
        return dict(Shown.parse(text) for text in texts if text)
    except ValueError:
        raise Invalid(fields={"sizes": [_("Reload to see how many there are now.")]}) from None


def _check_pieces(quantity: object) -> None:
    most = rule("listing.quantity_max")
    if not isinstance(quantity, int) or isinstance(quantity, bool) or not 0 <= quantity <= most:
        raise Invalid(fields={"sizes": [_("Between 0 and %(max)d pieces of each size.") % {"max": most}]})


def clean_sizes(category_path: list[str], sizes: Sizes) -> dict[str, tuple[str, int]]:
    """{size key: (label, quantity)} of what a caller gave; Invalid(sizes) names what breaks a rule."""
    found: dict[str, tuple[str, int]] = {}
    longest, most = (rule(f"listing.{name}") for name in ("size_label_max", "sizes_max"))
    for row in sizes:
        text, quantity = str(row.get("size") or "").strip(), row.get("quantity", 1)
        if not text or len(text) > longest:
            raise Invalid(fields={"sizes": [_("A size has 1 to %(max)d characters.") % {"max": longest}]})
        _check_pieces(quantity)
        known = taxonomy.size_in_category(category_path, text)
        # A size of the seller's own is kept apart by its prefix, so it never matches a size filter by chance.
        key, label = (
            (known.key, known.label) if known else (f"own-{slugify(text) or text.encode().hex()}", text)
        )
        if key in found:
            raise Invalid(fields={"sizes": [_("The size %(size)s is there twice.") % {"size": label}]})
        found[key] = (label, quantity)
    if len(found) > most:
        raise Invalid(fields={"sizes": [_("At most %(max)d sizes.") % {"max": most}]})
    return found
