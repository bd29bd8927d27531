"""/design/: every piece of the interface in all its states, without a database; there in development only."""

import base64
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bson import ObjectId
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.money import Money

SHADES = ("#c98a6b", "#7f8f78", "#3f5870", "#d8c3a5", "#8c4a4a", "#2e2b28")
LONG_NAME = "a_name_of_forty_characters_is_a_long_one"
UNBROKEN = "x" * 500
PEOPLE = (
    "ada", "grace", "margaux", "tomasz", "yuki", "ifeoma", "lars", "priya", "chloé", "joão", "nour", "søren", "mei",
    "kwame", "elif", "ines", "oskar", "hana", "diego", "freya", "amara", "luca", "zofia", "ravi", "signe", "pablo",
    "leila", "emil", "aiko", "tariq", "wren", "bodil", "cai", "dora", "enzo", "fay", "gus", "hedda", "ivo", "june",
    "kit", "lou", "milo", "nell", "otis", "pia", "quinn", "x",
)  # fmt: skip


@dataclass
class SamplePhoto:
    """A plain coloured sheet with a fold, drawn in place of a photograph."""

    color: str = SHADES[0]
    is_ready: bool = True
    error: str = ""
    width: int = 960
    height: int = 1280

    def url(self, rendition: str) -> str:
        drawing = (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 128"><path fill="#efe9df" d="M0 0h96v128H0z"/>'
            f'<path fill="{self.color}" d="M34 24q14 10 28 0l18 14-9 16-7-4v54q-16 6-32 0V50l-7 4-9-16z"/>'
            f'<path fill="#000" fill-opacity=".08" d="M52 32l12 72q-8 3-16 3z"/></svg>'
        )
        return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


@dataclass
class SampleListing:
    """What templates ask of a listing."""

    title: str = "Gingham summer dress"
    status: str = "available"
    brand_name: str = "Ganni"
    sizes: list[str] = field(default_factory=lambda: ["M"])
    price_cents: int | None = 4200
    original_price_cents: int | None = None
    currency: str = "USD"
    like_count: int = 3
    revision: int = 1
    photos: list[SamplePhoto] = field(default_factory=lambda: [SamplePhoto()])
    seller_username: str = "ada"
    seller_name: str = "Ada Lovelace"
    seller_avatar: str = ""
    pk: ObjectId = field(default_factory=ObjectId)

    @property
    def cover(self) -> SamplePhoto | None:
        return self.photos[0] if self.photos else None

    @property
    def price(self) -> Money | None:
        return None if self.price_cents is None else Money(self.price_cents, self.currency)

    @property
    def original_price(self) -> Money | None:
        return None if self.original_price_cents is None else Money(self.original_price_cents, self.currency)

    def get_absolute_url(self) -> str:
        return "#card"

    def get_status_display(self) -> str:
        return {"reserved": _("Reserved"), "not_for_sale": _("Not for sale"), "draft": _("Draft")}[
            self.status
        ]


class SampleForm(forms.Form):
    """Every kind of field."""

    title = forms.CharField(
        label=gettext_lazy("Title"), help_text=gettext_lazy("What it is, as you would say it.")
    )
    price = forms.CharField(label=gettext_lazy("Price"))
    brand = forms.CharField(label=gettext_lazy("Brand"), required=False, disabled=True, initial="Ganni")
    condition = forms.ChoiceField(
        label=gettext_lazy("Condition"), choices=[("good", "Good"), ("worn", "Worn")]
    )
    colors = forms.MultipleChoiceField(
        label=gettext_lazy("Colours"),
        choices=[("red", "Red"), ("blue", "Blue")],
        widget=forms.CheckboxSelectMultiple,
    )
    description = forms.CharField(label=gettext_lazy("Description"), widget=forms.Textarea, required=False)
    agree = forms.BooleanField(label=gettext_lazy("I have read the rule book"), required=False)


def samples() -> Iterator[SampleListing]:
    """Cards from the ordinary to the nasty."""
    two = [SamplePhoto(SHADES[0]), SamplePhoto(SHADES[1])]
    yield SampleListing(photos=two)
    yield SampleListing("Waxed jacket", brand_name="Barbour", price_cents=18950, original_price_cents=32000,
                        like_count=128, photos=[SamplePhoto(SHADES[1])])  # fmt: skip
    yield SampleListing(
        "Selvedge jeans", "sold", brand_name="Nudie Jeans", sizes=["W31"], photos=[SamplePhoto(SHADES[2])]
    )
    yield SampleListing("Silk scarf", "reserved", sizes=[], brand_name="", photos=[SamplePhoto(SHADES[4])])
    yield SampleListing("Wool coat", "not_for_sale", sizes=["S", "M", "L"], photos=[SamplePhoto(SHADES[3])])
    yield SampleListing("A draft without a photo", "draft", photos=[], price_cents=None)
    yield SampleListing("Photo on its way", photos=[SamplePhoto(SHADES[5], is_ready=False)], like_count=0)
    yield SampleListing("Broken", photos=[SamplePhoto(SHADES[4], is_ready=False, error="x")])
    yield SampleListing(
        "Tiara", price_cents=100_000_000, original_price_cents=125_000_000, like_count=98765,
        brand_name="Maison Margiela x Reebok Classic Leather", sizes=["One size fits most"],
    )  # fmt: skip
    yield SampleListing(
        "Kimono",
        price_cents=1_250_000,
        currency="JPY",
        brand_name="着物工房",
        photos=[SamplePhoto(SHADES[2])],
    )
    yield SampleListing(
        "فستان صيفي", brand_name="دار الأزياء", price_cents=99_900, currency="KWD", sizes=["٤٢"]
    )
    yield SampleListing(UNBROKEN[:80], brand_name=UNBROKEN[:60], price_cents=4200, currency="SEK")


def gallery(request: HttpRequest) -> HttpResponse:
    """The page itself. `?dir=rtl` shows it from right to left."""
    listings = list(samples())
    wrong = SampleForm(
        {"title": "", "price": "twelve", "condition": "odd", "description": "Kept as it was typed."}
    )
    wrong.add_error("price", _("Type an amount like 25 or 12.50."))
    wrong.add_error(
        None, _("That photo is 61 megapixels; 50 is the most we can take. The other five are saved.")
    )
    tabs = [("Available", 12, True), ("Sold", 3, False), ("About", None, False)]
    context: dict[str, Any] = {
        "listings": listings,
        "liked_ids": {listings[0].pk, listings[8].pk},
        "form": SampleForm(),
        "wrong": wrong,
        "people": PEOPLE,
        "long_name": LONG_NAME,
        "unbroken": UNBROKEN,
        "sixteen": SampleListing(
            "Sixteen photos", photos=[SamplePhoto(SHADES[n % len(SHADES)]) for n in range(16)]
        ),
        "tabs": [{"url": "#tabs", "label": label, "count": n, "current": now} for label, n, now in tabs],
        "crumbs": [("#women", _("Women")), ("#dresses", _("Dresses")), ("#maxi", _("Maxi dresses"))],
        "colors": ("paper", "surface", "sunken", "ink", "quiet", "line", "edge", "accent", "good", "warn"),
        "is_rtl": request.GET.get("dir") == "rtl",
    }
    return render(request, "design/gallery.html", context)
