"""How search reacts to what happens elsewhere."""

from accounts.events import AccountClosed, AccountReopened, ProfileChanged
from listings.events import (
    LikeCountChanged,
    ListingEdited,
    ListingPublished,
    ListingSold,
    ListingStatusChanged,
)
from marketplace.core.events import BATCH, on
from search import services
from search.index.client import is_configured
from search.index.sync import index_listings

LISTINGS_AT_ONCE = 50
Changed = ListingPublished | ListingEdited | ListingStatusChanged | ListingSold | LikeCountChanged


@on(ListingPublished, ListingEdited, ListingStatusChanged, ListingSold, LikeCountChanged,
    external=True, batch=BATCH, when=is_configured)  # fmt: skip
def index_changed(events: list[Changed]) -> None:
    """Writes listings into the index as they are now (idempotent); waits while Elasticsearch is away."""
    index_listings([event.listing_id for event in events])


@on(ListingPublished, ListingEdited, external=True, batch=BATCH)
def learn_words(events: list[ListingPublished | ListingEdited]) -> None:
    """Adds words, brands and sellers that nobody had before (idempotent: it adds what is missing, counts nothing)."""
    services.learn_listings(ids={event.listing_id for event in events})


@on(ProfileChanged, AccountClosed, AccountReopened, external=True, batch=BATCH)
def learn_people(events: list[ProfileChanged | AccountClosed | AccountReopened]) -> None:
    """Writes how people are called now, or that they are gone (idempotent: it reads how they are)."""
    services.learn_people(ids={event.user_id for event in events})


@on(ListingPublished, ListingEdited, ListingStatusChanged, external=True, batch=LISTINGS_AT_ONCE)
def tell_of_finds(events: list[ListingPublished | ListingEdited | ListingStatusChanged]) -> None:
    """Tells people what their saved searches show now (idempotent: each listing once for each search)."""
    services.tell_of_listings(listing_ids={event.listing_id for event in events})


@on(AccountClosed, external=True)
def forget_saved(events: list[AccountClosed]) -> None:
    """Removes the saved searches of closed accounts (idempotent: it reads whether the account is open now)."""
    for person_id in dict.fromkeys(event.user_id for event in events):
        services.forget_saved(person_id=person_id)
