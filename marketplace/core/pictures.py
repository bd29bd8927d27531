"""Pictures that people upload: distrusted, measured before they are decoded, re-encoded without their metadata.

A picture is known by the SHA-256 of the uploaded bytes, so identical files are stored and rendered once. The original
is private; the public renditions are WebP and carry no EXIF, no GPS and no colour profile.
"""

import functools
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage, storages
from django.utils.translation import gettext as _
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps, UnidentifiedImageError

from marketplace.core.errors import Invalid
from marketplace.core.rules import rule

FORMATS: Final = {"JPEG": "jpg", "PNG": "png", "WEBP": "webp", "GIF": "gif"}
QUALITY: Final = 80
CHUNK: Final = 1 << 18
# Pillow's own alarm would come as a warning; our limit is checked on the header, before anything is decoded.
Pillow.MAX_IMAGE_PIXELS = None


@dataclass(frozen=True, slots=True)
class Rendition:
    """One public form of a picture: at most `width` x `height` pixels, or cropped to exactly that ratio."""

    name: str
    width: int
    height: int
    is_cropped: bool


THUMB: Final = Rendition("thumb", 160, 160, True)
CARD: Final = Rendition("card", 480, 640, True)
DETAIL: Final = Rendition("detail", 1280, 1280, False)
LISTING_RENDITIONS: Final = (DETAIL, CARD, THUMB)
AVATAR: Final = (Rendition("avatar", 192, 192, True),)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of an upload: content hash, size in pixels as people see it, dominant colour "#rrggbb"."""

    key: str
    width: int
    height: int
    color: str
    bytes: int
    content_type: str


@functools.lru_cache(maxsize=50_000)
def picture_url(key: str, rendition: str) -> str:
    """The public address of one rendition (pages ask for thousands, and it never changes)."""
    return default_storage.url(_public_path(key, rendition))


def inspect_picture(upload: File, *, field: str) -> Picture:
    """Measures and hashes an upload and proves that it decodes; Invalid(field) names the file and the limit."""
    name = str(getattr(upload, "name", "") or _("the file"))
    limit = rule("listing.photo_bytes_max")
    if (upload.size or 0) > limit:
        raise _refusal(field, _("%(name)s has %(mb).1f MB; %(max)d MB is the most we can take."),
                       name=name, mb=(upload.size or 0) / 1e6, max=limit // 10**6)  # fmt: skip
    upload.seek(0)
    try:
        with Pillow.open(upload, formats=list(FORMATS)) as image:
            pixels, most = image.width * image.height, rule("listing.photo_pixels_max")
            if pixels > most:
                raise _refusal(field, _("%(name)s is %(mp).0f megapixels; %(max)d is the most we can take."),
                               name=name, mp=pixels / 1e6, max=most // 10**6)  # fmt: skip
            content_type = Pillow.MIME[image.format or "JPEG"]
            image.draft("RGB", (256, 256))
            small = ImageOps.exif_transpose(image)
            width, height = _upright_size(upload)
            color = _dominant_color(small)
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        Pillow.DecompressionBombError,
    ):
        raise _refusal(field, _("%(name)s is not a photo that we can read (JPEG, PNG, WebP or GIF)."),
                       name=name) from None  # fmt: skip
    return Picture(_hash(upload), width, height, color, upload.size or 0, content_type)


def store_original(key: str, upload: File) -> None:
    """Keeps the uploaded bytes in the private storage, once for identical files."""
    storage = storages["originals"]
    path = _original_path(key)
    if not storage.exists(path):
        upload.seek(0)
        storage.save(path, upload)


def render_picture(key: str, renditions: Sequence[Rendition]) -> None:
    """Writes the public renditions of a stored original; those that exist are kept. OSError when it does not decode."""
    missing = [r for r in renditions if not default_storage.exists(_public_path(key, r.name))]
    if not missing:
        return
    with (
        storages["originals"].open(_original_path(key)) as file,
        Pillow.open(file, formats=list(FORMATS)) as image,
    ):
        largest = max(max(r.width, r.height) for r in missing)
        image.draft("RGB", (largest, largest))
        picture = _to_srgb(ImageOps.exif_transpose(image))
        for rendition in missing:  # largest first: the smaller ones are made from what is already smaller
            picture_now = _fit(picture, rendition)
            out = io.BytesIO()
            picture_now.save(out, "WEBP", quality=QUALITY, method=2)
            default_storage.save(_public_path(key, rendition.name), ContentFile(out.getvalue()))
            if not rendition.is_cropped:
                picture = picture_now


def _fit(picture: Pillow.Image, rendition: Rendition) -> Pillow.Image:
    size = (rendition.width, rendition.height)
    if rendition.is_cropped:
        return ImageOps.fit(picture, size, Pillow.Resampling.LANCZOS)
    copy = picture.copy()
    copy.thumbnail(size, Pillow.Resampling.LANCZOS)
    return copy


def _to_srgb(picture: Pillow.Image) -> Pillow.Image:
    profile = picture.info.get("icc_profile")
    if profile and picture.mode in {"RGB", "CMYK"}:
        try:
            source, target = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            picture = ImageCms.profileToProfile(picture, source, target, outputMode="RGB") or picture
        except ImageCms.PyCMSError:
            pass  # a broken profile only costs a shade of colour
    if picture.mode in {"RGBA", "LA", "P", "PA"}:
        picture = picture.convert("RGBA")
        ground = Pillow.new("RGBA", picture.size, "white")
        picture = Pillow.alpha_composite(ground, picture)
    clean = picture.convert("RGB")
    clean.info.clear()  # nothing of the camera's notes travels into what is saved
    return clean


def _upright_size(upload: File) -> tuple[int, int]:
    upload.seek(0)
    with Pillow.open(upload, formats=list(FORMATS)) as image:
        turned = image.getexif().get(0x0112, 1) in {5, 6, 7, 8}
        return (image.height, image.width) if turned else image.size


def _dominant_color(picture: Pillow.Image) -> str:
    red, green, blue = picture.convert("RGB").resize((1, 1), Pillow.Resampling.BOX).getpixel((0, 0))  # type: ignore[misc]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _hash(upload: File) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _public_path(key: str, rendition: str) -> str:
    return f"{key[:2]}/{key}/{rendition}.webp"


def _original_path(key: str) -> str:
    return f"{key[:2]}/{key}"


def _refusal(field: str, text: str, **values: object) -> Invalid:
    return Invalid(fields={field: [text % values]})
