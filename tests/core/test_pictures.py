import io

import pytest
from django.core.files.storage import default_storage, storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from marketplace.core import pictures
from marketplace.core.errors import Invalid
from marketplace.core.rules import override
from tests import make


def open_rendition(key, name):
    with default_storage.open(f"{key[:2]}/{key}/{name}.webp") as file:
        return Image.open(io.BytesIO(file.read()))


def rendered(upload):
    picture = pictures.inspect_picture(upload, field="photos")
    pictures.store_original(picture.key, upload)
    pictures.render_picture(picture.key, pictures.LISTING_RENDITIONS)
    return picture


def test_renditions_are_upright_and_carry_no_metadata():
    lying = make.jpeg(size=(1600, 900), orientation=6, gps=True)

    picture = rendered(lying)

    assert (picture.width, picture.height) == (900, 1600)
    detail = open_rendition(picture.key, "detail")
    assert detail.format == "WEBP"
    assert detail.size == (720, 1280)
    assert not detail.getexif()
    assert not {"exif", "xmp", "icc_profile"} & set(detail.info)
    assert open_rendition(picture.key, "card").size == (480, 640)
    assert open_rendition(picture.key, "thumb").size == (160, 160)


def test_the_original_keeps_its_bytes_in_private():
    upload = make.jpeg(gps=True)

    picture = rendered(upload)

    upload.seek(0)
    with storages["originals"].open(f"{picture.key[:2]}/{picture.key}") as kept:
        assert kept.read() == upload.read()
    assert storages["originals"].base_location != default_storage.base_location


@pytest.mark.parametrize("format", ["PNG", "WEBP", "GIF"])
def test_other_formats_become_webp_too(format):
    picture = rendered(make.jpeg(f"a.{format.lower()}", format=format, color=(250, 40, 30)))

    assert open_rendition(picture.key, "card").format == "WEBP"
    assert picture.color.startswith("#f")


def test_transparency_becomes_paper():
    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(out, "PNG")

    picture = rendered(SimpleUploadedFile("clear.png", out.getvalue()))

    assert open_rendition(picture.key, "thumb").getpixel((80, 80)) == (255, 255, 255)


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch):
    huge = bytearray(make.jpeg(size=(1, 1)).read())
    monkeypatch.setattr(Image.Image, "load", lambda self: pytest.fail("decoded"))
    at = huge.index(b"\xff\xc0") + 5
    huge[at : at + 4] = (60_000).to_bytes(2, "big") * 2

    with pytest.raises(Invalid) as refused:
        pictures.inspect_picture(SimpleUploadedFile("huge.jpg", bytes(huge)), field="photos")

    assert "huge.jpg is 3600 megapixels; 50 is the most" in refused.value.fields["photos"][0]


@pytest.mark.parametrize(
    "content",
    [b"", b"not a picture", b"\xff\xd8\xff\xe0" + b"\0" * 200, b"<svg xmlns='http://www.w3.org/2000/svg'/>"],
)
def test_what_is_no_photo_is_named(content):
    with pytest.raises(Invalid) as refused:
        pictures.inspect_picture(SimpleUploadedFile("x.jpg", content), field="avatar")

    assert "x.jpg" in refused.value.fields["avatar"][0]


def test_a_photo_cut_short_is_refused():
    content = make.jpeg(size=(800, 800)).read()

    with pytest.raises(Invalid):
        pictures.inspect_picture(SimpleUploadedFile("cut.jpg", content[: len(content) // 2]), field="photos")


def test_a_file_over_the_limit_names_the_limit():
    with override({"listing.photo_bytes_max": 1_000_000}), pytest.raises(Invalid) as refused:
        pictures.inspect_picture(SimpleUploadedFile("big.jpg", b"x" * 1_500_000), field="photos")

    assert "1.5 MB; 1 MB is the most" in refused.value.fields["photos"][0]
