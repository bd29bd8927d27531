"""Pictures: header checks, refusals, renditions, memory."""

import io
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
import pyvips
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, PngImagePlugin

from marketplace.core import pictures
from marketplace.core.errors import Invalid
from marketplace.core.rules import override
from tests import make


def rendered(upload):
    upload.seek(0)
    return pictures.render(upload.read(), pictures.LISTING_RENDITIONS)


def opened(done, name):
    return Image.open(io.BytesIO(done.files[name]))


def saved(picture, format, name="x", **how):
    out = io.BytesIO()
    picture.save(out, format, **how)
    return SimpleUploadedFile(name, out.getvalue())


def refusal_of(upload, field="photos"):
    with pytest.raises(Invalid) as refused:
        pictures.inspect_picture(upload, field=field)
    return refused.value.fields[field][0]


def test_renditions_are_upright_and_carry_no_metadata():
    lying = make.jpeg(size=(1600, 900), orientation=6, gps=True)

    picture, done = pictures.inspect_picture(lying, field="photos"), rendered(lying)

    assert (picture.width, picture.height) == (900, 1600)
    detail = opened(done, "detail")
    assert (detail.format, detail.size) == ("WEBP", (720, 1280))
    assert not detail.getexif()
    assert not {"exif", "xmp", "icc_profile"} & set(detail.info)
    assert opened(done, "card").size == (480, 640)
    assert opened(done, "thumb").size == (160, 160)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_each_way_a_camera_can_be_held_comes_out_upright(orientation):
    upright = Image.new("RGB", (40, 60), "white")
    upright.paste((255, 0, 0), (0, 0, 20, 30))  # red in the upper left corner
    back = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90",
            7: "TRANSVERSE", 8: "ROTATE_270"}  # fmt: skip
    stored = upright
    if orientation > 1:
        stored = upright.transpose(getattr(Image.Transpose, back[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    upload = saved(stored, "JPEG", exif=exif, quality=95)

    picture, detail = (
        pictures.inspect_picture(upload, field="photos"),
        opened(rendered(upload), "detail").convert("RGB"),
    )

    assert (picture.width, picture.height) == detail.size == (40, 60)
    red, green, _blue = detail.getpixel((8, 12))
    assert red > 200 and green < 60
    assert min(detail.getpixel((32, 48))) > 200


KINDS = {
    "JPEG": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "JPEG"),
    "progressive JPEG": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "JPEG", progressive=True),
    "gray JPEG": lambda: saved(Image.new("L", (60, 80), 90), "JPEG"),
    "CMYK JPEG": lambda: saved(Image.new("CMYK", (60, 80), (0, 200, 200, 0)), "JPEG"),
    "PNG": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "PNG"),
    "16-bit PNG": lambda: saved(Image.new("I;16", (60, 80), 30_000), "PNG"),
    "palette PNG": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)).convert("P"), "PNG"),
    "gray PNG with alpha": lambda: saved(Image.new("LA", (60, 80), (90, 128)), "PNG"),
    "1-bit PNG": lambda: saved(Image.new("1", (60, 80), 1), "PNG"),
    "WebP": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "WEBP"),
    "lossless WebP": lambda: saved(Image.new("RGBA", (60, 80), (250, 40, 30, 128)), "WEBP", lossless=True),
    "GIF": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "GIF"),
    "JPEG with a profile": lambda: saved(
        Image.new("RGB", (60, 80), (250, 40, 30)), "JPEG",
        icc_profile=ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    ),
    "JPEG with a broken profile": lambda: saved(
        Image.new("RGB", (60, 80), (250, 40, 30)), "JPEG", icc_profile=b"no profile at all" * 20
    ),
    "PNG called .jpg": lambda: saved(Image.new("RGB", (60, 80), (250, 40, 30)), "PNG", name="a.jpg"),
    "JPEG with a script behind it": lambda: SimpleUploadedFile(
        "a.jpg", KINDS["JPEG"]().read() + b"<script>alert(1)</script>%PDF-1.4<svg xmlns='http://www.w3.org/2000/svg'/>"
    ),
    "PNG with much text": lambda: saved(
        Image.new("RGB", (60, 80), (250, 40, 30)), "PNG", pnginfo=_text("x" * 50_000_000)
    ),
}  # fmt: skip


def _text(value):
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", value, zip=True)
    return info


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_photo_is_taken_and_becomes_webp(kind):
    upload = KINDS[kind]()

    picture, done = pictures.inspect_picture(upload, field="photos"), rendered(upload)

    assert (picture.width, picture.height) == (60, 80)
    card = opened(done, "card")
    assert (card.format, card.mode, card.size) == ("WEBP", "RGB", (480, 640))
    if "RGB" in kind or kind in {"JPEG", "PNG", "WebP", "GIF", "palette PNG", "JPEG with a profile"}:
        assert done.color.startswith("#f")


@pytest.mark.parametrize(
    "picture",
    [Image.new("RGBA", (50, 50), (0, 0, 0, 0)), Image.new("LA", (50, 50), (0, 0))],
    ids=["colour", "gray"],
)
def test_transparency_becomes_paper(picture):
    done = rendered(saved(picture, "PNG"))

    assert min(opened(done, "thumb").getpixel((80, 80))) >= 253


def test_palette_transparency_becomes_paper():
    picture = Image.new("P", (50, 50), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])

    done = rendered(saved(picture, "PNG", transparency=0))

    assert min(opened(done, "thumb").getpixel((80, 80))) >= 253


def _gif_of_two():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    return saved(frames[0], "GIF", "two.gif", save_all=True, append_images=frames[1:])


def _webp_of_two():
    frames = [Image.new("RGB", (20, 20), color) for color in ("red", "blue")]
    return saved(frames[0], "WEBP", "two.webp", save_all=True, append_images=frames[1:])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not a photo"),
        (b"not a picture", "not a photo"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 200, "not a photo"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'/>", "not a photo"),
        (b"%PDF-1.4 nothing", "not a photo"),
        (b"GIF89a<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>", "not a photo"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "not a photo"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "not a photo"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not a photo"),
    ],
)
def test_what_is_no_photo_is_named(content, said):
    assert said in refusal_of(SimpleUploadedFile("x.jpg", content), "avatar")
    assert "x.jpg" in refusal_of(SimpleUploadedFile("x.jpg", content), "avatar")


@pytest.mark.parametrize("moving", [_gif_of_two, _webp_of_two])
def test_a_moving_picture_is_refused_by_name(moving):
    assert "moves" in refusal_of(moving())


def interlaced_png(side):
    picture = pyvips.Image.black(side, side, bands=3).copy(interpretation="srgb")
    return SimpleUploadedFile("i.png", picture.pngsave_buffer(interlace=True))


def bomb(width, height):
    """A PNG of some hundred kilobytes at most that says it has so many pixels of one colour."""

    def chunk(kind, data):
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    packer, row = zlib.compressobj(9), b"\0" + b"\x40\x80\xc0" * width
    body = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    return SimpleUploadedFile("bomb.png", data, "image/png")


def test_too_many_pixels_are_refused_by_the_header():
    assert "is 100 megapixels; 50 is the most" in refusal_of(bomb(100_000, 1000))


@pytest.mark.parametrize(
    ("upload", "most"),
    [
        (lambda: saved(Image.new("RGB", (6000, 6000)), "JPEG", progressive=True), 30),
        (lambda: saved(Image.new("RGB", (6000, 6000)), "JPEG", progressive=True, subsampling=0), 15),
        (lambda: saved(Image.new("P", (6000, 6000)), "GIF"), 18),
        (lambda: saved(Image.new("RGB", (6000, 6000)), "WEBP", lossless=True, method=0), 22),
        (lambda: interlaced_png(6000), 30),
    ],
    ids=["progressive 4:2:0", "progressive 4:4:4", "GIF", "lossless WebP", "interlaced PNG"],
)
def test_what_can_only_be_decoded_as_a_whole_has_a_smaller_limit(upload, most):
    said = refusal_of(upload())

    assert "is 36 megapixels in a form that can only be read as a whole" in said
    assert f"{most} is the most for that" in said


def test_a_file_over_the_limit_names_the_limit():
    with override({"listing.photo_bytes_max": 1_000_000}):
        assert "1.5 MB; 1 MB is the most" in refusal_of(SimpleUploadedFile("big.jpg", b"x" * 1_500_000))


def test_how_much_memory_a_photo_may_need_is_a_rule():
    progressive = saved(Image.new("RGB", (2000, 2000)), "JPEG", progressive=True)
    pictures.inspect_picture(progressive, field="photos")

    with override({"listing.photo_memory_max": 9_000_000}):
        assert "is 4 megapixels" in refusal_of(progressive)


@pytest.mark.parametrize("share", [0.3, 0.5, 0.9])
def test_a_photo_cut_short_is_undecodable(share):
    content = saved(Image.effect_noise((800, 800), 90), "JPEG").read()

    with pytest.raises(pictures.Undecodable):
        pictures.render(content[: int(len(content) * share)], pictures.LISTING_RENDITIONS)


MEASURE = """
import sys, django
django.setup()
from pathlib import Path
from marketplace.core import pictures
def kb(name):
    return int(Path("/proc/self/status").read_text().split(name)[1].split()[0])
pictures.render(Path(sys.argv[1]).read_bytes(), pictures.LISTING_RENDITIONS)
for path in sys.argv[2:]:
    Path("/proc/self/clear_refs").write_text("5")
    before = kb("VmRSS:")
    pictures.render(Path(path).read_bytes(), pictures.LISTING_RENDITIONS)
    print((kb("VmHWM:") - before) // 1000)
"""


@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="the peak is read from Linux's /proc")
def test_no_decode_takes_more_than_150_mb(tmp_path):
    noise = Image.effect_noise((3800, 3800), 60).convert("RGB")
    largest = [
        bomb(7000, 7000),
        interlaced_png(5400),
        saved(noise, "JPEG", quality=60, progressive=True, subsampling=0),
        saved(Image.new("P", (4200, 4200)), "GIF"),
    ]
    files = [tmp_path / str(number) for number in range(len(largest) + 1)]
    for path, upload in zip(files, [make.jpeg(), *largest], strict=True):
        upload.seek(0)
        path.write_bytes(upload.read())

    run = subprocess.run([sys.executable, "-c", MEASURE, *files], capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    peaks = [int(line) for line in run.stdout.split() if line.isdecimal()]
    assert len(peaks) == len(largest)
    assert max(peaks) <= 150, peaks


def test_a_picture_far_longer_than_wide_is_refused_before_it_is_enlarged():
    assert "one side may be 10 times the other" in refusal_of(saved(Image.new("L", (1, 50_000)), "PNG"))
    assert pictures.inspect_picture(saved(Image.new("L", (20, 200)), "PNG"), field="photos").height == 200
