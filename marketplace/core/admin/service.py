"""A ModelAdmin that writes through services only."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin

from marketplace.core.admin.lists import BoundedPaginator, IndexedList
from marketplace.core.db import atomic
from marketplace.core.errors import DomainError
from marketplace.core.pages import add_refusal


def in_one_transaction(
    request: HttpRequest, view: Callable[..., HttpResponse], *args: Any, **kwargs: Any
) -> HttpResponse:
    """Runs a view of Django's admin, and all services that it calls, as one transaction: all of it or nothing.

    The view runs again after a collision, so each attempt reads the uploads from their start and forgets the messages
    of the one before.
    """
    queued = messages.get_messages(request)._queued_messages
    before = list(queued)

    @atomic
    def attempt() -> HttpResponse:
        _reset_request()
        return view(request, *args, **kwargs)

    def _reset_request() -> None:
        queued[:] = before
        for _name, files in request.FILES.lists():
            for file in files:
                file.seek(0)

    try:
        return attempt()
    except DomainError:
        _reset_request()
        raise


MAX_RESULTS = 200  # rows that one search shows


class ServiceForm(ModelForm):
    """A form without model validation; clean() adds the errors of the service's refusal (`request.refusal`)."""

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        refusal = getattr(self.request, "refusal", None)
        if refusal is not None:
            add_refusal(self, refusal)
        return cleaned

    def _post_clean(self) -> None:
        # The model's own validation would write the typed values onto the instance; the service decides instead.
        pass


class ServiceAdmin(ModelAdmin):
    """A ModelAdmin that never calls save() or delete() on a document.

    Subclasses say which service does it: `service_create(request, data)` and `service_change(request, obj, data)`
    return the stored object, `service_delete(request, obj)` ends it. `data` holds what the form made of the fields
    that were changed (sent_fields). A DomainError comes back as errors on the filled form.
    """

    form = ServiceForm
    actions_on_top = True
    show_full_result_count = False  # an exact count reads the whole index
    paginator = BoundedPaginator
    sortable_by: Any = ()  # an order that no index has would sort the whole collection
    list_index = ""  # the index that answers the list in its own order

    def service_create(self, request: HttpRequest, data: dict[str, Any]) -> Model:
        """Makes the object through its service."""
        raise DomainError(_("This is not made here."))

    def service_change(self, request: HttpRequest, obj: Model, data: dict[str, Any]) -> Model:
        """Changes the object through its service."""
        raise DomainError(_("This cannot be changed here."))

    def service_delete(self, request: HttpRequest, obj: Model) -> None:
        """Ends the object through its service."""
        raise DomainError(_("This cannot be removed here."))

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Model | None:
        # `?_to_field=` passes Django's check of the field's name, and there is no field without a name.
        return super().get_object(request, object_id, from_field or None)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The URL of the object's page, None without one; that page checks who may see it."""
        has_page = obj is not None and hasattr(obj, "get_absolute_url")
        return obj.get_absolute_url() if has_page else None

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest | None = None) -> bool:
        """Only what the list offers as a filter: by others one could guess what is not shown, letter by letter."""
        filters = self.get_list_filter(request)
        offered = {getattr(one, "parameter_name", "") for one in filters} - {""}
        offered |= {f"{one}__{how}" for one in filters if isinstance(one, str) for how in ("exact", "isnull")}
        return lookup in offered

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[IndexedList]:
        return IndexedList

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        term = search_term.strip()
        return (self.search(queryset, term) if term else queryset), False

    def search(self, queryset: QuerySet, term: str) -> QuerySet:
        """The rows one of whose `search_fields` is exactly this, in any case; each of those has an index."""
        names = [str(name) for name in self.search_fields]
        found: set[Any] = set()
        for name in names:
            rows = self.model._default_manager.filter(**{name: term.lower()})
            found |= set(rows.values_list("pk", flat=True)[:MAX_RESULTS])
        return queryset.filter(pk__in=list(found)).order_by("pk")

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"request": request})

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        view = super().changeform_view
        if request.method != "POST":
            return view(request, *args, **kwargs)
        try:
            return in_one_transaction(request, view, *args, **kwargs)
        except DomainError as refusal:
            # Once more: the form's clean() now refuses with it, and the page keeps all that was typed.
            request.refusal = refusal
            return view(request, *args, **kwargs)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        # unfold offers these buttons only on the form of something that exists.
        buttons = {"actions_submit_line": self.get_actions_submit_line(request, None)}
        return super().add_view(request, form_url, {**buttons, **(extra_context or {})})

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Model:
        return form.instance

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Does nothing: save_related() has the inlines too and makes one service call for all."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        data = {name: form.cleaned_data[name] for name in self.sent_fields(form) if name in form.cleaned_data}
        for formset in formsets:
            data |= self.inline_data(formset)
            # What the admin's history would read off a saved formset.
            formset.new_objects, formset.changed_objects, formset.deleted_objects = [], [], []
        obj = form.instance
        stored = self.service_change(request, obj, data) if change else self.service_create(request, data)
        obj.pk, obj._state.adding = stored.pk, False  # the admin's redirect and history need the stored id
        for action in self.get_actions_submit_line(request, obj.pk):
            if action.action_name in request.POST:
                action.method(request, stored)

    def sent_fields(self, form: Any) -> Iterable[str]:
        """The fields of the form that the service is given."""
        return form.changed_data

    def inline_data(self, formset: Any) -> dict[str, Any]:
        """The data of an inline for the service call."""
        return {}

    def delete_model(self, request: HttpRequest, obj: Model) -> None:
        self.service_delete(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet) -> None:
        self.for_each(request, queryset, lambda obj: self.service_delete(request, obj))

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        view = super().delete_view
        if request.method != "POST":
            return view(request, object_id, extra_context)
        try:
            return in_one_transaction(request, view, object_id, extra_context)
        except DomainError as refusal:
            self.message_user(request, refusal.text, messages.ERROR)
            return self.response_post_save_change(request, None)

    def get_deleted_objects(self, objs: Iterable[Any], request: HttpRequest) -> tuple[list, dict, set, list]:
        # Services end a thing without tearing out what belongs to it, so nothing else is listed as deleted.
        rows = [str(obj) for obj in objs]
        return rows, {self.opts.verbose_name_plural: len(rows)}, set(), []

    def for_each(self, request: HttpRequest, queryset: QuerySet, act: Callable[[Any], object]) -> None:
        """Runs an action on each row; messages say how many were done, and the refusal of each other row."""
        done, refused = 0, []
        for obj in queryset:
            try:
                act(obj)
                done += 1
            except DomainError as refusal:
                refused.append(f"{obj}: {refusal.text}")
        if done:
            self.message_user(request, _("Done for %(n)d.") % {"n": done}, messages.SUCCESS)
        for text in refused:
            self.message_user(request, text, messages.ERROR)
