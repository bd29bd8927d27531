"""Saved searches: a page of each step, so that all of it works without JavaScript and leads through the login."""

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.errors import DomainError
from marketplace.core.keyset import page_of
from marketplace.core.pages import add_refusal
from marketplace.core.rules import rule
from search import presenters, services
from search.forms import SavedSearchForm
from search.models import SavedSearch
from search.params import Place, from_page
from search.query import Query

ORDER = ["-created_at", "-id"]


@require_safe
@login_required
@never_cache
def my_searches(request: HttpRequest) -> HttpResponse:
    """What the person has saved, newest first, and how much is new in each."""
    page = page_of(
        SavedSearch.objects.of(request.user.pk), order=ORDER, after=request.GET.get("after", ""),
        size=rule("search.saved_page_size"),
    )  # fmt: skip
    context = {"searches": presenters.saved_rows(page.items), "next_cursor": page.next_cursor}
    return render(request, "search/my_searches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def my_search_add(request: HttpRequest) -> HttpResponse:
    """Names the search that the address says, and saves it."""
    query = from_page(request.GET, _place()).query
    form = SavedSearchForm(request.POST or None, initial={"title": presenters.title_of(query)})
    if request.method == "POST" and form.is_valid():
        try:
            services.save_search(person=request.user, query=query, **form.values())
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("search:my-searches")
    return _form(request, form, query, back=_place().address(query))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def my_search_edit(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Changes a saved search of one's own."""
    saved = get_object_or_404(SavedSearch.objects.of(request.user.pk), pk=pk)
    form = SavedSearchForm(
        request.POST or None, initial={name: getattr(saved, name) for name in SavedSearchForm.base_fields}
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.change_saved(person=request.user, search_id=pk, **form.values())
        except DomainError as refusal:
            add_refusal(form, refusal)
        else:
            return redirect("search:my-searches")
    return _form(request, form, saved.asked, back=reverse("search:my-searches"), saved=saved)


@require_POST
@login_required
def my_search_delete(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Forgets a saved search."""
    services.delete_saved(person=request.user, search_id=pk)
    return redirect("search:my-searches")


@require_safe
@login_required
@never_cache
def my_search_run(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Shows what a saved search finds today; what was new in it is seen."""
    if request.method == "HEAD":
        saved = get_object_or_404(SavedSearch.objects.of(request.user.pk), pk=pk)
        return redirect(_place().address(saved.asked))
    saved = services.look_at_saved(person=request.user, search_id=pk)
    return redirect(_place().address(saved.asked))


@require_safe
@login_required
@never_cache
def wanted(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """How many people want what a draft says, for its seller."""
    most = rule("search.wanted_shown")
    count = services.people_who_want(seller=request.user, listing_id=pk)
    context = {"count": min(count, most), "is_more": count > most, "listing_id": pk}
    return render(request, "search/parts/wanted.html" if request.htmx else "search/wanted.html", context)


def _form(
    request: HttpRequest, form: SavedSearchForm, query: Query, *, back: str, saved: SavedSearch | None = None
) -> HttpResponse:
    context = {
        "form": form,
        "saved": saved,
        "back": back,
        "parts": presenters.chips(_place(), query),
        "query": query,
    }
    return render(request, "search/my_search_form.html", context, status=422 if form.errors else 200)


def _place() -> Place:
    return Place(reverse("search:results"))
