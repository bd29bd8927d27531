"""The thread as a page: reading, writing, changing, locking; all of it works without JavaScript."""

import secrets
from typing import Any

from bson import ObjectId
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from listings.models import Listing
from marketplace.core.errors import DomainError
from marketplace.core.keyset import page_of
from marketplace.core.pages import add_refusal
from marketplace.core.person_cache import fills, slot
from marketplace.core.rules import rule
from social import services
from social.forms import CommentForm
from social.models import Comment


@fills("request_key")
def _request_key(request: HttpRequest) -> str:
    return secrets.token_urlsafe()


def thread_context(request: HttpRequest, listing: Listing, form: CommentForm | None = None) -> dict[str, Any]:
    """The newest comments, oldest of them first, and the form of somebody who may add one."""
    # Taken before reading: a page that shows nothing yet goes on from here.
    since = int(timezone.now().timestamp() * services.MILLISECONDS)
    page = page_of(
        Comment.objects.on(listing.pk),
        order=["-id"],
        after=request.GET.get("before", ""),
        size=rule("thread.page_size"),
    )
    user = request.user
    is_seller = user.is_authenticated and user.pk == listing.seller_id
    return {
        "request": request, "user": user, "listing": listing, "comments": page.items[::-1], "earlier": page.next_cursor,
        "form": form or CommentForm(initial={"request_key": slot(request, "request_key")}), "is_seller": is_seller,
        "since": since, "may_write": listing.is_open and (is_seller or not listing.comments_locked),
        "edit_minutes": rule("comment.edit_minutes"), "typing_seconds": rule("thread.typing_seconds"),
        "heartbeat_seconds": rule("thread.presence_seconds") // 2,
    }  # fmt: skip


def _listing(request: HttpRequest, pk: ObjectId) -> Listing:
    return get_object_or_404(Listing.objects.visible_to(request.user), pk=pk)


def _comment(request: HttpRequest, pk: ObjectId) -> Comment:
    comment = get_object_or_404(Comment.objects.select_related("listing"), pk=pk)
    _listing(request, comment.listing_id)
    return comment


def _back(comment: Comment) -> HttpResponse:
    return redirect(f"{comment.listing.get_absolute_url()}#comment-{comment.pk}")


@require_safe
def thread(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Earlier comments: the rows for htmx, a page of its own otherwise."""
    context = thread_context(request, _listing(request, pk))
    return render(request, "social/comments.html" if request.htmx else "social/thread_page.html", context)


@require_POST
@login_required
def comment_create(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Adds a comment; what was typed comes back with the refusal."""
    listing, form = _listing(request, pk), CommentForm(request.POST)
    if form.is_valid():
        try:
            comment = services.post_comment(author=request.user, listing_id=listing.pk, **form.cleaned_data)
            return redirect(f"{listing.get_absolute_url()}#comment-{comment.pk}")
        except DomainError as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    else:
        status = 422
    return render(request, "social/thread_page.html", thread_context(request, listing, form), status=status)


@login_required
def comment_edit(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Changes one's own comment on a page of its own."""
    comment = _comment(request, pk)
    form = CommentForm(request.POST or None, initial={"body": comment.body})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            services.edit_comment(actor=request.user, comment=comment, body=form.cleaned_data["body"])
            return _back(comment)
        except DomainError as refusal:
            add_refusal(form, refusal)
            status = refusal.status
    return render(request, "social/comment_form.html", {"form": form, "comment": comment}, status=status)


@require_POST
@login_required
def comment_remove(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Takes a comment away."""
    comment = _comment(request, pk)
    services.remove_comment(actor=request.user, comment=comment)
    return HttpResponse(status=204) if request.htmx else _back(comment)


@require_POST
@login_required
def thread_lock(request: HttpRequest, pk: ObjectId) -> HttpResponse:
    """Closes the conversation, or opens it again (lock=0)."""
    listing = _listing(request, pk)
    act = services.unlock_thread if request.POST.get("lock") == "0" else services.lock_thread
    act(actor=request.user, listing=listing)
    return redirect(f"{listing.get_absolute_url()}#talk")
