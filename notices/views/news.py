"""The news as a page; all of it works without JavaScript."""

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.keyset import page_of
from marketplace.core.pages import back_to
from marketplace.core.rules import rule
from notices import services
from notices.models import Notice
from notices.presenters import entries_of

ORDER = ["-updated_at", "-id"]


@require_safe
@login_required
@never_cache
def news(request: HttpRequest) -> HttpResponse:
    """The person's entries, newest first; what is shown as new is read from now on."""
    seen = timezone.now()
    page = page_of(
        Notice.objects.of(request.user.pk).shown(), order=ORDER, after=request.GET.get("after", ""),
        size=rule("news.page_size"),
    )  # fmt: skip
    if request.method == "GET":
        services.mark_read(person=request.user, until=seen)
    context = {"entries": entries_of(page.items), "next_cursor": page.next_cursor}
    return render(request, "notices/news.html", context)


@require_POST
@login_required
def notice_mute(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Mutes an entry (mute=1) or hears of it again (mute=0); htmx gets its row as it is now."""
    act = services.unmute if request.POST.get("mute") == "0" else services.mute
    notice = act(person=request.user, notice_id=pk)
    entries = entries_of([notice])
    if request.htmx and entries:
        return render(request, "notices/notice_row.html", {"entry": entries[0]})
    return redirect(back_to(request, reverse("notices:news")))
