"""Categories, brands and closets over REST."""

from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import generics
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from listings import taxonomy
from listings.api.outputs import BrandOutput, CategoryOutput, ClosetOutput, ListingOutput
from listings.models import BY_AGE, Brand, Listing
from marketplace.core.errors import Invalid, NotFound
from marketplace.core.rules import rule
from marketplace.mongo.hints import by_index

PREFIX_MAX: Final = rule("listing.brand_max")
PREFIX = OpenApiParameter(
    "prefix", {"type": "string", "maxLength": PREFIX_MAX, "examples": ["lev"]},
    description="What the name begins with.",
)  # fmt: skip


class CategoryListApi(APIView):
    """The category tree."""

    @extend_schema(responses=CategoryOutput(many=True))
    def get(self, request: Request) -> Response:
        """Every node, each parent before its children."""
        return Response(CategoryOutput(taxonomy.categories(), many=True).data)


class CategoryApi(APIView):
    """One node of the tree."""

    @extend_schema(responses=CategoryOutput)
    def get(self, request: Request, slug: str) -> Response:
        """A category by its slug."""
        node = taxonomy.category(slug)
        if node is None:
            raise NotFound
        return Response(CategoryOutput(node).data)


class BrandListApi(generics.ListAPIView):
    """Brands that staff have looked at, by name."""

    serializer_class = BrandOutput
    order = ("name_ci",)

    @extend_schema(parameters=[PREFIX])
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Brands; `prefix` for what people have typed so far."""
        return super().get(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Brand]:
        brands = Brand.objects.filter(is_reviewed=True)
        typed = self.request.query_params.get("prefix", "") if self.request else ""
        if len(typed) > PREFIX_MAX:
            raise Invalid(fields={"prefix": [_("At most %(max)d characters.") % {"max": PREFIX_MAX}]})
        if prefix := taxonomy.normal_name(typed):
            # A range, not a pattern: the index answers it.
            brands = brands.filter(name_ci__gte=prefix, name_ci__lt=f"{prefix}\uffff")
        return brands


class ClosetApi(APIView):
    """One person's closet."""

    @extend_schema(responses=ClosetOutput)
    def get(self, request: Request, username: str) -> Response:
        """Who it is."""
        return Response(ClosetOutput(_person(username)).data)


class ClosetListingListApi(generics.ListAPIView):
    """What is in a closet for everybody to see, newest first."""

    serializer_class = ListingOutput
    order = BY_AGE

    def get_queryset(self) -> QuerySet[Listing]:
        if getattr(self, "swagger_fake_view", False):
            return Listing.objects.none()
        public = Listing.objects.public().from_seller(_person(self.kwargs["username"]))
        return by_index(public, "listing_seller_newest")


def _person(username: str) -> User:
    person = User.objects.active().filter(username=username.lower()).first()
    if person is None:
        raise NotFound
    return person
