"""The listing form of both back offices: people's fields in, keywords of the services out."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import (
    UnfoldAdminCheckboxSelectMultipleWidget,
    UnfoldAdminSelect2Widget,
    UnfoldAdminSelectWidget,
    UnfoldAdminTextareaWidget,
    UnfoldAdminTextInputWidget,
)

from listings import taxonomy
from listings.forms import PRICES, named, typed_amounts
from listings.models import Listing, Stock
from listings.services import Seen
from marketplace.core.admin import ServiceForm
from marketplace.core.money import currency_choices, parse_amount

PLACE = re.compile(r"[0-9]{1,4}")


class PhotosWidget(forms.Widget):
    """The photos with a place in the order and a box to take them off, and a field for new files."""

    template_name = "admin/listings/photos_widget.html"
    needs_multipart_form = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> dict[str, Any]:
        keys = data.getlist(f"{name}-key") if hasattr(data, "getlist") else []
        places = data.getlist(f"{name}-place") if keys else []
        removed = set(data.getlist(f"{name}-remove")) if keys else set()
        kept = [
            (int(place) if PLACE.fullmatch(place) else 0, key)
            for place, key in zip(places, keys, strict=False)
        ]
        order = [key for _place, key in sorted(kept, key=lambda row: row[0]) if key not in removed]
        new = files.getlist(f"{name}-new") if hasattr(files, "getlist") else []
        return {"shown": keys, "order": order, "removed": sorted(removed), "new": new}

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False


class PhotosField(forms.Field):
    """{"order": [keys], "removed": [keys], "new": [files]} of what a person did to the photos."""

    widget = PhotosWidget

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and (data["new"] or data["removed"] or data["order"] != data["shown"]))


class ListingForm(ServiceForm):
    """Everything a seller says about a listing. Shape only: the services know the rules."""

    title = forms.CharField(label=_("Title"), required=False, widget=UnfoldAdminTextInputWidget)
    description = forms.CharField(label=_("Description"), required=False, widget=UnfoldAdminTextareaWidget)
    category = forms.ChoiceField(label=_("Category"), required=False, widget=UnfoldAdminSelect2Widget)
    brand = forms.CharField(label=_("Brand"), required=False, widget=UnfoldAdminTextInputWidget)
    condition = forms.ChoiceField(label=_("Condition"), required=False, widget=UnfoldAdminSelectWidget)
    colors = forms.MultipleChoiceField(
        label=_("Colours"), required=False, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=currency_choices, widget=UnfoldAdminSelectWidget
    )
    price = forms.CharField(label=_("Price"), required=False, widget=UnfoldAdminTextInputWidget)
    original_price = forms.CharField(
        label=_("Original price"), required=False, widget=UnfoldAdminTextInputWidget
    )
    sku = forms.CharField(label=_("SKU (only you see it)"), required=False, widget=UnfoldAdminTextInputWidget)
    cost = forms.CharField(
        label=_("Cost (only you see it)"), required=False, widget=UnfoldAdminTextInputWidget
    )
    photos = PhotosField(label=_("Photos"), required=False)
    sizes = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # where refusals of the size rows are shown
    seen = forms.CharField(
        required=False, widget=forms.HiddenInput
    )  # how all this was when the form was opened

    class Meta:
        model = Listing
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        blank = [("", "—")]
        self.fields["category"].choices = blank + leaf_choices()
        self.fields["condition"].choices = blank + named(taxonomy.CONDITIONS)
        self.fields["colors"].choices = named(taxonomy.COLORS)
        self.initial |= self._typed(self.instance)
        self.fields["photos"].widget.attrs["photos"] = [
            {"key": photo.key, "is_ready": photo.is_ready, "error": photo.error, "thumb": photo.url("thumb")}
            for photo in self.instance.photos
        ]

    def _typed(self, listing: Listing) -> dict[str, Any]:
        return typed_amounts(listing) | {
            "title": listing.title, "description": listing.description, "brand": listing.brand_name,
            "category": listing.category_path[-1] if listing.category_path else "", "colors": listing.colors,
            "condition": listing.condition, "sku": listing.sku, "sizes": "",
            "seen": "" if listing._state.adding else str(Seen.of(listing)),
            "currency": listing.currency or self.request.user.currency,
        }  # fmt: skip

    def service_fields(self, data: dict[str, Any]) -> dict[str, Any]:
        """Keywords for create_draft and edit_listing; Invalid when an amount cannot be read."""
        currency = self.cleaned_data["currency"]
        fields = {name: value for name, value in data.items() if name not in {*PRICES, "photos", "seen"}}
        for name, field in PRICES.items():
            if name in data:
                fields[field] = parse_amount(data[name], currency, field=name) if data[name] else None
        return fields


class StockForm(forms.ModelForm):
    """A size and its free units, with how it was when the form was opened."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Stock
        fields = ["size_label", "quantity"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance._state.adding:
            self.initial["shown"] = self.instance.shown


def leaf_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """The leaves of the category tree for a select box, grouped by what stands above them."""
    return [
        (
            f"{department.title} › {group.title}",
            [(leaf.slug, leaf.title) for leaf in taxonomy.children(group.slug)],
        )
        for department in taxonomy.departments()
        for group in taxonomy.children(department.slug)
    ]
