"""What both back offices do with a listing."""

from collections.abc import Collection, Iterable
from typing import Any

from bson import ObjectId
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.admin import TabularInline
from unfold.decorators import action, display

from listings import services
from listings.admin.forms import ListingForm, StockForm
from listings.errors import FieldsMoved, StockMoved
from listings.models import KEPT, Listing, Status, Stock
from marketplace.core.admin import ServiceAdmin
from marketplace.core.errors import DomainError


class StatusFilter(admin.SimpleListFilter):
    """The statuses that are shown here: what is removed is in no list."""

    title, parameter_name = _("status"), "status__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [(status.value, status.label) for status in KEPT]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Listing]) -> QuerySet[Listing]:
        return queryset.filter(status=self.value()) if self.value() in KEPT else queryset


class StockInline(TabularInline):
    """Sizes and units; written by the listing's own service."""

    model = Stock
    form = StockForm
    fields = ["size_label", "quantity", "sold_count", "shown"]
    readonly_fields = ["sold_count"]
    extra = 1
    ordering = ["position"]
    tab = True

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return True  # whoever may open the listing may see its sizes

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class ListingAdmin(ServiceAdmin):
    """Listings with pictures; every write is a service call."""

    form = ListingForm
    inlines = [StockInline]
    list_display = ["picture", "name", "status_label", "money", "sizes_text", "likes", "comments"]
    list_display_links = ["picture", "name"]
    list_filter = [StatusFilter]
    list_index = "listing_changed"
    ordering = ["-updated_at", "-id"]
    list_per_page = 48
    actions = ["list_them", "take_off_sale", "remove_them"]
    actions_submit_line = ["list_it"]
    fieldsets = [
        (None, {"fields": ["photos", "title", "description", "seen"]}),
        (_("What it is"), {"fields": ["category", "brand", "condition", "colors", "sizes"]}),
        (_("Price"), {"fields": [("price", "original_price", "currency")]}),
        (_("For your eyes only"), {"fields": [("sku", "cost")]}),
    ]

    @display(description=_("Photo"))
    def picture(self, listing: Listing) -> str:
        url = listing.cover.url("thumb") if listing.cover else ""
        return format_html('<img src="{}" alt="" width="56" height="56" loading="lazy">', url) if url else "—"

    @display(description=_("Title"))
    def name(self, listing: Listing) -> str:
        return str(listing)

    @display(description=_("Status"), label={Status.AVAILABLE: "success", Status.DRAFT: "info"})
    def status_label(self, listing: Listing) -> tuple[str, str]:
        return listing.status, str(listing.get_status_display())

    @display(description=_("Price"))
    def money(self, listing: Listing) -> str:
        return str(listing.price or "—")

    @display(description=_("Sizes"))
    def sizes_text(self, listing: Listing) -> str:
        return ", ".join(listing.sizes)

    @display(description=_("Likes"))
    def likes(self, listing: Listing) -> int:
        return listing.like_count

    @display(description=_("Comments"))
    def comments(self, listing: Listing) -> int:
        return listing.comment_count

    def get_queryset(self, request: HttpRequest) -> QuerySet[Listing]:
        return super().get_queryset(request).filter(status__in=KEPT)

    def search(self, queryset: QuerySet[Listing], term: str) -> QuerySet[Listing]:
        if ObjectId.is_valid(term):
            return queryset.filter(pk=term).order_by("pk")
        return self.search_words(queryset, term)

    def search_words(self, queryset: QuerySet[Listing], term: str) -> QuerySet[Listing]:
        """What is found for something that is not an id."""
        return queryset.none()

    def sent_fields(self, form: Any) -> Iterable[str]:
        # What was changed is decided by what the form showed (Seen), not by what the database says now.
        if not form.cleaned_data.get("seen") or not set(form.changed_data) - {"photos", "seen"}:
            return form.changed_data
        return [name for name in form.cleaned_data if name != "sizes"]

    def inline_data(self, formset: Any) -> dict[str, Any]:
        if not formset.has_changed():
            return {}
        rows = [
            {"size": row["size_label"], "quantity": row["quantity"]}
            for row in (form.cleaned_data for form in formset.forms)
            if row.get("size_label") and not row.get("DELETE")
        ]
        return {"sizes": rows, "shown": [form["shown"].data or "" for form in formset.initial_forms]}

    def service_create(self, request: HttpRequest, data: dict[str, Any]) -> Listing:
        fields = self._fields(request, None, data)
        made = services.create_draft(seller=request.user, **fields)
        self._add_photos(request, made)
        return made

    def service_change(self, request: HttpRequest, obj: Listing, data: dict[str, Any]) -> Listing:
        fields, seen = self._fields(request, obj, data), services.Seen.parse(data.get("seen", ""))
        try:
            listing = (
                services.edit_listing(actor=request.user, listing=obj, seen=seen, **fields) if fields else obj
            )
        except StockMoved as refusal:
            self._tell(request, obj, refusal.extra["keys"])
            raise
        except FieldsMoved as refusal:
            request.POST = request.POST.copy()
            request.POST["seen"] = (
                str(seen.told(Listing.objects.get(pk=obj.pk), refusal.fields)) if seen else ""
            )
            raise
        self._add_photos(request, listing)
        if "photos" in data:
            for key in data["photos"]["removed"]:
                listing = services.remove_photo(actor=request.user, listing=listing, key=key)
            added = [
                key for key in Listing.objects.get(pk=obj.pk).photo_keys if key not in data["photos"]["order"]
            ]
            order = [*data["photos"]["order"], *added]
            listing = services.order_photos(actor=request.user, listing=listing, keys=order)
        return listing

    def service_delete(self, request: HttpRequest, obj: Listing) -> None:
        services.remove_listing(actor=request.user, listing=obj)

    def _fields(self, request: HttpRequest, obj: Listing | None, data: dict[str, Any]) -> dict[str, Any]:
        # The form that made `data` knows how amounts are typed.
        return request.listing_form.service_fields(data)  # type: ignore[attr-defined]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        request.listing_form = form  # type: ignore[attr-defined]
        super().save_related(request, form, formsets, change)

    def _tell(self, request: HttpRequest, listing: Listing, keys: Collection[str]) -> None:
        # The form comes again with what was typed; sizes that the refusal named are shown there as they are now.
        now = {row.size_key: row.shown for row in Stock.objects.of(listing.pk) if row.size_key in keys}
        request.POST = request.POST.copy()
        for name, text in list(request.POST.items()):
            if name.endswith("-shown") and (key := text.rsplit(":", 2)[0]) in now:
                request.POST[name] = now[key]

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method == "POST" and (files := request.FILES.getlist("photos-new")):
            # Before the transaction: files are checked and stored once, however often it runs again.
            try:
                request.received = services.receive_photos(actor=request.user, uploads=files)  # type: ignore[attr-defined]
            except DomainError as refusal:
                self.message_user(request, refusal.text, messages.ERROR)
        return super().changeform_view(request, *args, **kwargs)

    def _add_photos(self, request: HttpRequest, listing: Listing) -> None:
        received = getattr(request, "received", [])
        if not received:
            return
        for result in services.attach_photos(actor=request.user, listing=listing, received=received):
            if result.error:
                self.message_user(request, result.error.text, messages.ERROR)

    @action(description=_("Save and list it"))
    def list_it(self, request: HttpRequest, obj: Listing) -> None:
        services.publish_listing(actor=request.user, listing=obj)

    @admin.action(description=_("List for sale"))
    def list_them(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self.for_each(request, queryset, lambda row: self._set(request, row, Status.AVAILABLE))

    @admin.action(description=_("Take off sale"))
    def take_off_sale(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self.for_each(request, queryset, lambda row: self._set(request, row, Status.NOT_FOR_SALE))

    @admin.action(description=_("Remove"))
    def remove_them(self, request: HttpRequest, queryset: QuerySet[Listing]) -> None:
        self.for_each(request, queryset, lambda row: self._set(request, row, Status.REMOVED))

    def _set(self, request: HttpRequest, listing: Listing, status: str) -> None:
        services.set_status(actor=request.user, listing=listing, status=status)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # "Remove" says what it does
        return actions
