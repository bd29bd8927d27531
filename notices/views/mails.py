"""What comes by mail: the settings of somebody who is logged in, and the link of a mail, which needs no login."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import DomainError, Invalid, NotFound
from marketplace.core.pages import add_refusal
from notices import services
from notices.forms import MailForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_settings(request: HttpRequest) -> HttpResponse:
    """Which kinds of news the person gets by mail."""
    wanted = services.wanted_mails([request.user.pk])[request.user.pk]
    form = MailForm(request.POST if request.method == "POST" else None, initial={"mail": sorted(wanted)})
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_mails(person=request.user, kinds=form.cleaned_data["mail"])
            messages.success(request, _("Saved."))
            return redirect("notices:mail-settings")
        except DomainError as refusal:
            add_refusal(form, refusal)
    status = Invalid.status if form.errors else 200
    return render(request, "notices/mail_settings.html", {"form": form}, status=status)


# A mail program sends the POST by itself (RFC 8058), without a cookie of ours; the signed token is the permission.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """Asks whether mails of this kind shall end (GET), or ends them (POST), for whoever holds the mail."""
    found = services.read_mail_token(token)
    kind = services.KINDS.get(found[1]) if found else None
    if found is None or kind is None:
        raise NotFound(_("This link is not whole. Copy all of it from the mail, or look into your settings."))
    if request.method == "POST":
        kinds = list(services.KINDS) if "all" in request.POST else [kind.name]
        services.refuse_mail(person_id=found[0], kinds=kinds)
    context = {"kind": kind, "is_done": request.method == "POST", "is_all": "all" in request.POST}
    return render(request, "notices/mail_stop.html", context)
