"""The closet admin: a seller sees and changes only what is theirs."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from listings.admin.base import ListingAdmin
from listings.models import Listing
from marketplace.core.admin import closet_site


@admin.register(Listing, site=closet_site)
class ClosetListingAdmin(ListingAdmin):
    """The queryset is the wall: what is not the seller's does not exist here, by whatever address."""

    list_index = "listing_seller_changed"
    search_fields = ["sku"]
    search_help_text = _("A whole stock number (SKU), or the id of a listing.")

    def search_words(self, queryset: QuerySet[Listing], term: str) -> QuerySet[Listing]:
        found = list(queryset.order_by().filter(sku=term).values_list("pk", flat=True))
        return queryset.filter(pk__in=found).order_by("pk")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        return super().get_queryset(request).from_seller(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_add_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.seller_id == request.user.pk

    has_change_permission = has_delete_permission = has_view_permission
