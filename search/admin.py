"""What is suggested, in the staff admin: staff can hide a term, and put it back."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from listings.taxonomy import normal_name
from marketplace.core.admin import ServiceAdmin, staff_site
from search import services
from search.models import Term


@admin.register(Term, site=staff_site)
class TermAdmin(ServiceAdmin):
    """Words are learned, not written: here they are looked up and hidden."""

    list_display = ["text", "kind", "count", "asked", "is_hidden"]
    search_fields = ["key"]
    search_help_text = _("A whole word, slug, username or search.")
    ordering = ["-asked", "-id"]
    list_index = "term_asked"
    readonly_fields = fields = ["kind", "key", "text", "count", "asked", "is_hidden"]
    actions = ["hide", "show"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def search(self, queryset: QuerySet[Term], term: str) -> QuerySet[Term]:
        # A key has an index behind its kind only.
        rows = Term.objects.filter(kind__in=Term.Kind.values, key=normal_name(term))
        return queryset.filter(pk__in=list(rows.values_list("pk", flat=True))).order_by("pk")

    @admin.action(description=_("Hide from suggestions and trends"), permissions=["change"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        self.for_each(request, queryset, lambda row: services.set_hidden(term=row, is_hidden=True))

    @admin.action(description=_("Show again"), permissions=["change"])
    def show(self, request: HttpRequest, queryset: QuerySet[Term]) -> None:
        self.for_each(request, queryset, lambda row: services.set_hidden(term=row, is_hidden=False))
