"""Finding listings over REST: by the same search object as the pages."""

from collections.abc import Sequence
from typing import Any, Final
from urllib.parse import urlencode

from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from listings import taxonomy
from listings.api import listings as listings_api
from listings.api.outputs import ListingOutput, Plain
from listings.models import Listing
from marketplace.core.api import CURSOR, CURSOR_MAX
from marketplace.core.errors import Invalid
from marketplace.core.fields import NO_NUL
from marketplace.core.rules import rule
from marketplace.core.visitor_cache import cache_for_visitors
from search import services
from search.params import AMOUNT_MAX, TEXT, WORD_MAX, flag, from_api
from search.query import Availability, Query, Sort
from search.results import Facets, Found

PAGING: Final = ("cursor", "format")


def _word(example: str, most: int = WORD_MAX) -> dict[str, Any]:
    return {"type": "string", "minLength": 1, "maxLength": most, "pattern": NO_NUL, "examples": [example]}


def _one_of(codes: Sequence[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(codes)}


def _several(one: dict[str, Any], example: str) -> dict[str, Any]:
    return {"type": "array", "items": one, "maxItems": rule("search.values_max"), "examples": [[example]]}


def _parameter(name: str, schema: dict[str, Any], text: str = "") -> OpenApiParameter:
    return OpenApiParameter(name, schema, description=text)


AMOUNT: Final = {"type": "integer", "minimum": 0, "maximum": AMOUNT_MAX, "examples": [2]}
PARAMETERS: Final = [
    _parameter(TEXT, _word("linen dress", rule("search.text_max")), "Words, as one would type them."),
    _parameter("category", _several(_word("women-dresses"), "women-dresses"), "Slugs of any level, one or the other."),
    _parameter("brand", _several(_word("levis"), "levis"), "Slugs."),
    _parameter("size", _several(_word("M"), "M"), "Labels as listings show them."),
    _parameter("color", _several(_one_of(list(taxonomy.COLORS)), "red")),
    _parameter("condition", _several(_one_of(list(taxonomy.CONDITIONS)), "good")),
    _parameter("price_min", AMOUNT, "Minor units."),
    _parameter("price_max", AMOUNT, "Minor units."),
    _parameter("seller", _word("alma"), "A username."),
    _parameter("availability", _one_of(Availability.values), "What is for sale unless it says otherwise."),
    _parameter("sort", _one_of(Sort.values), "Without words the best match is the newest."),
    _parameter("exact", _one_of(["1"]), "The words as they are, none of them read as a filter or corrected."),
    _parameter("any_word", _one_of(["1"]), "One of the words is enough."),
    OpenApiParameter(
        "cursor", {"type": "string", "pattern": f"^{CURSOR.pattern}$", "maxLength": CURSOR_MAX, "examples": ["WzI1XQ"]},
        description="Where to go on: follow `next` instead of building it.",
    ),
]  # fmt: skip
FACETS: Final = _parameter(
    "facets", _one_of(["1"]), "Asks for what the search can be narrowed to, with counts."
)
NEXT: Final = serializers.URLField(allow_null=True, help_text="The next page; null at the end.")


class CountOutput(Plain):
    """How many there are; when it is not exact, at least so many."""

    value = serializers.IntegerField()
    is_exact = serializers.BooleanField()


class FacetValueOutput(Plain):
    """A value of a parameter, and how many listings it would show."""

    value = serializers.CharField()
    count = serializers.IntegerField()


class PriceStepOutput(Plain):
    """How many listings cost at least `low` and less than the next step, minor units."""

    low = serializers.IntegerField()
    count = serializers.IntegerField()


class FacetsOutput(Plain):
    """What a search can be narrowed to: OR within a parameter, AND across; each counted without its own choice."""

    values = serializers.DictField(child=FacetValueOutput(many=True), help_text="By parameter, most first.")
    prices = PriceStepOutput(many=True)
    is_exact = serializers.BooleanField()

    def make(self, row: Facets) -> dict[str, Any]:
        values = {
            name: [{"value": one.value, "count": one.count} for one in found]
            for name, found in row.values.items()
        }
        prices = [{"low": low, "count": count} for low, count in row.prices]
        return {"values": values, "prices": prices, "is_exact": row.is_exact}


class ParameterOutput(Plain):
    """One parameter of a search."""

    name = serializers.CharField()
    value = serializers.CharField()


class SearchOutput(Plain):
    """One page of what was found."""

    next = NEXT
    count = CountOutput(allow_null=True)
    searched = ParameterOutput(
        many=True, help_text="How the words were understood: the parameters that found this."
    )
    relaxed = serializers.ListField(
        child=serializers.CharField(), help_text="What was let go because nothing had all of it."
    )
    results = ListingOutput(many=True)
    facets = FacetsOutput(required=False, help_text="With `facets=1` only.")


class SearchApi(APIView):
    """Listings by words and filters."""

    @extend_schema(operation_id="search_list", parameters=[*PARAMETERS, FACETS], responses=SearchOutput)
    @method_decorator(cache_for_visitors)
    def get(self, request: Request) -> Response:
        """What is found, how much of it there is, and on demand what it can be narrowed to."""
        query = from_api(request.query_params, also=(*PAGING, "facets"))
        wants_facets = "facets" in request.query_params and flag("facets", request.query_params["facets"])
        made = services.search(query, _cursor(request))
        total = made.found.total
        answer = _page(request, made.found, made.query) | {
            "count": {"value": total.value, "is_exact": total.is_exact} if total else None,
            "relaxed": list(made.relaxed),
            "searched": parameters(made.query),
        }
        if wants_facets:
            answer["facets"] = FacetsOutput(services.facets(made.query)).data
        return Response(answer)


class SuggestionOutput(serializers.Serializer):
    """Something that could be meant; `key` is the slug of a brand or category, a username, or the search itself."""

    text = serializers.CharField()
    key = serializers.CharField()


class SuggestionsOutput(serializers.Serializer):
    """What begins like the text, most frequent first."""

    queries = SuggestionOutput(many=True)
    brands = SuggestionOutput(many=True)
    categories = SuggestionOutput(many=True)
    people = SuggestionOutput(many=True)
    corrected = serializers.CharField(help_text="What was read instead of the text, or empty.")


class SuggestApi(APIView):
    """Suggestions while somebody types."""

    @extend_schema(operation_id="search_suggest", parameters=[PARAMETERS[0]], responses=SuggestionsOutput)
    def get(self, request: Request) -> Response:
        """Searches, brands, categories and people that begin like `q`; one misspelled word is forgiven."""
        query = from_api(request.query_params, offered=(TEXT,))
        return Response(SuggestionsOutput(services.suggest(query.text)).data)


class ListingListApi(listings_api.ListingListApi):
    """What is for sale, newest first, and a new draft."""

    @extend_schema(
        operation_id="listings_list", parameters=PARAMETERS,
        responses=inline_serializer("ListingPage", {"next": NEXT, "results": ListingOutput(many=True)}),
    )  # fmt: skip
    @method_decorator(cache_for_visitors)
    def get(self, request: Request) -> Response:
        """Listings; each page says where the next one is. The same as the search, without its count."""
        query = from_api(request.query_params, also=PAGING)
        return Response(_page(request, services.find(query, after=_cursor(request), count=False), query))


def _cursor(request: Request) -> str:
    cursor: str = request.query_params.get("cursor", "")
    if len(cursor) > CURSOR_MAX or not CURSOR.fullmatch(cursor):
        raise Invalid(fields={"cursor": [_("This is no cursor. Follow `next` as it is.")]})
    return cursor


def _page(request: Request, found: Found, query: Query) -> dict[str, Any]:
    ids = [row.pk for row in found.rows]
    # One query; what went between the two reads is left out.
    shown = Listing.objects.public().in_lists().in_bulk(ids) if ids else {}
    asked = [(name, value) for name, value in request.query_params.items() if name in ("facets", "format")]
    pairs = [
        *((row["name"], row["value"]) for row in parameters(query)),
        *asked,
        ("cursor", found.next_cursor),
    ]
    # By what was found with, not by what was typed: a search that was widened goes on as it is.
    following = (
        request.build_absolute_uri(f"{request.path}?{urlencode(pairs)}") if found.next_cursor else None
    )
    return {
        "next": following,
        "results": ListingOutput([shown[pk] for pk in ids if pk in shown], many=True).data,
    }


def parameters(query: Query) -> list[dict[str, str]]:
    """A search as parameters of this API."""
    return [{"name": TEXT if name == "text" else name, "value": value} for name, value in query.pairs()]
