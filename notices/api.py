"""The news over REST."""

from typing import Any

from bson import ObjectId
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.api_auth import ReadOrScope
from accounts.models import Scope
from marketplace.core.api import ObjectIdField
from marketplace.core.fields import Strict
from notices import services
from notices.models import BADGE_MOST, Notice
from notices.presenters import Entry, entries_of


class NoticeOutput(serializers.Serializer):
    """An entry of the news; `count` things of one kind about one thing."""

    id = ObjectIdField()
    kind = serializers.CharField(source="notice.kind")
    text = serializers.CharField(help_text="The entry in words.")
    quote = serializers.CharField(help_text="What was said last; empty for kinds without words.")
    url = serializers.CharField(help_text="The path of the page that it leads to.")
    count = serializers.IntegerField(source="notice.count")
    people = serializers.SerializerMethodField(help_text="The newest people of it, by username.")
    is_unread = serializers.BooleanField(source="notice.is_unread")
    is_muted = serializers.BooleanField(source="notice.is_muted")
    updated_at = serializers.DateTimeField(source="at")

    def get_people(self, entry: Entry) -> list[str]:
        return [person.username for person in entry.people]


class UnreadOutput(serializers.Serializer):
    """How many entries have something new."""

    unread = serializers.IntegerField(help_text="At most 99.")
    more = serializers.BooleanField(help_text="There are more than that.")


class ReadInput(Strict):
    """Up to when; everything without it."""

    until = serializers.DateTimeField(required=False)


class NewsListApi(generics.ListAPIView):
    """The news of the person who asks, newest first. Reading the list marks nothing as read."""

    serializer_class = NoticeOutput
    permission_classes = [IsAuthenticated, ReadOrScope]
    order = ["-updated_at", "-id"]

    def get_queryset(self) -> Any:
        if getattr(self, "swagger_fake_view", False):
            return Notice.objects.none()
        return Notice.objects.of(self.request.user.pk).shown()

    def paginate_queryset(self, queryset: Any) -> Any:
        return entries_of(super().paginate_queryset(queryset))


class NewsReadApi(APIView):
    """What is unread, and the read cursor."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.SOCIAL_WRITE

    @extend_schema(responses=UnreadOutput)
    def get(self, request: Request) -> Response:
        """How many entries have something new: the number of the badge."""
        return Response(_unread(request))

    @extend_schema(request=ReadInput, responses=UnreadOutput)
    def post(self, request: Request) -> Response:
        """Marks what came until then as read; what is left unread."""
        data = ReadInput(data=request.data)
        data.is_valid(raise_exception=True)
        services.mark_read(person=request.user, **data.validated_data)
        return Response(_unread(request))


class MuteApi(APIView):
    """Whether one hears of the thing of an entry."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.SOCIAL_WRITE

    @extend_schema(
        request=None, responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Muted.")}
    )
    def put(self, request: Request, pk: ObjectId) -> Response:
        """Mutes it: it is neither unread nor mailed any more. Twice is once."""
        services.mute(person=request.user, notice_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Not muted any more.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Hears of it again. Twice is once."""
        services.unmute(person=request.user, notice_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)


def _unread(request: Request) -> dict[str, Any]:
    count = services.unread_count(person_id=request.user.pk)
    return {"unread": min(count, BADGE_MOST), "more": count > BADGE_MOST}
