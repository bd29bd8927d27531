"""What the list of listings can be narrowed to, and the orders that an index answers."""

from collections.abc import Mapping
from typing import Any, Final

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from listings import taxonomy
from listings.forms import ORDERS as PAGE_ORDERS
from listings.models import PUBLIC, Listing, Status
from marketplace.core.errors import Invalid

NEWEST: Final = PAGE_ORDERS[""]
ORDERS: Final = {word or "newest": order for word, order in PAGE_ORDERS.items()}


class ListingFilter(django_filters.FilterSet):
    """Query parameters of GET /listings/."""

    status = django_filters.ChoiceFilter(
        choices=[(Status.AVAILABLE, "available"), (Status.SOLD, "sold"), ("all", "all")], method="by_status"
    )
    category = django_filters.CharFilter(method="by_category", help_text="The slug of any level.")
    brand = django_filters.CharFilter(field_name="brand_slug")
    seller = django_filters.CharFilter(method="by_seller", help_text="A username.")
    condition = django_filters.ChoiceFilter(choices=lambda: [(code, code) for code in taxonomy.CONDITIONS])
    color = django_filters.ChoiceFilter(
        choices=lambda: [(code, code) for code in taxonomy.COLORS], method="by_color"
    )
    size = django_filters.CharFilter(method="by_size", help_text="A size label as listings show it.")
    currency = django_filters.CharFilter()
    price_min = django_filters.NumberFilter(
        field_name="price_cents", lookup_expr="gte", help_text="Minor units."
    )
    price_max = django_filters.NumberFilter(
        field_name="price_cents", lookup_expr="lte", help_text="Minor units."
    )

    class Meta:
        model = Listing
        fields: list[str] = []

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        queryset = super().filter_queryset(queryset)
        return queryset if self.form.cleaned_data.get("status") else queryset.filter(status=Status.AVAILABLE)

    def by_status(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(status__in=PUBLIC) if value == "all" else queryset.filter(status=value)

    def by_category(self, queryset: Any, name: str, value: str) -> QuerySet:
        return queryset.in_category(value)

    def by_seller(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        # By id: that is what the index of a closet begins with.
        seller = User.objects.filter(username=value.lower()).values_list("pk", flat=True).first()
        return queryset.filter(seller_id=seller) if seller else queryset.none()

    def by_color(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(colors__contains=[value])

    def by_size(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(sizes__contains=[value])


def order_of(params: Mapping[str, str]) -> tuple[str, ...]:
    """The order that a client asks for; by price only within a category or brand, where an index answers it."""
    wanted = params.get("order") or "newest"
    if wanted not in ORDERS:
        raise Invalid(fields={"order": [_("One of: %(all)s.") % {"all": ", ".join(ORDERS)}]})
    if wanted != "newest" and not (params.get("category") or params.get("brand")):
        raise Invalid(fields={"order": [_("Order by price within a category or a brand.")]})
    return ORDERS[wanted]
