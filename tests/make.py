"""Makes things for tests, always through the services, so that impossible states cannot be made by accident."""

import io
import itertools
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from accounts import services as accounts
from accounts.models import User
from listings import services as listings
from listings.models import Listing, Status, Stock
from social import services as social
from social.models import Comment

PASSWORD = "correct horse battery staple"
LEAF = "women-dresses-maxi"
_numbers = itertools.count(1)


def user(username: str = "", **profile: Any) -> User:
    """Somebody who signed up and has not confirmed their address."""
    username = username or f"person{next(_numbers)}"
    return accounts.register_user(
        email=f"{username}@example.org", username=username, password=PASSWORD, **profile
    )


def verified_user(username: str = "", **profile: Any) -> User:
    """Somebody who may list and comment."""
    person = user(username, **profile)
    accounts.verify_email(user=person)
    return person


def staff(username: str = "") -> User:
    """A staff member with every permission."""
    person = verified_user(username, is_staff=True, is_superuser=True)
    return person


def jpeg(
    name: str = "photo.jpg", *, size: tuple[int, int] = (60, 80), color: Any = None, format: str = "JPEG",
    orientation: int = 0, gps: bool = False,
) -> SimpleUploadedFile:  # fmt: skip
    """A small real photo file, its bytes different each time."""
    number = next(_numbers)
    picture = Image.new("RGB", size, color or (number % 256, number // 256 % 256, 99))
    exif = Image.Exif()
    exif[0x010E] = f"photo {number}"
    if orientation:
        exif[0x0112] = orientation
    if gps:
        exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)})
    out = io.BytesIO()
    picture.save(out, format, exif=exif)
    return SimpleUploadedFile(name, out.getvalue(), f"image/{format.lower()}")


def draft(seller: User | None = None, *, photos: int = 1, **fields: Any) -> Listing:
    """A draft that could be published as it is; give a field as None to leave it out."""
    values = {
        "title": "Gingham summer dress", "description": "Worn twice, smells of lavender.", "category": LEAF,
        "brand": "Levi's", "colors": ["red"], "condition": "good", "price_cents": 2500, "currency": "USD",
        "sizes": [{"size": "M", "quantity": 1}],
    } | fields  # fmt: skip
    given = {name: value for name, value in values.items() if value is not None}
    seller = seller or verified_user()
    made = listings.create_draft(seller=seller, **given)
    for result in listings.add_photos(actor=seller, listing=made, uploads=[jpeg() for _ in range(photos)]):
        assert result.error is None, result.error.fields
    return Listing.objects.get(pk=made.pk)


def listing(seller: User | None = None, *, status: str = Status.AVAILABLE, **fields: Any) -> Listing:
    """A listing in any status that it can reach."""
    seller = seller or verified_user()
    made = draft(seller, **fields)
    if status == Status.DRAFT:
        return made
    made = listings.publish_listing(actor=seller, listing=made)
    if status == Status.SOLD:
        for row in made.stock.all():
            for unit in range(row.quantity):
                owner = f"{row.pk}-{unit}"
                listings.hold_stock(listing=made, size_key=row.size_key, owner=owner)
                listings.take_stock(listing=made, size_key=row.size_key, owner=owner)
    elif status == Status.RESERVED:  # no service promises an item to somebody yet
        Listing.objects.filter(pk=made.pk).update(status=status)
        Stock.objects.filter(listing=made).update(is_for_sale=False)
    elif status == Status.PAUSED:
        accounts.close_account(actor=seller, user=seller)
        listings.follow_account(user_id=seller.pk)
    elif status == Status.SUSPENDED:
        listings.set_status(actor=staff(), listing=made, status=status)
    elif status != Status.AVAILABLE:
        listings.set_status(actor=seller, listing=made, status=status)
    return Listing.objects.get(pk=made.pk)


def comment(
    on: Listing | None = None, author: User | None = None, body: str = "Is it true to size?"
) -> Comment:
    """A comment in a live thread."""
    return social.post_comment(author=author or verified_user(), listing_id=(on or listing()).pk, body=body)
