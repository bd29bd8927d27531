"""People in the staff admin, and the seller's own page in the closet admin."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts import services
from accounts.models import User
from marketplace.core.admin import ServiceAdmin, closet_site, staff_site
from marketplace.core.errors import NotAllowed


class KindFilter(admin.SimpleListFilter):
    """Staff, or closed accounts: one at a time, because each has an index and both together have none."""

    title, parameter_name = _("kind"), "kind"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("staff", _("Staff")), ("closed", _("Closed accounts"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> QuerySet[User]:
        if self.value() == "staff":
            return queryset.filter(is_staff=True)
        return queryset.filter(is_active=False) if self.value() == "closed" else queryset


class PersonAdmin(ServiceAdmin):
    """What a person says about themselves."""

    fields = ["username", "email", "display_name", "about", "city", "currency"]
    readonly_fields = ["username", "email"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False  # people sign up themselves

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def service_change(self, request: HttpRequest, obj: User, data: dict[str, Any]) -> User:
        return services.edit_profile(user=obj, **data)


@admin.register(User, site=staff_site)
class StaffUserAdmin(PersonAdmin):
    list_display = ["username", "email", "display_name", "city", "is_active", "is_staff", "date_joined"]
    list_filter = [KindFilter]
    search_fields = ["username", "email"]
    search_help_text = _("A whole username or address.")
    ordering = ["-date_joined", "-id"]
    fields = [*PersonAdmin.fields, "is_active", "closed_at", "email_verified_at", "date_joined", "last_login"]
    readonly_fields = [
        *PersonAdmin.readonly_fields,
        "is_active",
        "closed_at",
        "email_verified_at",
        "date_joined",
        "last_login",
    ]
    actions = ["deactivate", "reactivate"]

    @admin.action(description=_("Close the account"), permissions=["change"])
    def deactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        def close(row: User) -> None:
            if row.pk == request.user.pk:
                raise NotAllowed(_("Your own account is closed under your settings."))
            services.close_account(actor=request.user, user=row)

        self.for_each(request, queryset, close)

    @admin.action(description=_("Open the account again"), permissions=["change"])
    def reactivate(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        self.for_each(request, queryset, lambda row: services.reopen_account(actor=request.user, user=row))


@admin.register(User, site=closet_site)
class OwnProfileAdmin(PersonAdmin):
    """One row: the person themselves."""

    list_display = ["username", "display_name", "city"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        return super().get_queryset(request).filter(pk=request.user.pk)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None or obj.pk == request.user.pk

    has_change_permission = has_view_permission
