"""What listings refuses."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Conflict, DomainError, Invalid


class ListingIncomplete(Invalid):
    message = _("A few things are missing before this can be listed. Everything you entered is saved.")


class ListingUnavailable(Conflict):
    message = _("This listing is not for sale right now.")


class StockUnavailable(Conflict):
    message = _("Somebody else has just taken the last one.")


class StatusRefused(Conflict):
    message = _("A listing cannot go from where it is to there.")


class ListingChanged(Conflict):
    message = _("This listing was changed elsewhere in the meantime. Reload to see how it is now.")


class RevisionStale(DomainError):
    status = 412
    message = _("The listing has another revision than the one you named in If-Match.")


class SizeInUse(Conflict):
    message = _("Somebody is buying that size right now, so it cannot be taken away.")


class TooManyDrafts(Conflict):
    message = _("You have as many drafts as the rule book allows. Finish or remove one first.")


class PhotosFull(Conflict):
    message = _("This listing has as many photos as the rule book allows.")
