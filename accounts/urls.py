"""Every door of accounts. What is not named in sign_in_urlpatterns is allauth's as it comes (marketplace/urls.py)."""

from django.urls import path, re_path

from accounts import api
from accounts.views import settings, sign_in

urlpatterns = [
    path("settings/profile/", settings.profile_edit, name="profile-edit"),
    path("settings/tokens/", settings.token_list, name="token-list"),
    path("settings/tokens/<oid:pk>/revoke/", settings.token_revoke, name="token-revoke"),
    path("settings/close/", settings.account_close, name="account-close"),
]
sign_in_urlpatterns = [
    path("login/", sign_in.LoginView.as_view(), name="account_login"),
    path("login/code/", sign_in.RequestLoginCodeView.as_view(), name="account_request_login_code"),
    path("login/code/confirm/", sign_in.ConfirmLoginCodeView.as_view(), name="account_confirm_login_code"),
    path("signup/", sign_in.SignupView.as_view(), name="account_signup"),
    path("reauthenticate/", sign_in.ReauthenticateView.as_view(), name="account_reauthenticate"),
    path("email/", sign_in.EmailView.as_view(), name="account_email"),
    path("password/change/", sign_in.PasswordChangeView.as_view(), name="account_change_password"),
    path("password/set/", sign_in.PasswordSetView.as_view(), name="account_set_password"),
    path("password/reset/", sign_in.PasswordResetView.as_view(), name="account_reset_password"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        sign_in.PasswordResetFromKeyView.as_view(),
        name="account_reset_password_from_key",
    ),
]
api_urlpatterns = [
    path("me/", api.MeApi.as_view(), name="me"),
    path("me/avatar/", api.AvatarApi.as_view(), name="avatar"),
    path("me/tokens/", api.TokenListApi.as_view(), name="token-list"),
    path("me/tokens/<oid:pk>/", api.TokenApi.as_view(), name="token"),
]
websocket_urlpatterns: list = []
