"""What accounts announces."""

from dataclasses import dataclass

from bson import ObjectId

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class UserRegistered(Event):
    """Someone signed up."""

    user_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class EmailVerified(Event):
    """Someone confirmed their e-mail address and may now list and comment."""

    user_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """What others see of a person changed: name, avatar, about or city."""

    user_id: ObjectId
