"""Photos in buckets of a real S3 server, set by the environment alone."""

import subprocess
import sys
import time
from collections.abc import Iterator

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
from PIL import Image
from marketplace.core import health
from marketplace.core.pictures import LISTING_RENDITIONS, picture_url, render_picture, store_original
for bucket in (default_storage.bucket, storages["originals"].bucket):
    bucket.create()
photo = io.BytesIO(); Image.new("RGB", (900, 1200), "teal").save(photo, "JPEG")
key = "ab" * 32
store_original(key, ContentFile(photo.getvalue(), "photo.jpg"))
render_picture(key, LISTING_RENDITIONS)
with default_storage.open(f"{key[:2]}/{key}/card.webp") as file:
    print("SIZE", *Image.open(file).size)
with storages["originals"].open(f"{key[:2]}/{key}") as file:
    print("ORIGINAL", file.read() == photo.getvalue())
print("URL", picture_url(key, "card"))
print("CSP", *settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"])
print("MEDIA", next(check.ok for check in health.checks() if check.name == "media"))
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
def test_photos_live_in_buckets_and_pages_may_show_them(db, s3, tmp_path):
    environ = site_environ(
        tmp_path, tmp_path, S3_ENDPOINT_URL=s3, S3_BUCKET="photos", S3_ORIGINALS_BUCKET="originals",
        S3_PUBLIC_URL="https://cdn.example/p", S3_ACCESS_KEY_ID="key", S3_SECRET_ACCESS_KEY="secret-key",
        S3_REGION="us-east-1",
    )  # fmt: skip

    done = subprocess.run(
        [sys.executable, "-c", PROBE], cwd=ROOT, env=environ, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    said = dict(line.split(" ", 1) for line in done.stdout.splitlines() if line.split(" ", 1)[0].isupper())
    assert said["SIZE"] == "480 640"
    assert said["ORIGINAL"] == "True"
    assert said["URL"] == f"https://cdn.example/p/ab/{'ab' * 32}/card.webp"
    assert "https://cdn.example" in said["CSP"].split()
    assert said["MEDIA"] == "True"
    assert (tmp_path / "buckets" / "photos" / "ab").is_dir()
