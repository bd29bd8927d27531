"""For each event that somebody reacts to: how it really comes about, at least twice. A new handler needs its story."""

from collections.abc import Callable

from accounts import services as accounts
from tests import make


def profile_changed() -> None:
    seller = make.verified_user()
    make.listing(seller)
    make.listing(seller)
    accounts.edit_profile(user=seller, display_name="First", about="", city="")
    accounts.edit_profile(user=seller, display_name="Second", about="", city="Bergen")


def photo_added() -> None:
    make.draft(photos=3)


STORIES: dict[str, Callable[[], object]] = {
    "ProfileChanged": profile_changed,
    "PhotoAdded": photo_added,
}
