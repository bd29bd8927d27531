"""Comments and likes over REST."""

from typing import Any

from bson import ObjectId
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_auth import ReadOrScope
from accounts.models import Scope
from listings.models import Listing
from marketplace.core.api import ObjectIdField
from marketplace.core.fields import Strict, Text
from social import services
from social.models import Comment, Like


class CommentInput(Strict):
    """What somebody says. The same `request_key` again is the same comment."""

    body = Text(longest="comment.max", is_said=True, trim_whitespace=False)
    request_key = Text(longest="comment.request_key_max", required=False, allow_blank=True, default="")


class CommentEditInput(Strict):
    """The new words."""

    body = Text(longest="comment.max", is_said=True, trim_whitespace=False, required=False)


class CommentOutput(serializers.Serializer):
    """A comment; `body` is empty once it is removed, and `removed_by` says by whom."""

    id = ObjectIdField()
    author = serializers.CharField(source="author_username")
    author_name = serializers.CharField()
    is_seller = serializers.BooleanField()
    body = serializers.CharField()
    mentions = serializers.ListField(child=serializers.CharField())
    revision = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    edited_at = serializers.DateTimeField(allow_null=True)
    removed_by = serializers.CharField()


class LikeOutput(serializers.Serializer):
    """One like of the person who asks."""

    listing = ObjectIdField(source="listing_id")
    created_at = serializers.DateTimeField()


class CommentListApi(generics.ListAPIView):
    """The thread of a listing, newest first."""

    serializer_class = CommentOutput
    write_scope = Scope.SOCIAL_WRITE
    order = ["-id"]

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Comment.objects.none()
        return Comment.objects.on(seen(self.request, self.kwargs["pk"]).pk)

    @extend_schema(request=CommentInput, responses={status.HTTP_201_CREATED: CommentOutput})
    def post(self, request: Request, pk: ObjectId) -> Response:
        """Says something in the thread."""
        data = CommentInput(data=request.data)
        data.is_valid(raise_exception=True)
        comment = services.post_comment(author=request.user, listing_id=pk, **data.validated_data)
        return Response(CommentOutput(comment).data, status.HTTP_201_CREATED)


class CommentApi(APIView):
    """One comment."""

    write_scope = Scope.SOCIAL_WRITE

    @extend_schema(responses=CommentOutput)
    def get(self, request: Request, pk: ObjectId) -> Response:
        """A comment."""
        return Response(CommentOutput(self._comment(request, pk)).data)

    @extend_schema(request=CommentEditInput, responses=CommentOutput)
    def patch(self, request: Request, pk: ObjectId) -> Response:
        """Changes one's own comment within the edit window; without a `body` nothing changes."""
        data = CommentEditInput(data=request.data)
        data.is_valid(raise_exception=True)
        comment = self._comment(request, pk)
        if data.validated_data:
            comment = services.edit_comment(actor=request.user, comment=comment, **data.validated_data)
        return Response(CommentOutput(comment).data)

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Removed.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Removes a comment; a tombstone stays."""
        services.remove_comment(actor=request.user, comment=self._comment(request, pk))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _comment(self, request: Request, pk: ObjectId) -> Comment:
        comment = get_object_or_404(Comment, pk=pk)
        seen(request, comment.listing_id)
        return comment


class LikeApi(APIView):
    """The like of the person who asks on a listing."""

    write_scope = Scope.SOCIAL_WRITE

    @extend_schema(
        request=None, responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Liked.")}
    )
    def put(self, request: Request, pk: ObjectId) -> Response:
        """Likes a listing; twice is once."""
        services.like_listing(user=request.user, listing_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Not liked any more.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Takes the like back; twice is once."""
        services.unlike_listing(user=request.user, listing_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


class MyLikeListApi(generics.ListAPIView):
    """What the person who asks likes, newest first."""

    serializer_class = LikeOutput
    permission_classes = [IsAuthenticated, ReadOrScope]
    order = ["-id"]

    def get_queryset(self) -> Any:
        return (
            Like.objects.none()
            if getattr(self, "swagger_fake_view", False)
            else Like.objects.by(self.request.user)
        )


def seen(request: Request, pk: ObjectId) -> Listing:
    """The listing, if the person may see it; 404 otherwise."""
    return get_object_or_404(Listing.objects.visible_to(request.user), pk=pk)
