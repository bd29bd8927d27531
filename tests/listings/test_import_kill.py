"""An import that is killed for real, in its own process, and started again."""

import csv
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from accounts.models import User
from listings.models import Listing, Stock
from marketplace.core.pictures import Image
from tests import make

ROOT = Path(__file__).resolve().parent.parent.parent
COLUMNS = ["brand", "title", "price", "size", "nwt", "status", "sold", "date"]
ROWS = 2500


@pytest.fixture
def start(other_processes, tmp_path):
    """Starts the import of one file in a process of its own."""
    (tmp_path / "photos" / "pants").mkdir(parents=True)
    (tmp_path / "photos" / "pants" / "one.jpg").write_bytes(make.jpeg().read())
    with (tmp_path / "jeans.csv").open("w", newline="") as file:
        rows = (
            ["levi_s", f"Jeans {n}", "25", "32.0", "False", "", "False", "2020-04-29"] for n in range(ROWS)
        )
        csv.writer(file).writerows([COLUMNS, *rows])
    folders = {name: str(tmp_path / name) for name in ("MEDIA_ROOT", "ORIGINALS_ROOT")}
    environ = {**os.environ, **folders, "MONGODB_NAME": connection.settings_dict["NAME"]}
    command = [
        sys.executable, ROOT / "manage.py", "import_listings", tmp_path / "jeans.csv", "--mapping", "poshmark",
        "--photos", tmp_path / "photos", "--sellers", "5",
    ]  # fmt: skip
    running = []

    def run() -> subprocess.Popen:
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running.append(subprocess.Popen(command, env=environ, **pipes))
        return running[-1]

    yield run
    for process in running:
        process.kill()
        process.communicate()


@pytest.mark.django_db
def test_a_killed_import_goes_on_without_doubles(published, start):
    first = start()
    deadline = time.monotonic() + 60
    while not Listing.objects.exists() and first.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    first.send_signal(signal.SIGKILL)
    _said, errors = first.communicate()
    stored = Listing.objects.count()
    assert 0 < stored < ROWS and stored % 500 == 0, errors

    second = start()
    said, errors = second.communicate(timeout=120)

    assert second.returncode == 0, errors
    assert f"{ROWS:,} rows: {ROWS - stored:,} imported, {stored:,} were there already, 0 refused" in said
    keys = list(Listing.objects.values_list("imported_from", flat=True))
    assert len(keys) == len(set(keys)) == ROWS == Stock.objects.count() == Image.objects.get().uses
    assert published().count("ListingPublished") == ROWS


@pytest.mark.django_db
def test_two_imports_at_once_make_nothing_twice(start):
    both = [start(), start()]
    for process in both:
        said, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
        assert "0 refused" in said

    keys = list(Listing.objects.values_list("imported_from", flat=True))
    assert len(keys) == len(set(keys)) == ROWS == Stock.objects.count() == Image.objects.get().uses
    assert User.objects.filter(email__endswith="@import.invalid").count() == 5
