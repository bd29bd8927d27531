"""What accounts refuses."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Conflict, NotAllowed, TooMany, Unavailable


class EmailNotVerified(NotAllowed):
    message = _("Confirm your e-mail address first; the link is in your inbox. What you wrote is kept.")


class TooManyTokens(Conflict):
    message = _("You have as many tokens as the rule book allows. Revoke one that you no longer use.")


class TooManyHashes(Unavailable):
    message = _("Very many people are logging in at this moment. Please try again in a few seconds.")

    def __init__(self) -> None:
        super().__init__(retry_after=2)


class PasswordNeeded(NotAllowed):
    message = _("Type your password again first, at /account/reauthenticate/.")


class TooManyLogins(TooMany):
    message = _("That was wrong a few times. Wait a few minutes, or let us mail you a code to log in with.")
