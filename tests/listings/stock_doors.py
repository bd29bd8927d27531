"""The doors through which a seller says how many units there are, each as a form that was opened at some time."""

import re

from django.urls import reverse

from listings.models import Stock
from tests import make
from tests.api.clients import as_person


class Page:
    """The edit page as it was opened."""

    def __init__(self, client, listing):
        client.force_login(listing.seller)
        self.client, self.url = client, f"/sell/{listing.pk}/"
        self.read(client.get(self.url))
        self.listing = listing

    def read(self, answer):
        html = answer.content.decode()
        self.shown = re.findall(r'name="shown" value="([^"]*)"', html)
        self.html, self.status = html, answer.status_code

    def save(self, sizes, **fields):
        values = {
            "title": self.listing.title, "description": self.listing.description, "category": make.LEAF,
            "condition": "good", "price": "25", "currency": "USD", "do": "save", "shown": self.shown,
            "size": [size for size, _n in sizes], "quantity": [n for _size, n in sizes],
        } | fields  # fmt: skip
        answer = self.client.post(self.url, values)
        if answer.status_code != 302:
            self.read(answer)
        self.status = answer.status_code


class Api:
    """Stock as a program read it."""

    def __init__(self, client, listing):
        self.client, self.url = as_person(listing.seller), f"/api/v1/listings/{listing.pk}/"
        self.rows = {row["size"]: row["shown"] for row in self.client.get(f"{self.url}stock/").json()}

    def save(self, sizes, **fields):
        rows = [{"size": size, "quantity": n, "shown": self.rows.get(size, "")} for size, n in sizes]
        answer = self.client.patch(self.url, {"sizes": rows} | fields, format="json")
        self.status, self.html = answer.status_code, answer.content.decode()


class Desk:
    """The form of the closet admin as it was opened."""

    def __init__(self, client, listing):
        client.force_login(listing.seller, "django.contrib.auth.backends.ModelBackend")
        self.client, self.listing = client, listing
        self.url = reverse("closet_admin:listings_listing_change", args=[listing.pk])
        self.rows = list(Stock.objects.of(listing.pk))
        self.read(client.get(self.url))

    def read(self, answer):
        html = answer.content.decode()
        self.shown = dict(re.findall(r'name="stock-(\d+)-shown" value="([^"]*)"', html))
        self.html = html

    def save(self, sizes, **fields):
        values = {
            "title": self.listing.title, "description": self.listing.description, "category": make.LEAF,
            "brand": "Levi's", "condition": "good", "colors": ["red"], "currency": "USD", "price": "25",
            "original_price": "", "sku": "", "cost": "", "sizes": "", "stock-TOTAL_FORMS": len(sizes),
            "stock-INITIAL_FORMS": len(self.rows), "stock-MIN_NUM_FORMS": 0, "stock-MAX_NUM_FORMS": 1000,
            "photos-key": self.listing.photo_keys, "photos-place": [1],
        } | fields  # fmt: skip
        for n, (size, quantity) in enumerate(sizes):
            values |= {f"stock-{n}-size_label": size, f"stock-{n}-quantity": quantity}
            if n < len(self.rows):
                row = self.rows[n]
                values |= {f"stock-{n}-id": str(row.pk), f"stock-{n}-listing": str(self.listing.pk)}
                values |= {f"stock-{n}-shown": self.shown[str(n)]}
        answer = self.client.post(self.url, values)
        self.status = answer.status_code
        if answer.status_code != 302:
            self.read(answer)
