"""Saved searches over REST."""

from typing import Any

from bson import ObjectId
from django.http import QueryDict
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_auth import ReadOrScope
from accounts.models import Scope
from marketplace.core.api import ObjectIdField
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.fields import Strict, Text
from search import services
from search.models import Frequency, SavedSearch
from search.params import TEXT, from_api
from search.presenters import SavedRow, saved_rows

EXAMPLE = "q=linen+dress&brand=levis&price_max=4000"


class SavedSearchChange(Strict):
    """What can be changed; what is left out stays."""

    title = Text(longest="search.saved_title_max", required=False)
    frequency = Text(choices=Frequency.values, required=False)
    is_want = serializers.BooleanField(
        required=False, help_text="Sellers are told how many people want a thing."
    )
    note = Text(
        longest="search.saved_note_max", required=False, allow_blank=True, help_text="For yourself only."
    )


class SavedSearchInput(SavedSearchChange):
    """A search to be saved; the same one again only changes the rest."""

    title = Text(longest="search.saved_title_max")
    query = Text(
        longest="search.saved_query_max",
        help_text=f"The parameters of `GET /api/v1/search/`, as in {EXAMPLE}.",
    )


class SavedSearchOutput(serializers.Serializer):
    """A saved search."""

    id = ObjectIdField(source="saved.pk")
    title = serializers.CharField(source="saved.title")
    query = serializers.SerializerMethodField(help_text="The parameters of `GET /api/v1/search/`.")
    words = serializers.CharField(help_text="What it asks for, in words.")
    frequency = serializers.CharField(source="saved.frequency")
    is_want = serializers.BooleanField(source="saved.is_want")
    note = serializers.CharField(source="saved.note")
    new = serializers.IntegerField(help_text="What was found since the person looked.")
    more = serializers.BooleanField(help_text="There is more than that.")
    created_at = serializers.DateTimeField(source="saved.created_at")

    def get_query(self, row: SavedRow) -> str:
        pairs = QueryDict(mutable=True)
        for name, value in row.saved.asked.pairs():
            pairs.appendlist(TEXT if name == "text" else name, value)
        return pairs.urlencode()


class SavedSearchListApi(generics.ListAPIView):
    """The saved searches of the person who asks, newest first."""

    serializer_class = SavedSearchOutput
    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.SOCIAL_WRITE
    order = ["-created_at", "-id"]

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return SavedSearch.objects.none()
        return SavedSearch.objects.of(self.request.user.pk)

    def paginate_queryset(self, queryset: Any) -> Any:
        return saved_rows(super().paginate_queryset(queryset))

    @extend_schema(request=SavedSearchInput, responses={status.HTTP_201_CREATED: SavedSearchOutput})
    def post(self, request: Request) -> Response:
        """Saves a search."""
        data = SavedSearchInput(data=request.data)
        data.is_valid(raise_exception=True)
        values = dict(data.validated_data)
        saved = services.save_search(person=request.user, query=_asked(values.pop("query")), **values)
        return Response(_shown(saved), status.HTTP_201_CREATED)


class SavedSearchApi(APIView):
    """One saved search of the person who asks."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.SOCIAL_WRITE

    @extend_schema(responses=SavedSearchOutput)
    def get(self, request: Request, pk: ObjectId) -> Response:
        """A saved search."""
        saved = SavedSearch.objects.of(request.user.pk).filter(pk=pk).first()
        if saved is None:
            raise NotFound
        return Response(_shown(saved))

    @extend_schema(request=SavedSearchChange, responses=SavedSearchOutput)
    def patch(self, request: Request, pk: ObjectId) -> Response:
        """Changes its name, how often it is told, whether it is a want, its note."""
        data = SavedSearchChange(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(
            _shown(services.change_saved(person=request.user, search_id=pk, **data.validated_data))
        )

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Deleted.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Forgets it."""
        services.delete_saved(person=request.user, search_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _asked(text: str) -> Any:
    """The search of a text of parameters; Invalid for the field with what is wrong in it."""
    try:
        return from_api(QueryDict(text), also=())
    except Invalid as refusal:
        texts = [f"{name}: {text}" for name, texts in refusal.fields.items() for text in texts]
        raise Invalid(fields={"query": texts}) from refusal


def _shown(saved: SavedSearch) -> dict[str, Any]:
    return dict(SavedSearchOutput(saved_rows([saved])[0]).data)
