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


class FieldsMoved(Conflict):
    """Its fields are those that somebody else changed since the form was opened."""

    message = _("This listing was changed elsewhere since you were shown it.")


class KeyUsed(Conflict):
    message = _(
        "This form has made a listing already, with other words. It is in your closet. Send it again to make another."
    )


class RevisionStale(DomainError):
    status = 412
    message = _("The listing has another revision than the one you named in If-Match.")


class HoldExpired(Conflict):
    message = _("The time to pay for this has run out.")


class SizeInUse(Conflict):
    message = _("A size that somebody is buying or has bought cannot be taken away. It may have 0 pieces.")


class StockMoved(Conflict):
    """`keys` in `extra` are the sizes that moved."""

    message = _("Somebody has bought, or the pieces were changed elsewhere, since you were shown them.")


class TooManyDrafts(Conflict):
    message = _("You have as many drafts as the rule book allows. Finish or remove one first.")


class PhotoThere(Invalid):
    message = _("This photo is there already.")


class PhotosFull(Conflict):
    message = _("This listing has as many photos as the rule book allows.")
