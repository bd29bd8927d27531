"""Listings over REST: find, read, draft, change, publish."""

import hashlib
from typing import Any

from bson import ObjectId
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import generics, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_auth import ReadOrScope
from accounts.models import Scope
from listings import services
from listings.api.inputs import ListingInput, SizeInput, StatusInput
from listings.api.outputs import (
    ListingDetailOutput,
    OwnListingOutput,
    OwnStockOutput,
    with_stock,
)
from listings.errors import RevisionStale
from listings.models import KEPT, Listing, Status, Stock
from marketplace.core.errors import NotFound
from marketplace.core.visitor_cache import cache_for_visitors
from marketplace.mongo.hints import by_index

TAG = OpenApiExample("an ETag", 'W/"3-5d41402abc4b2a76b9719d911017c592"')
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, examples=[TAG],
    description="The ETag you have: 304 when nothing has changed.",
)  # fmt: skip
IF_MATCH = OpenApiParameter(
    "If-Match", str, OpenApiParameter.HEADER, examples=[TAG],
    description="The ETag you read: 412 when it has changed since.",
)  # fmt: skip
CACHED = "private, max-age=0, must-revalidate"


def etag_of(listing: Listing, shown: dict[str, Any]) -> str:
    """The revision, which If-Match compares, and a digest of all that the answer shows, which If-None-Match compares.

    Stock, finished photos, counts and a locked conversation change the answer without being edits of the listing.
    """
    digest = hashlib.md5(JSONRenderer().render(shown), usedforsecurity=False).hexdigest()
    return f'W/"{listing.revision}-{digest}"'


def revision_in(etag: str) -> str:
    """The revision that an ETag of ours names; another tag as it is."""
    return etag.removeprefix('W/"').partition("-")[0]


def own(request: Request, pk: ObjectId) -> Listing:
    """One of the person's own listings; 404 for anything else."""
    return get_object_or_404(Listing.objects.from_seller(request.user).exclude(status=Status.REMOVED), pk=pk)


class ListingListApi(APIView):
    """A new draft. The search above adds what answers GET at the same address."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(request=ListingInput, responses={status.HTTP_201_CREATED: OwnListingOutput})
    def post(self, request: Request) -> Response:
        """A new draft with whatever is known so far."""
        data = ListingInput(data=request.data)
        data.is_valid(raise_exception=True)
        made = services.create_draft(seller=request.user, **data.validated_data)
        return own_answer(made.pk, status.HTTP_201_CREATED)


class ListingApi(APIView):
    """One listing."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(
        responses={
            status.HTTP_200_OK: ListingDetailOutput,
            status.HTTP_304_NOT_MODIFIED: OpenApiResponse(description="Not changed."),
        },
        parameters=[IF_NONE_MATCH],
    )
    @method_decorator(cache_for_visitors)
    def get(self, request: Request, pk: ObjectId) -> Response:
        """A listing that the client may see; 304 when If-None-Match names what it would be shown."""
        listing = Listing.objects.visible_to(request.user).filter(pk=pk).first()
        if listing is None:
            raise NotFound
        shown = ListingDetailOutput(listing).data
        headers = {"ETag": etag_of(listing, shown), "Cache-Control": CACHED}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return Response(status=status.HTTP_304_NOT_MODIFIED, headers=headers)
        return Response(shown, headers=headers)

    @extend_schema(request=ListingInput, responses=OwnListingOutput, parameters=[IF_MATCH])
    def patch(self, request: Request, pk: ObjectId) -> Response:
        """Changes what is given; the rest stays."""
        listing, data = own(request, pk), ListingInput(data=request.data)
        data.is_valid(raise_exception=True)
        revision = self._matched(request, listing)
        services.edit_listing(actor=request.user, listing=listing, revision=revision, **data.validated_data)
        return own_answer(pk)

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Removed.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Takes the listing out of the shop for good."""
        services.remove_listing(actor=request.user, listing=own(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _matched(self, request: Request, listing: Listing) -> int | None:
        wanted = request.headers.get("If-Match")
        if wanted is None:
            return None
        if wanted != "*" and revision_in(wanted) != str(listing.revision):
            raise RevisionStale
        return listing.revision


class ListingPublishApi(APIView):
    """Puts a draft up for sale."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(request=None, responses=OwnListingOutput)
    def post(self, request: Request, pk: ObjectId) -> Response:
        """422 names everything that is missing at once."""
        services.publish_listing(actor=request.user, listing=own(request, pk))
        return own_answer(pk)


class ListingStatusApi(APIView):
    """Takes a listing off sale or puts it back."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(request=StatusInput, responses=OwnListingOutput)
    def put(self, request: Request, pk: ObjectId) -> Response:
        """409 when a listing cannot go from where it is to there."""
        data = StatusInput(data=request.data)
        data.is_valid(raise_exception=True)
        services.set_status(
            actor=request.user, listing=own(request, pk), status=data.validated_data["status"]
        )
        return own_answer(pk)


class StockApi(APIView):
    """Sizes and units of one's own listing."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(responses=OwnStockOutput(many=True))
    def get(self, request: Request, pk: ObjectId) -> Response:
        """Free, held and sold units of each size."""
        return self._answer(own(request, pk).pk)

    @extend_schema(request=SizeInput(many=True), responses=OwnStockOutput(many=True))
    def put(self, request: Request, pk: ObjectId) -> Response:
        """Says which sizes there are and how many free units of each; 409 when buyers were faster."""
        data = SizeInput(data=request.data, many=True)
        data.is_valid(raise_exception=True)
        services.set_stock(actor=request.user, listing=own(request, pk), sizes=data.validated_data)
        return self._answer(pk)

    def _answer(self, pk: ObjectId) -> Response:
        return Response(OwnStockOutput(Stock.objects.of(pk), many=True).data)


class MyListingListApi(generics.ListAPIView):
    """One's own listings, drafts included, last changed first."""

    serializer_class = OwnListingOutput
    permission_classes = [IsAuthenticated, ReadOrScope]
    order = ("-updated_at", "-id")

    def get_queryset(self) -> QuerySet[Listing]:
        if getattr(self, "swagger_fake_view", False):
            return Listing.objects.none()
        mine = Listing.objects.from_seller(self.request.user).filter(status__in=KEPT)
        return by_index(mine, "listing_seller_changed")

    def paginate_queryset(self, queryset: QuerySet[Listing]) -> Any:
        return with_stock(super().paginate_queryset(queryset))


def own_answer(pk: ObjectId, code: int = status.HTTP_200_OK) -> Response:
    """The stored listing as its seller sees it, with the ETag that its address would answer with."""
    listing = Listing.objects.get(pk=pk)
    etag = etag_of(listing, ListingDetailOutput(listing).data)
    return Response(OwnListingOutput(listing).data, code, headers={"ETag": etag})
