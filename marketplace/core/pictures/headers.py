"""Reads the header of an upload: format, width, height, memory that decoding will take. Nothing is decoded."""

import hashlib
from dataclasses import dataclass
from typing import Any, Final

import pyvips
from django.core.files.base import File
from django.utils.translation import gettext as _

from marketplace.core.errors import Invalid
from marketplace.core.rules import rule

# By the first bytes, whatever the file's name says, to libvips' loader and the type that is stored.
SIGNATURES: Final = (
    (b"\xff\xd8\xff", "jpegload", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "pngload", "image/png"),
    (b"RIFF", "webpload", "image/webp"),
    (b"GIF8", "gifload", "image/gif"),
)
FORMATS: Final = ("JPEG", "PNG", "WEBP", "GIF")
CHUNK: Final = 1 << 18
TURNED: Final = range(5, 9)  # EXIF orientations that swap width and height
GIF_BYTES, WEBP_BYTES = 5, 4  # per pixel, held whole while they are decoded


@dataclass(frozen=True, slots=True)
class Picture:
    """What is known of an upload before anybody decodes it: size in pixels as people see it, size in bytes."""

    sha256: str
    width: int
    height: int
    bytes: int
    content_type: str


def inspect_picture(upload: File, *, field: str) -> Picture:
    """Reads an upload's header and hashes it; Invalid(field) names the file, what is wrong and the limit.

    Whether the rest decodes is found out by the worker that renders it.
    """
    name = str(getattr(upload, "name", "") or _("the file"))
    size, most = upload.size or 0, rule("listing.photo_bytes_max")
    if size > most:
        raise _refusal(field, _("%(name)s has %(mb).1f MB; %(max)d MB is the most we can take."),
                       name=name, mb=size / 1e6, max=most // 10**6)  # fmt: skip
    upload.seek(0)
    start = upload.read(16)
    known = [row for row in SIGNATURES if start.startswith(row[0])]
    if not known or (start[:4] == b"RIFF" and start[8:12] != b"WEBP"):
        raise _unreadable(field, name)
    _start, loader, content_type = known[0]
    try:
        header = _open(upload)
        if not str(header.get("vips-loader")).startswith(loader):
            raise _unreadable(field, name)
    except pyvips.Error:
        raise _unreadable(field, name) from None
    _check_size(header, start, name=name, field=field)
    turned = _field(header, "orientation") in TURNED
    width, height = (header.height, header.width) if turned else (header.width, header.height)
    return Picture(_hash(upload), width, height, size, content_type)


def _check_size(header: pyvips.Image, start: bytes, *, name: str, field: str) -> None:
    if (_field(header, "n-pages") or 1) > 1:
        raise _refusal(field, _("%(name)s moves; a photo is a single picture."), name=name)
    pixels, most = header.width * header.height, rule("listing.photo_pixels_max")
    if pixels > most:
        raise _refusal(field, _("%(name)s is %(mp).0f megapixels; %(max)d is the most we can take."),
                       name=name, mp=pixels / 1e6, max=most // 10**6)  # fmt: skip
    sides, longest = sorted((header.width, header.height)), rule("listing.photo_ratio_max")
    if sides[1] > sides[0] * longest:
        raise _refusal(field, _("%(name)s is %(long)d by %(short)d pixels; one side may be %(max)d times the other."),
                       name=name, long=sides[1], short=sides[0], max=longest)  # fmt: skip
    each = _bytes_per_pixel(header, start)
    if pixels * each > rule("listing.photo_memory_max"):
        most = rule("listing.photo_memory_max") // each
        text = _(
            "%(name)s is %(mp).0f megapixels in a form that can only be read as a whole (progressive, interlaced, WebP "
            "or GIF); %(max)d is the most for that. Save it as an ordinary JPEG."
        )
        raise _refusal(field, text, name=name, mp=pixels / 1e6, max=most // 10**6)


def _bytes_per_pixel(header: pyvips.Image, start: bytes) -> int:
    """What a decoder holds of the whole picture, in bytes per pixel; 0 for what is read line by line."""
    loader = str(header.get("vips-loader"))
    if loader.startswith("gif"):
        return GIF_BYTES
    if loader.startswith("webp"):
        return 0 if start[12:16] == b"VP8 " else WEBP_BYTES  # lossy ones are scaled while they are read
    if not _field(header, "interlaced"):
        return 0
    if loader.startswith("png"):
        return int(header.bands) * (2 if "short" in str(header.format) else 1)
    # libjpeg keeps all coefficients of a progressive file: 2 bytes for each sample.
    return 3 if _field(header, "jpeg-chroma-subsample") == "4:2:0" else 2 * int(header.bands)


def _open(upload: File) -> pyvips.Image:
    path = getattr(upload, "temporary_file_path", None)
    if path is not None:
        source = pyvips.Source.new_from_file(path())
    else:
        upload.seek(0)
        source = pyvips.Source.new_from_memory(upload.read())
    return pyvips.Image.new_from_source(source, "", access="sequential")


def _field(header: pyvips.Image, name: str) -> Any:
    return header.get(name) if header.get_typeof(name) else None


def _hash(upload: File) -> str:
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _unreadable(field: str, name: str) -> Invalid:
    return _refusal(field, _("%(name)s is not a photo that we can read (JPEG, PNG, WebP or GIF)."), name=name)


def _refusal(field: str, text: str, **values: object) -> Invalid:
    return Invalid(fields={field: [text % values]})
