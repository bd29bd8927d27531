"""What the list of listings can be narrowed to over the API: what an index answers, and nothing else."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field

from accounts.models import User
from listings import taxonomy
from listings.models import PUBLIC, Listing, Status
from marketplace.core.errors import Invalid
from marketplace.mongo.hints import by_index

NEWEST: Final = ("-published_at", "-id")
ORDERS: Final = {"newest": NEWEST, "price_asc": ("price_cents", "id"), "price_desc": ("-price_cents", "-id")}
FACETS: Final = ("category", "brand", "size", "color", "condition")
PRICES: Final = ("price_min", "price_max")
AMOUNT_MAX: Final = 2**53
WORD_MAX: Final = 100
PAGING: Final = frozenset({"order", "cursor", "format"})


def word(example: str, text: str) -> django_filters.CharFilter:
    """A filter by a short text."""
    schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": WORD_MAX,
        "examples": [example],
        "description": text,
    }
    return extend_schema_field(schema)(django_filters.CharFilter(max_length=WORD_MAX, strip=False))


def one_of(codes: Iterable[str]) -> django_filters.ChoiceFilter:
    """A filter by a word of the taxonomy."""
    schema = {"type": "string", "enum": list(codes)}
    return extend_schema_field(schema)(
        django_filters.ChoiceFilter(choices=[(code, code) for code in schema["enum"]])
    )


def amount() -> django_filters.NumberFilter:
    """A filter by an amount."""
    text = "Minor units; ordered by price only."
    schema = {"type": "integer", "minimum": 0, "maximum": AMOUNT_MAX, "examples": [2500], "description": text}
    return extend_schema_field(schema)(
        django_filters.NumberFilter(min_value=0, max_value=AMOUNT_MAX, decimal_places=0)
    )


class ListingFilter(django_filters.FilterSet):
    """Query parameters of GET /listings/."""

    status = django_filters.ChoiceFilter(
        choices=[(Status.AVAILABLE, "available"), (Status.SOLD, "sold"), ("all", "all")],
        help_text="What is not on sale: by category, brand or seller only, newest first.",
    )
    category = word("women-dresses", "The slug of any level.")
    brand = word("levis", "The slug of a brand.")
    seller = word("alma", "A username; with `status` only.")
    condition = one_of(taxonomy.CONDITIONS)
    color = one_of(taxonomy.COLORS)
    size = word("M", "A size label as listings show it.")
    price_min = amount()
    price_max = amount()

    class Meta:
        model = Listing
        fields: list[str] = []

    def filter_queryset(self, queryset: Any) -> QuerySet:
        refuse_unusable(self.data, {*self.filters, *PAGING})
        chosen = {name: value for name, value in self.form.cleaned_data.items() if value not in (None, "")}
        by_price = order_of(self.data) != NEWEST
        status = chosen.pop("status", Status.AVAILABLE)
        if "seller" in chosen or status != Status.AVAILABLE:
            return self._settled(queryset, chosen, status, by_price)
        if not by_price and (wanted := [name for name in PRICES if name in chosen]):
            raise Invalid(fields={name: [_("Order by price to narrow by price.")] for name in wanted})
        rows = queryset.narrowed(
            **{name: chosen[name] for name in FACETS if name in chosen}, by_price=by_price
        )
        bounds = {"price_min": "price_cents__gte", "price_max": "price_cents__lte"}
        return rows.filter(**{bounds[name]: int(chosen[name]) for name in PRICES if name in chosen})

    def _settled(self, rows: Any, chosen: Mapping[str, Any], status: str, by_price: bool) -> QuerySet:
        """A closet, or what was sold: one of seller, category and brand, newest first."""
        one = next((name for name in ("seller", "category", "brand") if name in chosen), "")
        refused = {
            name: [_("Not together with a seller or with what is sold.")] for name in chosen.keys() - {one}
        }
        if by_price:
            refused["order"] = [_("Only the newest first, for a seller or for what is sold.")]
        if refused:
            raise Invalid(fields=refused)
        rows = rows.filter(status__in=PUBLIC) if status == "all" else rows.filter(status=status)
        if one == "seller":
            # By id: that is what the index of a closet begins with.
            ids = list(User.objects.filter(username=chosen[one].lower()).values_list("pk", flat=True))
            return by_index(rows.filter(seller_id=ids[0]), "listing_seller_newest") if ids else rows.none()
        return rows.unfaceted(category=chosen.get("category", ""), brand=chosen.get("brand", ""))


def refuse_unusable(params: Mapping[str, str], known: set[str]) -> None:
    """Invalid for each parameter that is empty or not offered: one passed over would answer something else."""
    if unknown := sorted(params.keys() - known):
        text = _("Not offered here. There are: %(all)s.") % {"all": ", ".join(sorted(known))}
        raise Invalid(fields={name: [text] for name in unknown})
    if empty := [name for name, value in params.items() if not value and name != "cursor"]:
        raise Invalid(fields={name: [_("Leave it out instead of leaving it empty.")] for name in empty})


def order_of(params: Mapping[str, str]) -> tuple[str, ...]:
    """The order that a client asks for."""
    wanted = params.get("order") or "newest"
    if wanted not in ORDERS:
        raise Invalid(fields={"order": [_("One of: %(all)s.") % {"all": ", ".join(ORDERS)}]})
    return ORDERS[wanted]
