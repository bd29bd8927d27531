"""A person's picture: received where it arrives, prepared by a worker, shown when it is ready."""

from datetime import timedelta

from bson import ObjectId
from django.core.files.base import File
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.events import AvatarChosen, ProfileChanged
from accounts.models import User
from accounts.services.people import require_verified
from marketplace.core.db import atomic
from marketplace.core.events import publish
from marketplace.core.pictures import (
    AVATAR,
    Rendered,
    Undecodable,
    inspect_picture,
    note_rendered,
    prepare,
    release_pictures,
    store_original,
    use_picture,
)
from marketplace.core.ratelimit import limited, spend
from marketplace.core.rules import rule


def set_avatar(*, user: User, upload: File) -> User:
    """Takes a picture as the person's avatar, cropped square; Invalid says what is wrong with the file.

    The one before is shown until a worker has prepared this one.
    """
    require_verified(user)
    spend("photo", user.pk)
    image = store_original(inspect_picture(upload, field="avatar"), upload)
    return _choose(user=user, key=image.key)


@limited("edit", by="user")
@atomic
def _choose(*, user: User, key: str) -> User:
    current = User.objects.get(pk=user.pk)
    if key not in (current.avatar, current.avatar_next):
        use_picture(key)
        release_pictures([current.avatar_next] if current.avatar_next else [])
        publish(AvatarChosen(user_id=user.pk, key=key))
        _write(user, avatar_next=key, avatar_error="")
    return user


@limited("edit", by="user")
@atomic
def remove_avatar(*, user: User) -> User:
    """Back to the initials."""
    _take_off(user)
    return user


def release_closed_avatars() -> int:
    """Lets go of the pictures of people whose account was closed some days ago; of how many."""
    before = timezone.now() - timedelta(days=rule("account.closed_avatar_days"))
    done = 0
    for user in User.objects.closed_with_avatar(before):
        done += _release_closed(user)
    return done


@atomic
def _release_closed(user: User) -> int:
    current = User.objects.filter(
        pk=user.pk, is_active=False
    ).first()  # it may have been opened again just now
    if current is not None:
        _take_off(current)
    return int(current is not None)


def _take_off(user: User) -> None:
    current = User.objects.get(pk=user.pk)
    release_pictures([key for key in (current.avatar, current.avatar_next) if key])
    _write(user, avatar="", avatar_next="", avatar_error="")
    publish(ProfileChanged(user_id=user.pk))


def prepare_avatar(*, user_id: ObjectId, key: str) -> None:
    """Renders a chosen picture and shows it from now on; safe to run twice. What the storage raises is raised."""
    try:
        rendered, error = prepare(key, AVATAR), ""
    except Undecodable as problem:
        rendered, error = None, str(problem)
    _show(user_id, key, rendered, error)


@atomic
def _show(user_id: ObjectId, key: str, rendered: Rendered | None, error: str) -> None:
    image = note_rendered(key, rendered, error)
    user = User.objects.filter(pk=user_id, avatar_next=key).first()
    if user is None or image is None:  # they have chosen another one meanwhile
        return
    if error:
        told = str(_("This picture could not be read. Try another file."))
        release_pictures([key])
        _write(user, avatar_next="", avatar_error=told)
        return
    release_pictures([user.avatar] if user.avatar else [])
    _write(user, avatar=key, avatar_next="", avatar_error="")
    publish(ProfileChanged(user_id=user_id))


def _write(user: User, **values: str) -> None:
    grown = (
        {"revision": F("revision") + 1} if "avatar" in values else {}
    )  # snapshots of what is shown go by it
    User.objects.filter(pk=user.pk).update(**values, **grown)
    for name, value in values.items():
        setattr(user, name, value)
