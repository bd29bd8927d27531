"""Every door of accounts; signing up and in is allauth's (marketplace/urls.py)."""

from django.urls import path

from accounts import api, views

urlpatterns = [
    path("settings/profile/", views.profile_edit, name="profile-edit"),
    path("settings/tokens/", views.token_list, name="token-list"),
    path("settings/tokens/<oid:pk>/revoke/", views.token_revoke, name="token-revoke"),
    path("settings/close/", views.account_close, name="account-close"),
]
api_urlpatterns = [
    path("me/", api.MeApi.as_view(), name="me"),
    path("me/avatar/", api.AvatarApi.as_view(), name="avatar"),
    path("me/tokens/", api.TokenListApi.as_view(), name="token-list"),
    path("me/tokens/<oid:pk>/", api.TokenApi.as_view(), name="token"),
]
websocket_urlpatterns: list = []
