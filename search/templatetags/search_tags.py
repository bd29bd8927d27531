"""What pages of other apps show of search."""

from typing import Any

from django import template
from django.urls import reverse

from search.params import Place
from search.query import Query
from search.views.pages import bar_context

register = template.Library()


@register.inclusion_tag("search/parts/filters.html")
def closet_filters(username: str) -> dict[str, Any]:
    """The bar of filters and order over a closet; what is chosen leads to the search within it."""
    context = bar_context(Place(reverse("search:results")), Query(seller=username))
    return context | {"chips": [], "bar_key": f"closet {username}"}
