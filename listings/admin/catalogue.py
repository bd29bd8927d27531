"""Categories and brands in the staff admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from listings import services
from listings.models import Brand, Category
from marketplace.core.admin import ServiceAdmin, staff_site


@admin.register(Category, site=staff_site)
class CategoryAdmin(ServiceAdmin):
    """The tree is data of the release (listings/data), so it is shown here and changed there."""

    list_display = ["name", "slug", "level", "size_set", "version"]
    search_fields = ["slug"]
    search_help_text = _("A whole slug.")
    ordering = ["slug"]
    readonly_fields = fields = ["name", "slug", "level", "path", "size_set", "position", "version"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    has_delete_permission = has_change_permission


@admin.register(Brand, site=staff_site)
class BrandAdmin(ServiceAdmin):
    """Brands; the ones that sellers typed wait here for a look."""

    list_display = ["name", "slug", "is_reviewed"]
    list_filter = ["is_reviewed"]
    search_fields = ["name_ci", "slug"]
    search_help_text = _("A whole name or slug.")
    ordering = ["name_ci"]
    fields = ["name", "slug", "aliases", "is_reviewed"]
    readonly_fields = ["slug", "aliases", "is_reviewed"]
    actions = ["accept"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def service_change(self, request: HttpRequest, obj: Brand, data: dict[str, Any]) -> Brand:
        return services.rename_brand(brand=obj, name=data.get("name", obj.name))

    @admin.action(description=_("Accept as a brand"), permissions=["change"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Brand]) -> None:
        self.for_each(request, queryset, lambda row: services.review_brand(brand=row))
