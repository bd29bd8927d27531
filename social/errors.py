"""What social refuses."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Conflict, Invalid, NotAllowed


class CommentInvalid(Invalid):
    message = _("This comment needs another look.")


class RequestKeyReused(Conflict):
    message = _("Another comment was sent with the same key. Send this one with a new one.")


class ThreadLocked(Conflict):
    message = _("The seller has closed this conversation. What you wrote is kept here.")


class ThreadClosed(Conflict):
    message = _("This listing is no longer open for comments.")


class EditWindowOver(Conflict):
    message = _("A comment can be changed for a few minutes only. Remove it and write a new one.")


class LoginNeeded(NotAllowed):
    message = _("Log in to join the conversation. What you wrote is kept.")
