"""What accounts announces."""

from dataclasses import dataclass

from bson import ObjectId

from marketplace.core.events import Event


@dataclass(frozen=True, kw_only=True)
class AvatarChosen(Event):
    """Someone sent a picture of themselves that is not prepared yet."""

    user_id: ObjectId
    key: str


@dataclass(frozen=True, kw_only=True)
class ProfileChanged(Event):
    """What others see of a person changed: name, avatar, about or city."""

    user_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class AccountClosed(Event):
    """Somebody's account was closed, by themselves or by staff (`actor_id`)."""

    user_id: ObjectId
    actor_id: ObjectId


@dataclass(frozen=True, kw_only=True)
class AccountReopened(Event):
    """A closed account is open again."""

    user_id: ObjectId
