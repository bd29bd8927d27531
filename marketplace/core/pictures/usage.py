"""Reference counts of pictures; a beat task removes files some time after the last use."""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.utils import timezone

from marketplace.core.errors import Unavailable
from marketplace.core.pictures.models import Image
from marketplace.core.pictures.rendering import Rendered, Rendition, Undecodable, render
from marketplace.core.pictures.storing import delete_files, has_renditions, read_original, store_renditions
from marketplace.core.rules import rule

NEUTRAL: Final = "#d8d4cc"  # the ground under a picture whose colour is not known yet
BATCH: Final = 500
MAX_SECONDS: Final = 240.0  # of one removal; below its period in celeryconfig.beat_schedule
log = logging.getLogger(__name__)


class UnknownPicture(LookupError):
    """No document has this key, so nobody knows whether its files are used."""


def use_pictures(counts: Mapping[str, int]) -> None:
    """Counts uses by key, inside the transaction that stores them; Unavailable when a picture is just being removed."""
    if counts and not Image.objects.all().use(counts):
        raise Unavailable


def use_picture(key: str) -> Image:
    """Counts one use inside @atomic; the picture as it is now.

    That write makes a rendering that ends at the same moment conflict and retry, so its end is never missed.
    """
    use_pictures({key: 1})
    return Image.objects.get(key=key)


def release_pictures(keys: list[str]) -> None:
    """Takes back one use of each, inside the transaction that ends them."""
    Image.objects.all().release(keys)


def prepare(key: str, renditions: tuple[Rendition, ...]) -> Rendered | None:
    """Renders and stores what is missing of a picture; None when nothing is. For workers, outside any transaction.

    Undecodable when it is no picture. What the storage raises is raised: then a later try may succeed. UnknownPicture
    for a key without a document: its files may be somebody's, stored by another release or before a restore.
    """
    image = Image.objects.filter(key=key).first()
    if image is None:
        raise UnknownPicture(key)
    if image.state == Image.State.REMOVED:
        return None
    # The files are asked for as well, so that a replay makes again what a storage has lost.
    if image.has(renditions) and has_renditions(key, renditions):
        return None
    if image.state == Image.State.FAILED:
        raise Undecodable(image.error)
    rendered = render(read_original(image), renditions)
    store_renditions(key, rendered)
    if not Image.objects.existing().filter(key=key).exists():
        delete_files(key)  # removed while it was rendered, so the removal may have come before these files
        return None
    return rendered


def note_rendered(key: str, rendered: Rendered | None, error: str = "") -> Image | None:
    """Notes the end of a rendering inside @atomic; the picture as it is now, None when it is being removed."""
    image = Image.objects.existing().filter(key=key).first()
    if image is None:
        return None
    if error:
        image.state, image.error = Image.State.FAILED, error[: Image._meta.get_field("error").max_length]
    elif rendered is not None:
        image.state, image.error, image.color = Image.State.READY, "", rendered.color
        image.renditions = sorted({*image.renditions, *rendered.files})
    Image.objects.filter(pk=image.pk).update(
        state=image.state, error=image.error, color=image.color, renditions=image.renditions
    )
    return image


def remove_unused() -> int:
    """Removes the files and documents of pictures that nobody uses any more; how many. Safe to repeat.

    It ends when none is left, or after MAX_SECONDS. A picture whose files cannot be deleted waits for another grace
    period and holds up no other.
    """
    before = timezone.now() - timedelta(hours=rule("picture.keep_unused_hours"))
    deadline, removed = time.monotonic() + MAX_SECONDS, 0
    for image in Image.objects.unused(before).order_by("unused_since").iterator(BATCH):
        if time.monotonic() > deadline:
            break
        removed += _remove(image, before)
    return removed


def _remove(image: Image, before: datetime) -> bool:
    if image.state != Image.State.REMOVED and not Image.objects.all().mark_removed(image, before):
        return False
    try:
        delete_files(image.key)
    except OSError as failure:
        log.warning("picture not removed", extra={"picture": image.key, "reason": str(failure)})
        Image.objects.filter(pk=image.pk).update(unused_since=timezone.now())
        return False
    Image.objects.filter(pk=image.pk, state=Image.State.REMOVED).delete()
    return True
