"""Making the demo, step by step, through the services. Each step finds out what is there, so a killed run is finished
by the next one; nothing is done twice.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from accounts import services as accounts
from accounts.models import User
from listings import services as listings
from listings.models import Listing, Status
from marketplace.core.rules import override
from marketplace.demo import studio
from marketplace.demo.clock import at
from marketplace.demo.drawing import avatar_png
from marketplace.demo.logins import LOGINS
from marketplace.demo.people import PEOPLE, Person
from marketplace.demo.plan import SHOPPER, STAFF, Piece
from notices import services as notices
from social import services as social

Say = Callable[[str], None]
MARK = "demo:"
# Whoever makes the past of six weeks in a minute is past every limit of the present.
UNLIMITED = {f"limit.{name}.count": 10**6 for name in ("comment", "like", "photo", "listing", "edit")}


class SeedRefused(Exception):
    """A listing of the demo breaks a rule; its words say which."""


def is_ours() -> bool:
    """Whether what is in the database was begun by this demo."""
    return User.objects.filter(email=LOGINS[SHOPPER][1]).exists()


def is_empty() -> bool:
    """Whether nobody is here and nothing is for sale."""
    return not User.objects.exists() and not Listing.objects.exists()


def people(count: int) -> list[User]:
    """The first `count` people, made where they are missing; the first three have known logins."""
    joined = timezone.now() - timedelta(weeks=9)
    known = {
        user.username: user for user in User.objects.filter(username__in=[one.username for one in PEOPLE])
    }
    crew = []
    for number, person in enumerate(PEOPLE[:count]):
        user = known.get(person.username)
        if user is None or not (user.avatar or user.avatar_next):
            with override(UNLIMITED), at(joined + timedelta(hours=number * 7)):
                user = _person(number, person, user)
        crew.append(user)
    return crew


def _person(number: int, person: Person, user: User | None) -> User:
    if user is None:
        _role, email, password = (
            LOGINS[number] if number < len(LOGINS) else ("", f"{person.username}@demo.example", None)
        )
        power = {"is_staff": True, "is_superuser": True} if number == STAFF else {}
        user = accounts.register_user(
            email=email, username=person.username, password=password, display_name=person.name, about=person.about,
            city=person.city, **power,
        )  # fmt: skip
    accounts.verify_email(user=user)
    notices.choose_mails(person=user, kinds=[])  # the talk of the demo is not for a mail server
    avatar = SimpleUploadedFile("avatar.png", avatar_png(person.name), "image/png")
    return accounts.set_avatar(user=user, upload=avatar)


def unmade(plan: Iterable[Piece]) -> list[Piece]:
    """The pieces that have no listing yet."""
    there = set(
        Listing.objects.filter(imported_from__startswith=MARK).values_list("imported_from", flat=True)
    )
    return [piece for piece in plan if piece.key not in there]


def publish(piece: Piece, crew: list[User], cover: studio.Cover) -> None:
    """The listing with its first picture, at the time the plan gives it; a draft comes without a picture."""
    moment = timezone.now() - piece.age
    photo = (
        None if piece.fate == "draft" else listings.take_picture(upload=cover.upload, rendered=cover.rendered)
    )
    row = listings.ImportRow(key=piece.key, seller=crew[piece.seller], fields=piece.fields, photo=photo)
    with at(moment):
        refused = listings.import_listings(rows=[row])
    if refused:
        problem = refused[piece.key]
        raise SeedRefused(f"{piece.key} {piece.fields['title']!r}: {problem} {problem.fields}")


def unfinished(plan: Iterable[Piece]) -> list[Piece]:
    """The pieces whose conversation, likes, further pictures or fate are missing, in the order of the plan."""
    found = Listing.objects.filter(imported_from__startswith=MARK)
    states = {key: state for key, *state in found.values_list("imported_from", "status", "photo_count")}
    return [piece for piece in plan if not _is_done(piece, *states.get(piece.key, ("", 0)))]


def _is_done(piece: Piece, status: str, photos: int) -> bool:
    # People may have bought, edited or removed it since: what is not as it was born needs nothing of us.
    if status in (Status.SOLD, Status.REMOVED, Status.SUSPENDED):
        return True
    return piece.fate != "sold" and photos >= piece.photos


def enliven(piece: Piece, crew: list[User]) -> None:
    """What has happened to a listing since it appeared, except its last step; safe to run twice."""
    listing = Listing.objects.filter(imported_from=piece.key).first()
    if listing is None or piece.fate == "draft":
        return
    with override(UNLIMITED):
        if listing.is_open and not listing.comments_locked:
            _talk(piece, listing, crew)
            _like(piece, listing, crew)


def finish(piece: Piece, crew: list[User]) -> None:
    """Sells it or takes it off sale where the plan says so, and adds the other pictures. The last write marks it done."""
    listing = Listing.objects.get(imported_from=piece.key)
    if _is_done(piece, listing.status, listing.photo_count):
        return
    seller, born = crew[piece.seller], listing.published_at or listing.created_at
    later = born + (timezone.now() - born) * 0.8
    with override(UNLIMITED), at(later):
        if piece.fate == "not_for_sale" and listing.status == Status.AVAILABLE:
            listings.set_status(actor=seller, listing=listing, status=Status.NOT_FOR_SALE)
        for number in range(listing.photo_count, piece.photos):
            _photograph(piece, number, listing, seller)
    if piece.fate == "sold":
        _sell(piece, listing, later)


def shot_of(piece: Piece, number: int) -> studio.Shot:
    """What the piece's picture of this number shows."""
    return studio.Shot(piece.kind, piece.color, piece.fabric, piece.seed, *piece.label, number)


def _photograph(piece: Piece, number: int, listing: Listing, seller: User) -> None:
    (result,) = listings.add_photos(
        actor=seller, listing=listing, uploads=[studio.draw(shot_of(piece, number))]
    )
    # Refused as a double when another run has added it meanwhile: then it is there, as it should be.
    if (
        result.error is not None
        and not Listing.objects.filter(pk=listing.pk, photo_count__gt=number).exists()
    ):
        raise SeedRefused(f"{piece.key}: {result.error}")


def _sell(piece: Piece, listing: Listing, moment: datetime) -> None:
    with override({"checkout.hold_seconds": 10**8}), at(moment):
        for row in listing.stock.all():
            if row.quantity:
                listings.hold_stock(listing=listing, size_key=row.size_key, owner=piece.key)
            if row.quantity or row.holds:
                listings.take_stock(listing=listing, size_key=row.size_key, owner=piece.key)


def _talk(piece: Piece, listing: Listing, crew: list[User]) -> None:
    born = listing.published_at or listing.created_at
    for number, line in enumerate(piece.lines):
        moment, author = born + line.after, crew[line.who]
        with at(moment):
            said = social.post_comment(
                author=author, listing_id=listing.pk, body=line.text, request_key=f"{piece.key}:{number}"
            )
        if line.corrected and said.body == line.text:
            with at(moment + timedelta(minutes=2)):
                social.edit_comment(actor=author, comment=said, body=line.corrected)
        if line.is_taken_back:
            with at(moment + timedelta(minutes=9)):
                social.remove_comment(actor=author, comment=said)
    if piece.is_locked:
        social.lock_thread(actor=crew[piece.seller], listing=listing)


def _like(piece: Piece, listing: Listing, crew: list[User]) -> None:
    born = listing.published_at or listing.created_at
    for number, who in enumerate(piece.likes):
        with at(born + piece.age * ((number + 1) / (len(piece.likes) + 2)) * 0.9):
            social.like_listing(user=crew[who], listing_id=listing.pk)
