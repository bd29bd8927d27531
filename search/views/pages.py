"""Pages that show searches: the search itself, categories, brands; each with the same filter sheet."""

import functools
from typing import Any

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from listings import taxonomy
from listings.models import Brand, Listing
from marketplace.core.client import client_network
from marketplace.core.person_cache import cache_for_people
from marketplace.core.rules import rule
from marketplace.core.visitor_cache import View, cache_for_visitors
from search import presenters, services
from search.params import TEXT, Asked, Place, from_page
from search.query import Query, Sort
from search.understanding import Understood

CACHED_ADDRESS_MAX = 120  # characters, for a bar holds the address in each of its chips
SHEET = "sheet"  # the parameter that asks for the filters of a page instead of the page


def noting(view: View) -> View:
    """Decorates the view of searches, cached or not: what people look for counts for what is suggested."""

    @functools.wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if (text := request.GET.get(TEXT, "")) and not request.htmx and SHEET not in request.GET:
            user_id = request.user.pk
            who = str(user_id or client_network(request))
            services.note_search(text=text.replace("\0", " "), who=who, user_id=user_id)
        return view(request, *args, **kwargs)

    return inner


@noting
@cache_for_visitors
@cache_for_people
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What somebody looked for, as it was understood, and how much of it there is."""
    place = Place(reverse("search:results"))
    asked = from_page(request.GET, place)
    if SHEET in request.GET:
        return sheet(request, place, asked)
    answer = services.search(asked.query, request.GET.get("after", ""))
    understood, found = answer.understood, answer.found
    query = answer.query  # whose filters were let go shows no chip for them
    is_first = not request.htmx and "after" not in request.GET
    context = bar_context(place, query, understood) | {
        "people": services.people(asked.query.text.removeprefix("@")) if is_first and asked.query.text else [],
        "listings": found.rows, "next_cursor": found.next_cursor, "total": found.total, "errors": asked.errors,
        "search_text": asked.query.text, "typed": asked.query, "corrections": understood.corrections,
        "notes": understood.notes, "instead_address": place.address(understood.instead),
        "relaxed": presenters.relaxed_words(answer.relaxed),
        "more_address": place.address(answer.query, ("after", found.next_cursor)),
    }  # fmt: skip
    return _for_both(
        render(request, "search/parts/cards.html" if request.htmx else "search/results.html", context)
    )


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """What could be meant by what is typed; in an empty field what was looked for lately, and what many look for."""
    typed = request.GET.get(TEXT, "").replace("\0", " ")[: rule("search.text_max")]
    if typed.strip():
        found = services.suggest(typed)
        groups, recent = presenters.suggested(found), []
    else:
        recent = services.recent_searches(user=request.user) if request.user.is_authenticated else []
        groups = presenters.remembered(recent, services.trending())
    response = render(
        request, "search/parts/suggestions.html", {"groups": groups, "has_recent": bool(recent)}
    )
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_POST
def recent_clear(request: HttpRequest) -> HttpResponse:
    """Forgets what the person looked for."""
    services.clear_recent(user=request.user)
    return HttpResponse(status=204) if request.htmx else redirect("search:results")


@cache_for_visitors
@cache_for_people
@require_safe
def category_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A department, category or leaf, with what is for sale in it."""
    node = taxonomy.category(slug)
    if node is None:
        raise Http404
    context = {
        "node": node,
        "path": taxonomy.path_of(slug)[:-1],
        # A leaf shows its sisters, so that one tap leads to the next of the same kind.
        "nearby": taxonomy.children(slug) or taxonomy.children(node.parent_slug),
    }
    return show(request, Place(request.path, category=slug), "search/category_detail.html", context)


@cache_for_visitors
@cache_for_people
@require_safe
def brand_detail(request: HttpRequest, slug: str) -> HttpResponse:
    """A brand and what is for sale of it."""
    brand = get_object_or_404(Brand, slug=slug)
    return show(request, Place(request.path, brand=slug), "search/brand_detail.html", {"brand": brand})


@cache_for_visitors
@cache_for_people
@require_safe
def brand_prices(request: HttpRequest, slug: str) -> HttpResponse:
    """What things of a brand were sold for; its page asks for it when a reader gets that far."""
    brand = get_object_or_404(Brand, slug=slug)
    context = {"brand": brand, "prices": services.sold_prices(slug), "least": rule("search.sold_min")}
    template = "search/parts/sold_prices.html" if request.htmx else "search/brand_prices.html"
    return _for_both(render(request, template, context))


@cache_for_visitors
@cache_for_people
@require_safe
def similar(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """What is like a listing; its page asks for it when a reader gets that far."""
    listing = get_object_or_404(Listing.objects.public().cards(), pk=pk)
    context = {"listing": listing, "listings": services.similar_to(listing)}
    template = "search/parts/similar.html" if request.htmx else "search/similar.html"
    return _for_both(render(request, template, context))


def show(request: HttpRequest, place: Place, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page with what is found there, for htmx only the next cards and the pager; or the filters of the page."""
    asked = from_page(request.GET, place)
    if SHEET in request.GET:
        return sheet(request, place, asked)
    found = services.find(asked.query, after=request.GET.get("after", ""), count=False)
    context |= bar_context(place, asked.query) | {
        "listings": found.rows, "next_cursor": found.next_cursor, "errors": asked.errors,
        "search_text": asked.query.text,
    }  # fmt: skip
    return _for_both(render(request, "search/parts/cards.html" if request.htmx else template, context))


def bar_context(place: Place, query: Query, understood: Understood | None = None) -> dict[str, Any]:
    """What the bar of filters and order shows."""
    return {
        "place": place, "query": query, "clear_address": place.path, "sorts": Sort,
        # Only what was not typed: there is no end of texts and amounts, and a cache holds each for an hour.
        "bar_key": "" if understood else _short(place.address(query)),
        "save_address": Place(reverse("search:my-search-add")).address(query),
        "sheet_address": place.address(query, (SHEET, "1")),
        # Functions: the template calls them only for a part that is not in the cache under its key.
        "chips": lambda: presenters.chips(place, query, understood),
        "sort_carries": lambda: presenters.hidden(place, query, without=("sort",)),
    }  # fmt: skip


def _short(address: str) -> str:
    return address if len(address) <= CACHED_ADDRESS_MAX else ""


def sheet(request: HttpRequest, place: Place, asked: Asked) -> HttpResponse:
    """What the page can be narrowed to, with counts; a page of its own for readers without scripts."""
    query, facets = asked.query, services.facets(asked.query)
    context = {
        "place": place, "query": query, "errors": asked.errors, "typed": asked.typed,
        "groups": presenters.groups(place, query, facets), "bars": presenters.bars(facets),
        "carried": presenters.hidden(place, query, without=presenters.SHEET_FIELDS),
        "prices": dict(place.pairs(query)), "availabilities": presenters.AVAILABILITY,
        "total": services.find(query, size=1).total, "clear_address": place.path,
    }  # fmt: skip
    template = "search/parts/sheet.html" if request.htmx else "search/sheet.html"
    return _for_both(render(request, template, context))


def _for_both(response: HttpResponse) -> HttpResponse:
    response["Vary"] = "HX-Request, Cookie"
    return response
