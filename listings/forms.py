"""What people send to the pages of listings, checked for its shape; the rules are the services'."""

from collections.abc import Collection
from functools import cache
from itertools import zip_longest
from typing import Any

from bson import ObjectId
from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from listings import taxonomy
from listings.models import Listing, Stock
from listings.services import Seen
from marketplace.core.errors import Invalid
from marketplace.core.money import Money, currency_choices, parse_amount
from marketplace.core.rules import rule

SEPARATOR = " / "
PRICES = {"price": "price_cents", "original_price": "original_price_cents", "cost": "cost_cents"}


def typed_amounts(listing: Listing) -> dict[str, str]:
    """The amounts of a listing as one would type them, by the names people know them under."""
    found = {name: getattr(listing, column) for name, column in PRICES.items()}
    return {
        name: "" if minor is None else str(Money(minor, listing.currency).decimal)
        for name, minor in found.items()
    }


def named(words: Any) -> list[tuple[str, str]]:
    """Choices out of one of the taxonomy's short lists."""
    return [(code, word.title) for code, word in words.items()]


@cache
def category_names(language: str | None) -> dict[str, str]:
    """{"Women / Dresses / Maxi": slug} of every leaf, in the reader's language."""
    leaves = (node for node in taxonomy.categories() if node.level == taxonomy.LEVELS)
    return {category_name(leaf.slug): leaf.slug for leaf in leaves}


def category_name(slug: str) -> str:
    """A category as people type it: from the department down."""
    return SEPARATOR.join(str(node.title) for node in taxonomy.path_of(slug))


class CategoryField(forms.CharField):
    """A category that is typed: its whole path, its slug, or its last name when only one leaf is called that."""

    def clean(self, value: Any) -> str:
        text = " ".join(super().clean(value).split())
        if not text or taxonomy.category(text):
            return text
        names = {name.casefold(): slug for name, slug in category_names(get_language()).items()}
        if found := names.get(text.casefold()):
            return found
        ends = [slug for name, slug in names.items() if name.endswith(SEPARATOR + text.casefold())]
        if len(ends) != 1:
            raise forms.ValidationError(_("Choose a category from the list, down to its last level."))
        return ends[0]


def category_slug(text: str) -> str:
    """The slug of a typed category; "" when it names none."""
    try:
        return CategoryField(required=False).clean(text)
    except forms.ValidationError:
        return ""


class Rows(forms.Widget):
    """Columns of the same length (size=M&quantity=1&size=L&quantity=2) as one list of rows, without empty ones."""

    def __init__(self, *columns: str) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]]:
        lists = [data.getlist(column) if hasattr(data, "getlist") else [] for column in self.columns]
        rows = (dict(zip(self.columns, row, strict=True)) for row in zip_longest(*lists, fillvalue=""))
        return [row for row in rows if row[self.columns[0]].strip()]


def whole(digits: str, most: str) -> int:
    """The number that digits say, 0 for anything else. One that is longer than the rule `most` is one over it.

    Python refuses to read thousands of digits, and the service refuses what is over the rule.
    """
    limit, digits = rule(most), digits.lstrip("0") if digits.isdecimal() else ""
    return int(digits or 0) if len(digits) <= len(str(limit)) else limit + 1


class SizesField(forms.Field):
    """Sizes with the number of pieces of each."""

    def clean(self, value: list[dict[str, str]]) -> list[dict[str, Any]]:
        wrong = [row["size"] for row in value if not (row["quantity"].strip() or "1").isdecimal()]
        if wrong:
            message = _("Say in digits how many pieces of %(size)s there are.")
            raise forms.ValidationError(message, params={"size": wrong[0]})
        return [
            {
                "size": row["size"].strip(),
                "quantity": whole(row["quantity"].strip() or "1", "listing.quantity_max"),
            }
            for row in value
        ]


class FlawsField(forms.Field):
    """Flaws: kind, place, a note, and the photo that shows it."""

    def clean(self, value: list[dict[str, str]]) -> list[dict[str, Any]]:
        return [
            {
                "kind": row["flaw_kind"], "place": row["flaw_place"], "note": row["flaw_note"],
                "photo_no": whole(row["flaw_photo"].strip(), "listing.photos_max"),
            }
            for row in value
        ]  # fmt: skip


def new_key() -> str:
    """A key for a form that makes a listing: sent twice, it makes one."""
    return str(ObjectId())


class ListingForm(forms.Form):
    """The sell form. Nothing is required here: a draft may lack anything, and publishing says all that is missing."""

    photos = forms.Field(label=_("Photos"), required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label=_("Title"), required=False,
        help_text=_("What you would say to a friend: “Linen shirt dress with pockets”."),
    )  # fmt: skip
    category = CategoryField(
        label=_("Category"), required=False, help_text=_("Type a few letters, then choose.")
    )
    brand = forms.CharField(label=_("Brand"), required=False)
    sizes = SizesField(label=_("Sizes"), required=False, widget=Rows("size", "quantity"))
    shown = forms.Field(required=False, widget=forms.MultipleHiddenInput)  # each size as the form showed it
    seen = forms.Field(required=False, widget=forms.HiddenInput)  # everything else as it showed it: Seen
    key = forms.CharField(
        required=False, widget=forms.HiddenInput, max_length=Listing._meta.get_field("request_key").max_length
    )  # of the listing that it makes
    description = forms.CharField(label=_("Description"), required=False, widget=forms.Textarea,
                                  help_text=_("How it fits, how it feels, why it has to go."))  # fmt: skip
    condition = forms.ChoiceField(label=_("Condition"), required=False, widget=forms.RadioSelect)
    flaws = FlawsField(label=_("Flaws"), required=False,
                       widget=Rows("flaw_kind", "flaw_place", "flaw_note", "flaw_photo"))  # fmt: skip
    colors = forms.MultipleChoiceField(
        label=_("Colours"), required=False, widget=forms.CheckboxSelectMultiple
    )
    price = forms.CharField(label=_("Price"), required=False)
    original_price = forms.CharField(
        label=_("Original price"), required=False, help_text=_("What it cost when new.")
    )
    currency = forms.ChoiceField(label=_("Currency"), required=False)
    sku = forms.CharField(label=_("Stock number"), required=False)
    cost = forms.CharField(label=_("What you paid"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["condition"].choices = named(taxonomy.CONDITIONS)
        self.fields["colors"].choices = named(taxonomy.COLORS)
        self.fields["currency"].choices = currency_choices()
        attributes = {
            "title": {"autocomplete": "off", "autocapitalize": "sentences"},
            "category": {"list": "category-names", "autocomplete": "off", "spellcheck": "false"},
            "brand": {"list": "brand-names", "autocomplete": "off"},
        } | {name: {"inputmode": "decimal", "autocomplete": "off"} for name in PRICES}
        for name, attrs in attributes.items():
            self.fields[name].widget.attrs |= attrs

    def clean(self) -> dict[str, Any]:
        for name, column in PRICES.items():
            text = self.cleaned_data.pop(name, "").strip()
            try:
                currency = self.cleaned_data["currency"]
                self.cleaned_data[column] = parse_amount(text, currency, field=name) if text else None
            except Invalid as refusal:
                self.add_error(
                    None, {key: texts for key, texts in refusal.fields.items() if key in self.fields}
                )
            except KeyError:
                continue  # the currency is not one we know, and its field says so
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        """The fields of `edit_listing` that have the right shape."""
        apart = {"photos", "seen", "key"}
        values = {name: value for name, value in self.cleaned_data.items() if name not in apart}
        if not values.get("currency"):
            values.pop("currency", None)
        values["shown"] = values.get("shown") or []
        return values

    @property
    def showed(self) -> Seen | None:
        """What the form showed when it was opened, or says now; None when it does not say."""
        return Seen.parse(self.data.get("seen", ""))

    def show(self, **values: object) -> None:
        """Puts other values into hidden fields."""
        self.data = self.data.copy()
        for name, value in values.items():
            self.data[name] = str(value)

    def tell(self, listing_id: ObjectId, sizes: Collection[str]) -> None:
        """Shows these sizes (their keys) as they are now, after a refusal that named them; the others as before."""
        before = self.data.getlist("shown")
        now = [row.shown for row in Stock.objects.of(listing_id) if row.size_key in sizes]
        self.data = self.data.copy()
        self.data.setlist("shown", [text for text in before if text.rsplit(":", 2)[0] not in sizes] + now)

    @staticmethod
    def without(values: dict[str, Any], refused: Any) -> dict[str, Any]:
        """The values without those that a service refused, by the names people know them by."""
        gone = {PRICES.get(name, name) for name in refused}
        return {name: value for name, value in values.items() if name not in gone}

    @classmethod
    def new(cls, user: User) -> "ListingForm":
        """The empty form."""
        return cls(initial={"currency": user.currency, "seen": Seen.blank(user.currency), "key": new_key()})

    @classmethod
    def of(cls, listing: Listing, stock: list[Stock]) -> "ListingForm":
        """The form with what the listing says now."""

        texts = ("title", "description", "condition", "colors", "currency", "sku")
        initial = {name: getattr(listing, name) for name in texts}
        initial |= typed_amounts(listing)
        initial["brand"] = listing.brand_name
        initial["category"] = category_name(listing.category_path[-1]) if listing.category_path else ""
        initial["sizes"] = [{"size": row.size_label, "quantity": row.quantity} for row in stock]
        initial["shown"], initial["seen"] = [row.shown for row in stock], Seen.of(listing)
        initial["flaws"] = [
            {"flaw_kind": f.kind, "flaw_place": f.place, "flaw_note": f.note, "flaw_photo": f.photo_no or ""}
            for f in listing.flaws
        ]
        return cls(initial=initial)
