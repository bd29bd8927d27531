"""Photos of one's own listings over REST."""

from bson import ObjectId
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import Scope
from listings import services
from listings.api.inputs import OrderInput, PhotosInput
from listings.api.listings import own
from listings.api.outputs import PhotoOutput, PhotoResultOutput

ANSWERED = (status.HTTP_200_OK, status.HTTP_422_UNPROCESSABLE_ENTITY)


class PhotoListApi(APIView):
    """Adds photos, many at once."""

    parser_classes = [MultiPartParser]
    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(request=PhotosInput, responses=dict.fromkeys(ANSWERED, PhotoResultOutput(many=True)))
    def post(self, request: Request, pk: ObjectId) -> Response:
        """One result for each file: a bad one never costs the others. 422 when none was a photo."""
        listing, data = own(request, pk), PhotosInput(data=request.data)
        data.is_valid(raise_exception=True)
        uploads = data.validated_data["photos"]
        results = services.add_photos(actor=request.user, listing=listing, uploads=uploads)
        is_any = any(result.photo for result in results)
        code = status.HTTP_200_OK if is_any else status.HTTP_422_UNPROCESSABLE_ENTITY
        return Response(PhotoResultOutput(results, many=True).data, code)


class PhotoOrderApi(APIView):
    """The order of the photos."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(request=OrderInput, responses=PhotoOutput(many=True))
    def put(self, request: Request, pk: ObjectId) -> Response:
        """Puts the photos into this order; the first is the cover."""
        data = OrderInput(data=request.data)
        data.is_valid(raise_exception=True)
        keys = data.validated_data["keys"]
        listing = services.order_photos(actor=request.user, listing=own(request, pk), keys=keys)
        return Response(PhotoOutput(listing.photos, many=True).data)


class PhotoApi(APIView):
    """One photo of a listing."""

    write_scope = Scope.LISTINGS_WRITE

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Taken off.")})
    def delete(self, request: Request, pk: ObjectId, key: str) -> Response:
        """Takes a photo off; the last one of a published listing stays (422)."""
        services.remove_photo(actor=request.user, listing=own(request, pk), key=key)
        return Response(status=status.HTTP_204_NO_CONTENT)
