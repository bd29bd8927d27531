"""The sellers of imported listings: generated users, or those that the file names."""

from typing import Final

from accounts.models import User
from accounts.services import register_user, verify_email
from listings.importing import draw
from marketplace.core.errors import Invalid

FIRST: Final = (
    "amber ash birch basil clover coral cotton dune ember fern flax hazel heather indigo ivory ivy jade juniper "
    "lark laurel lilac linen maple marble meadow mint moss nettle olive opal pearl plum poppy reed rowan rust sage "
    "sienna velvet willow"
).split()
SECOND: Final = (
    "atelier attic bay bloom button cabin closet corner cove drawer edit finds garden hall harbor house label lane "
    "loft market mill nook parlor post rack room row seam shelf shop stitch street studio thread trunk vault walk "
    "wharf works yard"
).split()
DOMAIN: Final = "import.invalid"  # reserved: no mail can ever reach it


class Sellers:
    """Gives each row its seller: as many people as asked for, or those the file names; made when first needed."""

    def __init__(self, mapping_name: str, count: int, *, is_dry: bool) -> None:
        self.mapping_name, self.count, self.is_dry = mapping_name, count, is_dry
        self._known: dict[str, User] = {}

    def of(self, key: str, named: str) -> User:
        """The seller of a row: `named` by the file, or one of the closets by the row's key."""
        if named:
            username = f"{self.mapping_name}_{named}".lower()
            username = "".join(char if char.isascii() and char.isalnum() else "_" for char in username)
        else:
            username = closet_name(int(draw.share(key, "seller") * self.count))
        if username not in self._known:
            self._known[username] = self._person(username[:20])
        return self._known[username]

    def _person(self, username: str) -> User:
        email = f"{username}@{DOMAIN}"
        display_name = username.rstrip("0123456789").strip("_").replace("_", " ").title()
        if self.is_dry:
            return User(username=username, email=email, display_name=display_name)
        person = User.objects.filter(email=email).first() or self._register(username, email, display_name)
        if not person.is_email_verified:
            verify_email(user=person)
            person.refresh_from_db()  # another import may have done it in this moment
        return person

    def _register(self, username: str, email: str, display_name: str) -> User:
        if User.objects.filter(username=username).exists():
            username = f"{username[:18]}_x"  # somebody real was first
        try:
            return register_user(email=email, username=username, password=None, display_name=display_name)
        except Invalid:
            # Another import made the same closet in this moment.
            return User.objects.get(email=email)


def closet_name(number: int) -> str:
    """The username of closet `number`, from 0: the same people for every file and every run."""
    first, second = FIRST[number % len(FIRST)], SECOND[(number // len(FIRST) + number * 7) % len(SECOND)]
    return f"{first}_{second}_{number}"
