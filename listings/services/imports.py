"""Many listings at once, by the same rules as one: checked one by one, stored batch by batch."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import require_verified
from listings import taxonomy
from listings.errors import ListingIncomplete
from listings.events import ListingPublished
from listings.models import Brand, Listing, Photo, Status, Stock, faceted
from listings.services.brands import make_brand, values_of
from listings.services.checks import clean_fields, missing_to_publish, prices_disagree
from listings.services.photos import photo_of
from listings.services.quantities import clean_sizes
from listings.services.renditions import finish_photo, render_photo
from marketplace.core.db import atomic
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.events import publish_all
from marketplace.core.pictures import (
    LISTING_RENDITIONS,
    Image,
    Rendered,
    inspect_picture,
    store_original,
    store_renditions,
    use_pictures,
)

Refusals = dict[str, DomainError]


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A listing to be made from a row of a file; `key` marks it, so that the same row never becomes two."""

    key: str
    seller: User
    fields: Mapping[str, Any]
    photo: Photo | None
    is_sold: bool = False


@dataclass(frozen=True, slots=True)
class _Checked:
    listing: Listing
    stock: list[Stock]


def import_listings(*, rows: Sequence[ImportRow], is_dry: bool = False) -> Refusals:
    """Stores the rows that keep every rule, in one transaction; why not, by key, for the others.

    With a photo a listing is published (or sold, when the row says so), without one it stays a draft. A row that is
    there already is left as it is. A dry run checks and writes nothing.
    """
    checked: dict[str, _Checked] = {}
    refusals: Refusals = {}
    for row in rows:
        try:
            if not is_dry:
                require_verified(row.seller)
            checked[row.key] = _check(row)
        except DomainError as refusal:
            refusals[row.key] = refusal
    if checked and not is_dry:
        _resolve_brands([one.listing for one in checked.values()])
        try:
            _store(list(checked.values()))
        except IntegrityError:
            # Somebody else is importing the same file: what they have stored by now is left to them.
            found = Listing.objects.filter(imported_from__in=list(checked)).values_list(
                "imported_from", flat=True
            )
            there = set(found)
            _store([one for key, one in checked.items() if key not in there])
    return refusals


def take_picture(*, upload: File, rendered: Rendered | None = None) -> Photo:
    """A picture for many listings, rendered here and now, once for identical files; Invalid when it is none.

    `rendered` is what the caller has rendered of it already, of all the forms that a listing shows.
    """
    image = store_original(inspect_picture(upload, field="photos"), upload)
    if not image.has(LISTING_RENDITIONS):
        # Not by the worker: listings made while it renders would each need to be told afterwards.
        if rendered is None:
            render_photo(key=image.key)
        else:
            store_renditions(image.key, rendered)
            finish_photo(image.key, rendered, "")
        image.refresh_from_db()
    if image.state == Image.State.FAILED:
        raise Invalid(fields={"photos": [_("%(name)s could not be read.") % {"name": upload.name}]})
    return photo_of(image)


def _check(row: ImportRow) -> _Checked:
    fields = dict(row.fields)
    sizes = fields.pop("sizes", [])
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    try:
        values = clean_fields(fields, currency=row.seller.currency)
    except Invalid as refusal:
        errors |= refusal.fields
    found: dict[str, tuple[str, int]] = {}
    try:
        node = taxonomy.category(str(fields.get("category") or ""))
        found = clean_sizes(list(node.path) if node else [], sizes)
    except Invalid as refusal:
        errors |= refusal.fields
    if errors:
        raise Invalid(fields=errors)
    listing = _listing(row, values, [label for label, _quantity in found.values()])
    listing.units_open = sum(quantity for _label, quantity in found.values())
    if listing.status == Status.DRAFT:
        problems = prices_disagree(listing.price_cents, listing.original_price_cents)
    else:
        problems = missing_to_publish(listing)
    if problems:
        raise ListingIncomplete(fields=problems)
    if row.is_sold:
        listing.units_open = 0
    return _Checked(listing, _stock(listing, found, is_sold=row.is_sold))


def _listing(row: ImportRow, values: dict[str, Any], sizes: list[str]) -> Listing:
    now, photos = timezone.now(), [row.photo] if row.photo else []
    status = Status.DRAFT if not photos else Status.SOLD if row.is_sold else Status.AVAILABLE
    values = {
        "currency": row.seller.currency, "created_at": now, "updated_at": now,
        "published_at": now if photos else None, "sold_at": now if status == Status.SOLD else None, **values,
    }  # fmt: skip
    return Listing(
        seller=row.seller, seller_username=row.seller.username, seller_name=row.seller.public_name,
        seller_avatar=row.seller.avatar, seller_revision=row.seller.revision, status=status,
        imported_from=row.key, sizes=sizes, photos=photos,
        photo_keys=[photo.key for photo in photos], photo_count=len(photos), **values,
    )  # fmt: skip


def _stock(listing: Listing, sizes: dict[str, tuple[str, int]], *, is_sold: bool) -> list[Stock]:
    return [
        Stock(
            listing=listing, size_key=key, size_label=label, position=position,
            quantity=0 if is_sold else quantity, sold_count=quantity if is_sold else 0,
            is_for_sale=listing.status == Status.AVAILABLE,
        )
        for position, (key, (label, quantity)) in enumerate(sizes.items())
    ]  # fmt: skip


def _resolve_brands(listings: list[Listing]) -> None:
    """Points each listing at its Brand; two queries for all that are known, one more for each new one."""
    texts = {listing.brand_name for listing in listings if listing.brand_name}
    known = {text: entry.slug for text in texts if (entry := taxonomy.brand_for(text))}
    by_slug = {brand.slug: brand for brand in Brand.objects.filter(slug__in=set(known.values()))}
    names = {text: taxonomy.normal_name(text) for text in texts - known.keys()}
    by_name = {brand.name_ci: brand for brand in Brand.objects.filter(name_ci__in=set(names.values()))}
    resolved: dict[str, dict[str, Any]] = {}
    for text in texts:
        brand = by_slug.get(known[text]) if text in known else by_name.get(names[text])
        if brand is None:
            resolved[text] = make_brand(text)
        else:
            resolved[text] = values_of(brand)
    for listing in listings:
        for name, value in resolved.get(listing.brand_name, {}).items():
            setattr(listing, name, value)
        listing.facets = faceted(listing)["facets"]


@atomic
def _store(checked: list[_Checked]) -> None:
    listings = [one.listing for one in checked]
    Listing.objects.bulk_create(listings)
    Stock.objects.bulk_create([stock for one in checked for stock in one.stock])
    uses = Counter(key for listing in listings for key in listing.photo_keys)
    use_pictures(uses)
    published = [listing for listing in listings if listing.status != Status.DRAFT]
    publish_all(ListingPublished(listing_id=listing.pk, seller_id=listing.seller_id) for listing in published)
