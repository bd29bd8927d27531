"""Files of pictures: originals in the private storage, renditions in the public one (settings.STORAGES)."""

import functools
import hashlib
from contextlib import suppress

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from marketplace.core.errors import Unavailable
from marketplace.core.pictures.headers import Picture
from marketplace.core.pictures.models import Image
from marketplace.core.pictures.rendering import AVATAR, LISTING_RENDITIONS, Rendered, Rendition

PUBLIC, PRIVATE = "default", "originals"


@functools.lru_cache(maxsize=50_000)
def picture_url(key: str, rendition: str) -> str:
    """The public address of one rendition (pages ask for thousands, and it never changes)."""
    return storages[PUBLIC].url(_public_path(key, rendition))


def store_original(picture: Picture, upload: File) -> Image:
    """The Image of an upload, its bytes stored once for identical files; Unavailable when they cannot be stored."""
    values = {name: getattr(picture, name) for name in ("width", "height", "bytes", "content_type")}
    image = Image.objects.reserve(picture.sha256, values)
    if not image.is_stored:
        upload.seek(0)
        try:
            # A copy, because a storage may move a temporary file away that the caller still reads.
            storages[PRIVATE].save(_original_path(image.key), ContentFile(upload.read()))
        except OSError as failure:
            raise Unavailable from failure
        Image.objects.filter(pk=image.pk).update(is_stored=True)
        image.is_stored = True
    return image


def read_original(image: Image) -> bytes:
    """The uploaded bytes; OSError when the storage is away or has not all of them (then a later try may succeed)."""
    with storages[PRIVATE].open(_original_path(image.key)) as file:
        data = file.read()
    if image.sha256 and hashlib.sha256(data).hexdigest() != image.sha256:
        raise OSError(f"the original of {image.key} is not whole")
    return data


def store_renditions(key: str, rendered: Rendered) -> None:
    """Writes the public files; what the storage raises is raised."""
    for name, data in rendered.files.items():
        storages[PUBLIC].save(_public_path(key, name), ContentFile(data))


def has_renditions(key: str, renditions: tuple[Rendition, ...]) -> bool:
    """Whether the storage has all of these files."""
    return all(storages[PUBLIC].exists(_public_path(key, rendition.name)) for rendition in renditions)


def delete_files(key: str) -> None:
    """Removes the original and every rendition; those that are not there are no error."""
    with suppress(FileNotFoundError):
        storages[PRIVATE].delete(_original_path(key))
    for rendition in (*LISTING_RENDITIONS, *AVATAR):
        with suppress(FileNotFoundError):
            storages[PUBLIC].delete(_public_path(key, rendition.name))


def _public_path(key: str, rendition: str) -> str:
    return f"{key[:2]}/{key}/{rendition}.webp"


def _original_path(key: str) -> str:
    return f"{key[:2]}/{key}"
