"""Saying something, changing it, taking it back."""

from datetime import timedelta

from bson import ObjectId
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services import require_verified
from listings.models import Listing
from marketplace.core.db import atomic, single_write
from marketplace.core.errors import Conflict, NotAllowed, NotFound
from marketplace.core.events import publish
from marketplace.core.ratelimit import limited
from marketplace.core.rules import rule
from marketplace.core.snapshots import refresh_snapshots
from marketplace.mongo.rows import find_one
from social.errors import CommentInvalid, EditWindowOver, RequestKeyReused, ThreadClosed, ThreadLocked
from social.events import CommentRemoved
from social.models import MENTION, Comment
from social.services.threads import announce_comment


@limited("comment", by="author")
@single_write
def post_comment(*, author: User, listing_id: ObjectId, body: str, request_key: str = "") -> Comment:
    """A new comment. With the same `request_key` again it is the same comment: a repeated send says nothing twice.

    RequestKeyReused when that key stands for other words or another listing.
    """
    require_verified(author)
    request_key = clean_request_key(request_key)
    text = clean_body(body)
    if request_key and (before := _sent_before(author, request_key, listing_id, text)):
        return before
    thread = _open_thread(author, listing_id)
    comment = Comment(
        listing_id=thread.pk, author=author, author_username=author.username, author_name=author.public_name,
        author_avatar=author.avatar, author_revision=author.revision, is_seller=author.pk == thread.seller_id,
        body=text,
        mentions=_people_in(text), request_key=request_key or None,
    )  # fmt: skip
    comment.changed_at = comment.created_at
    if not Comment.objects.all().insert_new(comment):  # the same request, sent twice at once
        before = _sent_before(author, request_key, listing_id, text)
        if before is None:
            raise Conflict
        return before
    announce_comment(comment)
    return comment


@limited("comment_edit", by="actor")
@atomic
def edit_comment(*, actor: User, comment: Comment, body: str) -> Comment:
    """Changes one's own words within `comment.edit_minutes`; EditWindowOver afterwards."""
    current = _seen_by(actor, comment)
    if current.author_id != actor.pk:
        raise NotAllowed
    now = timezone.now()
    if current.is_removed or now - current.created_at > timedelta(minutes=rule("comment.edit_minutes")):
        raise EditWindowOver
    text = clean_body(body)
    if text == current.body:
        return current
    changes = {"body": text, "mentions": _people_in(text), "edited_at": now}
    return _change(current, **changes)


@limited("comment_edit", by="actor")
@atomic
def remove_comment(*, actor: User, comment: Comment) -> Comment:
    """Takes a comment away and leaves a word in its place. Its author may, the seller and staff; twice is once."""
    current = _seen_by(actor, comment)
    if current.is_removed:
        return current
    if current.author_id == actor.pk:
        remover = Comment.Removed.AUTHOR
    elif Listing.objects.filter(pk=current.listing_id, seller_id=actor.pk).exists():
        remover = Comment.Removed.SELLER
    elif actor.is_staff:
        remover = Comment.Removed.STAFF
    else:
        raise NotAllowed
    publish(CommentRemoved(comment_id=current.pk, listing_id=current.listing_id, removed_by=remover.value))
    return _change(current, body="", mentions=[], removed_by=remover.value)


def refresh_author(*, user_id: ObjectId) -> int:
    """Writes the author's present name and avatar onto their comments that have older ones; how many.

    Outside any transaction, batch by batch: run again it goes on with what is left, and of two runs at once the
    newer name stays.
    """
    user = User.objects.filter(pk=user_id).first()
    if user is None:
        return 0
    values = {
        "author_username": user.username, "author_name": user.public_name, "author_avatar": user.avatar,
    }  # fmt: skip
    stale = Comment.objects.filter(author_id=user_id)
    return refresh_snapshots(stale, field="author_revision", revision=user.revision, values=values)


def _sent_before(author: User, request_key: str, listing_id: ObjectId, text: str) -> Comment | None:
    before = find_one(Comment, {"author_id": author.pk, "request_key": request_key})
    # One that was edited or removed since has other words now.
    has_changed = before is not None and (before.edited_at is not None or before.is_removed)
    if before is not None and (before.listing_id != listing_id or (before.body != text and not has_changed)):
        raise RequestKeyReused
    return before


def clean_body(body: str) -> str:
    """The words as stored; CommentInvalid when there are none or too many."""
    text, limit = body.replace("\x00", "").replace("\r\n", "\n").strip(), rule("comment.max")
    if not text:
        raise CommentInvalid(fields={"body": [_("Write something first.")]})
    if len(text) > limit:
        problem = _("%(n)d characters; at most %(max)d fit.") % {"n": len(text), "max": limit}
        raise CommentInvalid(fields={"body": [problem]})
    return text


def clean_request_key(key: str) -> str:
    """The key as stored; CommentInvalid when it is longer than `comment.request_key_max`."""
    limit = rule("comment.request_key_max")
    if len(key) > limit:
        problem = _("%(n)d characters; at most %(max)d fit.") % {"n": len(key), "max": limit}
        raise CommentInvalid(fields={"request_key": [problem]})
    return key


def _people_in(text: str) -> list[str]:
    named = list(dict.fromkeys(name.lower() for name in MENTION.findall(text)))[
        : rule("comment.mentions_max")
    ]
    if not named:
        return []
    known = set(User.objects.active().filter(username__in=named).values_list("username", flat=True))
    return [name for name in named if name in known]


def _open_thread(author: User, listing_id: ObjectId) -> Listing:
    only = ["status", "seller_id", "comments_locked"]
    thread = Listing.objects.all().find_visible(author, listing_id, only=only)
    if thread is None:
        raise NotFound
    if not thread.is_open:
        raise ThreadClosed
    if thread.comments_locked and author.pk != thread.seller_id:
        raise ThreadLocked
    return thread


def _seen_by(actor: User, comment: Comment) -> Comment:
    current = Comment.objects.filter(pk=comment.pk).first()
    if current is None or not Listing.objects.visible_to(actor).filter(pk=current.listing_id).exists():
        raise NotFound
    return current


def _change(comment: Comment, **changes: object) -> Comment:
    changes["changed_at"] = timezone.now()
    Comment.objects.filter(pk=comment.pk).update(**changes, revision=F("revision") + 1)
    for name, value in changes.items():
        setattr(comment, name, value)
    comment.revision += 1
    announce_comment(comment)
    return comment
