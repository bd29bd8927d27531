"""For each event with a handler: service calls that publish it at least twice. A new handler needs a scenario."""

from collections.abc import Callable

from accounts import services as accounts
from listings import services as listings
from listings.models import Status
from marketplace.core.events import HANDLERS
from marketplace.core.outbox import delivery
from marketplace.core.outbox.announcing import announce_new
from social import services as social
from tests import make


def profile_changed() -> None:
    seller = make.verified_user()
    listing = make.listing(seller)
    make.listing(seller)
    make.comment(listing, seller)
    accounts.edit_profile(user=seller, display_name="First", about="", city="")
    accounts.edit_profile(user=seller, display_name="Second", about="", city="Bergen")


def brand_renamed() -> None:
    listing = make.listing(brand="Nobody Knows It")
    make.listing(brand="Nobody Knows It")
    for name in ("First Name", "Second Name"):
        listings.rename_brand(brand=listing.brand, name=name)


def comments_come_and_go() -> None:
    listing, other, author = make.listing(), make.listing(), make.verified_user()
    first = make.comment(listing, author)
    make.comment(listing)
    make.comment(other)
    social.remove_comment(actor=author, comment=first)


def likes_come_and_go() -> None:
    listing, other, fan = make.listing(), make.listing(), make.verified_user()
    for liked in (listing, other):
        social.like_listing(user=fan, listing_id=liked.pk)
    announce_new()  # a like that is not announced yet is removed without an event
    social.unlike_listing(user=fan, listing_id=listing.pk)
    social.like_listing(user=make.verified_user(), listing_id=listing.pk)


def photo_added() -> None:
    make.draft(photos=3)


def avatars_chosen() -> None:
    person, other = make.verified_user(), make.verified_user()
    for user in (person, other, person):
        accounts.set_avatar(user=user, upload=make.jpeg("avatar.jpg", size=(300, 300)))


def accounts_close_and_open() -> None:
    gone, back = make.listing().seller, make.listing().seller
    for seller in (gone, back):
        accounts.close_account(actor=seller, user=seller)
    accounts.reopen_account(actor=make.staff(), user=back)


def news_is_mailed() -> None:
    listing = make.listing()
    for _ in range(2):
        make.comment(listing)
    announce_new()
    for claim in iter(lambda: delivery.claim_due(HANDLERS["social.tell_of_comments"]), None):
        delivery.deliver(claim)


def listings_come_and_change() -> None:
    listing = make.listing(title="Paisley kaftan", brand="Nobody Knows It")
    make.listing(title="Paisley scarf")
    for title in ("Suede kaftan", "Velvet kaftan"):
        listings.edit_listing(actor=listing.seller, listing=listing, title=title)


def listings_sell() -> None:
    for _ in range(2):
        make.listing(status=Status.SOLD)


def statuses_change() -> None:
    listing = make.listing()
    for status in (Status.NOT_FOR_SALE, Status.AVAILABLE):
        listings.set_status(actor=listing.seller, listing=listing, status=status)


def likes_are_counted() -> None:
    likes_come_and_go()
    announce_new()
    for claim in iter(lambda: delivery.claim_due(HANDLERS["social.count_likes"]), None):
        for entry_id in claim.ids:
            delivery.deliver(claim.only(entry_id))


SCENARIOS: dict[str, Callable[[], object]] = {
    "AccountClosed": accounts_close_and_open,
    "AccountReopened": accounts_close_and_open,
    "AvatarChosen": avatars_chosen,
    "ProfileChanged": profile_changed,
    "BrandRenamed": brand_renamed,
    "NoticeAdded": news_is_mailed,
    "ListingEdited": listings_come_and_change,
    "ListingPublished": listings_come_and_change,
    "ListingSold": listings_sell,
    "ListingStatusChanged": statuses_change,
    "LikeCountChanged": likes_are_counted,
    "PhotoAdded": photo_added,
    "CommentPosted": comments_come_and_go,
    "CommentRemoved": comments_come_and_go,
    "ListingLiked": likes_come_and_go,
    "ListingUnliked": likes_come_and_go,
}
