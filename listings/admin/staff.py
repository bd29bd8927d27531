"""Listings in the staff admin: seen by everybody on the staff, suspended and put back by them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from listings.admin.base import ListingAdmin
from listings.models import Listing, Status
from marketplace.core.admin import staff_site
from marketplace.mongo.hints import by_index


@admin.register(Listing, site=staff_site)
class StaffListingAdmin(ListingAdmin):
    list_display = [*ListingAdmin.list_display, "seller_username"]
    search_fields = ["seller_username"]
    search_help_text = _("The id of a listing, or the username of a seller.")
    actions = [*ListingAdmin.actions, "suspend_them"]

    def search_words(self, queryset: QuerySet[Listing], term: str) -> QuerySet[Listing]:
        sellers = list(
            User.objects.filter(username=term.lower().removeprefix("@")).values_list("pk", flat=True)
        )
        return by_index(queryset.filter(seller_id__in=sellers), "listing_seller_changed")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # listings come from sellers

    @admin.action(description=_("Suspend"), permissions=["change"])
    def suspend_them(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self.for_each(request, queryset, lambda row: self._set(request, row, Status.SUSPENDED))
