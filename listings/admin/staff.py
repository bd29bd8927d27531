"""Listings in the staff admin: seen by everybody on the staff, suspended and put back by them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from listings.admin.base import ListingAdmin
from listings.models import Listing, Status
from marketplace.core.admin import staff_site


@admin.register(Listing, site=staff_site)
class StaffListingAdmin(ListingAdmin):
    list_display = [*ListingAdmin.list_display, "seller_username"]
    search_fields = ["title", "seller_username"]
    actions = [*ListingAdmin.actions, "suspend_them"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # listings come from sellers

    @admin.action(description=_("Suspend"), permissions=["change"])
    def suspend_them(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self.for_each(request, queryset, lambda row: self._set(request, row, Status.SUSPENDED))
