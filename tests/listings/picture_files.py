"""Helpers for pictures: an upload, the files in both storages, the removal of unused ones at once."""

from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile

from listings import services
from marketplace.core import pictures
from marketplace.core.rules import override

AT_ONCE = {"picture.keep_unused_hours": 0, "listing.removed_photos_days": 0}


def original(image):
    return f"{image.key[:2]}/{image.key}"


def files_of(image):
    names = [f"{original(image)}/{form.name}.webp" for form in pictures.LISTING_RENDITIONS + pictures.AVATAR]
    there = [name for name in names if storages["default"].exists(name)]
    return there + [name for name in [original(image)] if storages["originals"].exists(name)]


def swept():
    with override(AT_ONCE):
        services.release_removed_photos()
        return pictures.remove_unused()


def send(draft, data, name="a.jpg"):
    (result,) = services.add_photos(
        actor=draft.seller, listing=draft, uploads=[SimpleUploadedFile(name, data)]
    )
    return result
