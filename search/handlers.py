"""How search reacts to what happens elsewhere."""

from accounts.events import AccountClosed, AccountReopened, ProfileChanged
from listings.events import ListingEdited, ListingPublished
from marketplace.core.events import BATCH, on
from search import services


@on(ListingPublished, ListingEdited, external=True, batch=BATCH)
def learn_words(events: list[ListingPublished | ListingEdited]) -> None:
    """Adds words, brands and sellers that nobody had before (idempotent: it adds what is missing, counts nothing)."""
    services.learn_listings(ids={event.listing_id for event in events})


@on(ProfileChanged, AccountClosed, AccountReopened, external=True, batch=BATCH)
def learn_people(events: list[ProfileChanged | AccountClosed | AccountReopened]) -> None:
    """Writes how people are called now, or that they are gone (idempotent: it reads how they are)."""
    services.learn_people(ids={event.user_id for event in events})
