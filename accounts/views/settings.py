"""Pages of a person's own settings: profile, API tokens, closing the account."""

from datetime import UTC, date, datetime, time
from typing import Any

from bson import ObjectId
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import CloseForm, ProfileForm, TokenForm
from accounts.models import AccessToken
from accounts.reauthentication import asks_again
from marketplace.core.errors import DomainError, Invalid
from marketplace.core.pages import add_refusal


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """What others see of the person; texts and picture are stored apart, so one refused costs not the other."""
    if request.method != "POST":
        return show_profile(request, ProfileForm.of(request.user))
    form = ProfileForm(request.POST, request.FILES)
    if form.is_valid():
        store_profile(request, form)
    if form.errors:
        return show_profile(request, form, status=Invalid.status)
    messages.success(request, _("Saved. Your listings show it in a moment."))
    return redirect("accounts:profile-edit")


def store_profile(request: HttpRequest, form: ProfileForm) -> None:
    """Hands texts and picture to their services; what one refuses stands on the form."""
    upload = form.cleaned_data.pop("avatar")
    try:
        services.edit_profile(user=request.user, **form.cleaned_data)
    except DomainError as refusal:
        add_refusal(form, refusal)
    try:
        if "remove_avatar" in request.POST:
            services.remove_avatar(user=request.user)
        elif upload:
            services.set_avatar(user=request.user, upload=upload)
    except DomainError as refusal:
        add_refusal(form, refusal)


def show_profile(request: HttpRequest, form: ProfileForm, status: int = 200) -> HttpResponse:
    return render(request, "accounts/profile_form.html", {"form": form}, status=status)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def token_list(request: HttpRequest) -> HttpResponse:
    """The person's API tokens, and the form for another one; a new secret is on this answer and nowhere else."""
    if request.method != "POST":
        return show_tokens(request, TokenForm())
    form = TokenForm(request.POST)
    if form.is_valid():
        data = form.cleaned_data | {"expires_at": end_of(form.cleaned_data["expires_at"])}
        try:
            token, secret = services.make_token(user=request.user, **data)
            return show_tokens(request, TokenForm(), token=token, secret=secret)
        except DomainError as refusal:
            add_refusal(form, refusal)
    return show_tokens(request, form, status=Invalid.status)


@login_required
@require_POST
@asks_again
def token_revoke(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Ends a token of the person's own."""
    services.revoke_token(user=request.user, token_id=pk)
    messages.success(request, _("Revoked. Whatever used that token is locked out from now on."))
    return redirect("accounts:token-list")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@asks_again
def account_close(request: HttpRequest) -> HttpResponse:
    """Closes the person's own account, once they have typed its name."""
    form = CloseForm(request.POST or None, username=request.user.username)
    if request.method == "POST" and form.is_valid():
        services.close_account(actor=request.user, user=request.user, reason=form.cleaned_data["reason"])
        logout(request)
        messages.success(
            request, _("Your account is closed and your listings are off sale. Write to us to come back.")
        )
        return redirect("home")
    status = Invalid.status if form.errors else 200
    return render(request, "accounts/account_close.html", {"form": form}, status=status)


def show_tokens(request: HttpRequest, form: TokenForm, *, status: int = 200, **made: Any) -> HttpResponse:
    tokens = AccessToken.objects.of(request.user).usable().order_by("-id")
    return render(
        request, "accounts/token_list.html", {"form": form, "tokens": tokens, **made}, status=status
    )


def end_of(day: date | None) -> datetime | None:
    """The last moment of a day; None for no end."""
    return datetime.combine(day, time.max, UTC) if day else None
