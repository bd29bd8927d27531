"""Photos in buckets of a real S3 server, set by the environment alone."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.embedded.folders import ROOT
from marketplace.embedded.ports import free_port, is_free
from tests.fixtures.site import site_environ

PROBE = """
import io
import django; django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage, storages
from django.conf import settings
from PIL import Image as Pillow
from marketplace.core import health
from marketplace.core.pictures import (
    LISTING_RENDITIONS, delete_files, inspect_picture, store_original, picture_url, prepare,
)
originals = storages["originals"]
for bucket in (default_storage.bucket, originals.bucket):
    bucket.create()
photo = io.BytesIO(); Pillow.new("RGB", (900, 1200), "teal").save(photo, "JPEG")
upload = ContentFile(photo.getvalue(), "photo.jpg")
image = store_original(inspect_picture(upload, field="photos"), upload)
prepare(image.key, LISTING_RENDITIONS)
card, original = (f"{image.key[:2]}/{image.key}{name}" for name in ("/card.webp", ""))
with default_storage.open(card) as file:
    print("SIZE", *Pillow.open(file).size)
with originals.open(original) as file:
    print("ORIGINAL", file.read() == photo.getvalue())
print("URL", picture_url("ab" * 32, "card"))
print("CSP", *settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"])
print("MEDIA", next(check.ok for check in health.checks() if check.name == "media"))
delete_files(image.key)
print("LEFT", default_storage.exists(card), originals.exists(original))
"""
AWAY = """
import io
import django; django.setup()
from django.core.files.base import ContentFile
from PIL import Image as Pillow
from marketplace.core.errors import Unavailable
from marketplace.core.pictures import Image, inspect_picture, store_original, read_original
photo = io.BytesIO(); Pillow.new("RGB", (90, 120), "red").save(photo, "JPEG")
upload = ContentFile(photo.getvalue(), "photo.jpg")
try:
    store_original(inspect_picture(upload, field="photos"), upload)
except Unavailable as refusal:
    print("REFUSED", refusal.text)
print("STORED", *Image.objects.values_list("is_stored", flat=True))
try:
    read_original(Image.objects.get())
except OSError as failure:
    print("READ", type(failure).__name__)
"""


@pytest.fixture
def s3(tmp_path) -> Iterator[str]:
    """The address of an S3 server over an empty folder."""
    port = free_port()
    (tmp_path / "buckets").mkdir()
    server = subprocess.Popen(
        ["versitygw", "--access", "key", "--secret", "secret-key", "--port", f"127.0.0.1:{port}", "posix",
         str(tmp_path / "buckets")], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT,
    )  # fmt: skip
    deadline = time.monotonic() + 20
    while is_free(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait(10)


@pytest.mark.needs("versitygw")
def test_photos_live_in_buckets_and_pages_may_show_them(db, other_processes, s3, tmp_path):
    said = run(PROBE, s3, tmp_path)

    assert said["SIZE"] == "480 640"
    assert said["ORIGINAL"] == "True"
    assert said["URL"] == f"https://cdn.example/p/ab/{'ab' * 32}/card.webp"
    assert "https://cdn.example" in said["CSP"].split()
    assert said["MEDIA"] == "True"
    assert said["LEFT"] == "False False"


def test_a_bucket_that_is_away_is_unavailable_for_people_and_tried_again_by_workers(
    db, other_processes, tmp_path
):
    said = run(AWAY, f"http://127.0.0.1:{free_port()}", tmp_path)

    assert said["REFUSED"]
    assert said["STORED"] == "False"
    assert said["READ"] == "OSError"


def run(probe: str, s3: str, tmp_path: Path) -> dict[str, str]:
    """What the probe says in a process of its own whose photos are in these buckets."""
    environ = site_environ(
        tmp_path, tmp_path, S3_ENDPOINT_URL=s3, S3_BUCKET="photos", S3_ORIGINALS_BUCKET="originals",
        S3_PUBLIC_URL="https://cdn.example/p", S3_ACCESS_KEY_ID="key", S3_SECRET_ACCESS_KEY="secret-key",
        S3_REGION="us-east-1",
    )  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=ROOT, env=environ, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return dict(line.split(" ", 1) for line in done.stdout.splitlines() if line.split(" ", 1)[0].isupper())
