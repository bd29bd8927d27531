"""The person who asks, and their tokens, over REST."""

from typing import Any

from bson import ObjectId
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import generics, serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts import services
from accounts.api_auth import ReadOrScope
from accounts.models import AccessToken, Scope, User
from accounts.reauthentication import OwnSession
from marketplace.core.api import ObjectIdField
from marketplace.core.fields import Rows, Strict, Text
from marketplace.core.money import CURRENCIES


class MeOutput(serializers.Serializer):
    """Oneself."""

    username = serializers.CharField()
    email = serializers.EmailField()
    is_email_verified = serializers.BooleanField()
    display_name = serializers.CharField()
    about = serializers.CharField()
    city = serializers.CharField()
    currency = serializers.CharField()
    avatar = serializers.CharField(source="avatar_url")
    avatar_pending = serializers.SerializerMethodField(help_text="A new picture is being prepared.")
    avatar_error = serializers.CharField(help_text="Why the last picture that was sent is not shown.")

    def get_avatar_pending(self, user: User) -> bool:
        return bool(user.avatar_next)


class MeInput(Strict):
    """Any part of one's profile."""

    display_name = Text(longest="account.display_name_max", required=False, allow_blank=True)
    about = Text(longest="account.about_max", required=False, allow_blank=True)
    city = Text(longest="account.city_max", required=False, allow_blank=True)
    currency = Text(choices=tuple(CURRENCIES), required=False)


class AvatarInput(Strict):
    """A picture."""

    avatar = serializers.FileField(allow_empty_file=True)


class TokenOutput(serializers.Serializer):
    """A token without its secret."""

    id = ObjectIdField()
    name = serializers.CharField()
    prefix = serializers.CharField()
    scopes = serializers.ListField(child=serializers.CharField())
    created_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(allow_null=True)
    last_used_at = serializers.DateTimeField(allow_null=True)


class NewTokenOutput(TokenOutput):
    """A new token with its secret, shown this once."""

    secret = serializers.CharField()


class TokenInput(Strict):
    """A new token."""

    name = Text(longest="account.token_name_max")
    scopes = Rows(child=serializers.ChoiceField(choices=Scope.choices), allow_empty=False)
    expires_at = serializers.DateTimeField(required=False, allow_null=True)


class MeApi(APIView):
    """The person who asks."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    write_scope = Scope.PROFILE_WRITE

    @extend_schema(responses=MeOutput)
    def get(self, request: Request) -> Response:
        """Who I am."""
        return Response(MeOutput(request.user).data)

    @extend_schema(request=MeInput, responses=MeOutput)
    def patch(self, request: Request) -> Response:
        """Changes what is given."""
        data = MeInput(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(MeOutput(services.edit_profile(user=request.user, **data.validated_data)).data)


class AvatarApi(APIView):
    """One's picture."""

    permission_classes = [IsAuthenticated, ReadOrScope]
    parser_classes = [MultiPartParser]
    write_scope = Scope.PROFILE_WRITE

    @extend_schema(request=AvatarInput, responses=MeOutput)
    def put(self, request: Request) -> Response:
        """Takes a picture, cropped square; it is shown some seconds later, when a worker has prepared it."""
        data = AvatarInput(data=request.data)
        data.is_valid(raise_exception=True)
        return Response(
            MeOutput(services.set_avatar(user=request.user, upload=data.validated_data["avatar"])).data
        )

    @extend_schema(
        responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Back to the initials.")}
    )
    def delete(self, request: Request) -> Response:
        """Takes the picture off."""
        services.remove_avatar(user=request.user)
        return Response(status=status.HTTP_204_NO_CONTENT)


class TokenListApi(generics.ListAPIView):
    """One's tokens; only in a session, and to make one the password is asked again. A token makes no tokens."""

    serializer_class = TokenOutput
    permission_classes = [OwnSession]
    order = ("-id",)

    def get_queryset(self) -> QuerySet[AccessToken]:
        if getattr(self, "swagger_fake_view", False):
            return AccessToken.objects.none()
        return AccessToken.objects.of(self.request.user).usable()

    @extend_schema(request=TokenInput, responses={status.HTTP_201_CREATED: NewTokenOutput})
    def post(self, request: Request) -> Response:
        """A new token; the secret is in this answer and nowhere else."""
        data = TokenInput(data=request.data)
        data.is_valid(raise_exception=True)
        token, secret = services.make_token(user=request.user, **data.validated_data)
        answer: dict[str, Any] = {**TokenOutput(token).data, "secret": secret}
        return Response(answer, status.HTTP_201_CREATED)


class TokenApi(APIView):
    """One token."""

    permission_classes = [OwnSession]

    @extend_schema(responses={status.HTTP_204_NO_CONTENT: OpenApiResponse(description="Revoked.")})
    def delete(self, request: Request, pk: ObjectId) -> Response:
        """Revokes it."""
        services.revoke_token(user=request.user, token_id=pk)
        return Response(status=status.HTTP_204_NO_CONTENT)
