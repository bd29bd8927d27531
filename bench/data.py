"""A database to measure on: the demo's listings, and with a folder of CSV files everything in there."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BENCH_ENVIRON = {
    "DJANGO_SETTINGS_MODULE": "bench.settings", "DEBUG": "0", "ALLOWED_HOSTS": "127.0.0.1,testserver",
    "SECRET_KEY": "only-for-this-bench-0123456789-abcdefghijklmnopqrstuvw", "SECURE_SSL_REDIRECT": "0",
    "SECURE_COOKIES": "0", "MONGODB_NAME": "bench_pages", "LOG_LEVEL": "ERROR",
}  # fmt: skip
FILES = {
    "myntra_styles": "fashion_products_myntra_styles.csv",
    "myntra_catalog": "fashion_products_myntra_catalog.csv",
    "poshmark": "resale_listings_poshmark.csv",
    "vinted": "resale_listings_vinted.csv",
}


def manage(environ: dict[str, str], *words: str) -> None:
    subprocess.run([sys.executable, "manage.py", *words], cwd=ROOT, env=environ, check=True)


def addresses(environ: dict[str, str]) -> dict[str, str]:
    """One address of each kind, of the largest category and closet there is."""
    code = """
import django, json; django.setup()
from django.db import connection
from listings.models import Listing
table = connection.database[Listing._meta.db_table]
def most(field, *stages):
    count = [{"$group": {"_id": "$" + field, "n": {"$sum": 1}}}, {"$sort": {"n": -1}}, {"$limit": 1}]
    return next(iter(table.aggregate([{"$match": {"status": "available"}}, *stages, *count])))["_id"]
row = Listing.objects.available().newest().first()
category = most("level2", {"$set": {"level2": {"$arrayElemAt": ["$category_path", 1]}}})
print(json.dumps({"home": "/", "category": f"/c/{category}/", "listing": row.get_absolute_url(),
    "closet": f"/closet/{most('seller_username')}/", "API list": "/api/v1/listings/",
    "API detail": f"/api/v1/listings/{row.pk}/", "n": Listing.objects.count()}))
"""
    command = [sys.executable, "-c", code]
    out = subprocess.run(command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True)
    return json.loads(out.stdout.strip().splitlines()[-1])


def session_cookie(environ: dict[str, str]) -> str:
    """The cookie of somebody who is logged in and neither sells on the measured pages nor works here."""
    code = """
import django; django.setup()
from django.test import Client
from accounts.models import User
who = User.objects.filter(username="bench_reader").first()
who = who or User.objects.create(username="bench_reader", email="bench_reader@example.org")
client = Client(); client.force_login(who, "django.contrib.auth.backends.ModelBackend")
print("sessionid=" + client.cookies["sessionid"].value)
"""
    command = [sys.executable, "-c", code]
    return subprocess.run(
        command, cwd=ROOT, env=environ, check=True, capture_output=True, text=True
    ).stdout.split()[-1]


def fill(environ: dict[str, str], data: str | None = None) -> None:
    """Migrates, loads the demo into an empty database and, with a folder, imports every known file in it."""
    manage(environ, "migrate", "--verbosity=0")
    manage(environ, "load_taxonomy")
    manage(environ, "collectstatic", "--noinput", "--verbosity=0")
    manage(environ, "seed_demo", "--if-empty", "--force")
    if data:
        photos = str(Path(data) / "photos")
        for mapping, name in FILES.items():
            manage(
                environ, "import_listings", str(Path(data) / name), "--mapping", mapping, "--photos", photos
            )
