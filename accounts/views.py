"""A person's own settings."""

from bson import ObjectId
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts import services
from accounts.forms import ProfileForm, TokenForm
from accounts.models import AccessToken
from marketplace.core.errors import DomainError
from marketplace.core.pages import add_refusal


@login_required
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """The profile: words and picture; a picture that is refused does not cost the words."""
    form, status = ProfileForm(request.POST or None, request.FILES or None, user=request.user), 200
    if request.method == "POST":
        status = _save_profile(request, form)
        if status == 200:
            messages.success(request, _("Saved."))
            return redirect("accounts:profile-edit")
    return render(request, "accounts/profile_form.html", {"form": form}, status=status)


def _save_profile(request: HttpRequest, form: ProfileForm) -> int:
    if not form.is_valid():
        return 422
    status = 200
    try:
        services.edit_profile(user=request.user, **form.words())
    except DomainError as refusal:
        add_refusal(form, refusal)
        status = refusal.status
    try:
        if "remove_avatar" in request.POST:
            services.remove_avatar(user=request.user)
        elif form.cleaned_data["avatar"]:
            services.set_avatar(user=request.user, upload=form.cleaned_data["avatar"])
    except DomainError as refusal:
        add_refusal(form, refusal)
        status = refusal.status
    return status


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """API tokens; a new one's secret is on the page that makes it and nowhere else."""
    form, secret, status = TokenForm(request.POST or None, initial={"scopes": ["read"]}), "", 200
    if request.method == "POST" and form.is_valid():
        try:
            _token, secret = services.make_token(user=request.user, **form.service_fields())
            form = TokenForm(initial={"scopes": ["read"]})
        except DomainError as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    tokens = AccessToken.objects.of(request.user).usable().order_by("-id")
    context = {"form": form, "secret": secret, "tokens": tokens}
    return render(request, "accounts/token_list.html", context, status=status)


@login_required
@require_POST
def token_revoke(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Makes a token open nothing from now on."""
    services.revoke_token(user=request.user, token_id=pk)
    messages.success(request, _("The token is revoked."))
    return redirect("accounts:token-list")
