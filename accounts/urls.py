"""Every door of accounts; signing up and in is allauth's (marketplace/urls.py)."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("settings/profile/", views.profile_edit, name="profile-edit"),
    path("settings/tokens/", views.token_list, name="token-list"),
    path("settings/tokens/<oid:pk>/revoke/", views.token_revoke, name="token-revoke"),
]
api_urlpatterns: list = []
websocket_urlpatterns: list = []
