"""The exceptions that services raise; page, API and socket each render them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

RETRY_AFTER_SECONDS = 10  # about as long as a replica set takes to elect another primary
FieldErrors = Mapping[str, Sequence[str]]


class DomainError(Exception):
    """A refusal that a person can be told: stable `code`, HTTP-like `status`, translated `message`, errors by field."""

    status: ClassVar[int] = 400
    message: Any = _("That cannot be done.")

    def __init__(self, message: Any = None, *, fields: FieldErrors | None = None, **extra: Any) -> None:
        self.message = message or type(self).message
        self.fields = {name: list(texts) for name, texts in (fields or {}).items()}
        self.extra = extra
        super().__init__(str(self.message))

    @property
    def texts(self) -> list[str]:
        """The texts of its fields, or its message when it has none."""
        return [text for texts in self.fields.values() for text in texts] or [str(self.message)]

    @property
    def text(self) -> str:
        """The whole refusal as one line."""
        return " ".join(self.texts)

    @property
    def code(self) -> str:
        """The class name in snake case: what API clients and tests rely on."""
        return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", type(self).__name__).lower()


class Invalid(DomainError):
    """Something typed or uploaded breaks a rule; `fields` names each field and its limit."""

    status = 422
    message = _("Some of this needs another look.")


class NotAllowed(DomainError):
    """The person may not do this, whatever the state."""

    status = 403
    message = _("This is not yours to change.")


class NotFound(DomainError):
    """There is no such thing, or not for this person."""

    status = 404
    message = _("There is nothing here.")


class Conflict(DomainError):
    """The state of things does not allow it now."""

    status = 409
    message = _("Things have changed in the meantime.")


class TooMany(DomainError):
    """A limit of the rule book is used up; `retry_after` says in how many seconds it opens again."""

    status = 429
    message = _("That was a lot in a short time. Please wait a moment.")

    def __init__(self, message: Any = None, *, retry_after: int = 1, **extra: Any) -> None:
        super().__init__(message, retry_after=retry_after, **extra)
        self.retry_after = retry_after


class Unavailable(DomainError):
    """A server that this needs did not answer in time; nothing was stored and a second try may succeed."""

    status = 503
    message = _("We could not store that just now. Nothing is lost, please try again.")


class DatabaseAway(Unavailable):
    """No database server answered, for example while another one takes over."""

    message = _("The shop cannot look anything up right now. Please try again in a moment.")

    def __init__(self) -> None:
        super().__init__(retry_after=RETRY_AFTER_SECONDS)


class TooBroad(Unavailable):
    """The database was still reading when `page.read_ms` was over; nothing was changed."""

    message = _("That took too long to look up. Narrow it down, or try again in a moment.")
