"""The closets that imported listings hang in."""

from typing import Final

from accounts.models import User
from accounts.services import register_user, verify_email
from listings.importing import draw

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
        person = User.objects.filter(email=email).first()
        if person is None:
            taken = User.objects.filter(username=username).exists()
            username = f"{username[:18]}_x" if taken else username  # somebody real was first
            person = register_user(email=email, username=username, password=None, display_name=display_name)
        if not person.is_email_verified:
            verify_email(user=person)
        return person


def closet_name(number: int) -> str:
    """The username of closet `number`, from 0: the same people for every file and every run."""
    first, second = FIRST[number % len(FIRST)], SECOND[(number // len(FIRST) + number * 7) % len(SECOND)]
    return f"{first}_{second}_{number}"
