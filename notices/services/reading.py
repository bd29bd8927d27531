"""What a person does with their news: count, read, mute; and what becomes of them when the account is closed."""

from datetime import datetime

from bson import ObjectId
from django.utils import timezone

from accounts.models import User
from marketplace.core import live
from marketplace.core.db import atomic, on_commit
from marketplace.core.errors import NotFound
from marketplace.core.ratelimit import limited
from notices.models import FORGET_BATCH, MailChoice, Notice, NoticePart


def unread_count(*, person_id: ObjectId) -> int:
    """How many entries have something new, at most one more than BADGE_MOST; one read of one small index."""
    return Notice.objects.all().count_unread(person_id)


@atomic
def mark_read(*, person: User, until: datetime | None = None) -> int:
    """Moves the person's read cursor: all that was stored until then (now) is read; how many entries that changed.

    What is stored while they look is not among it, so it stays unread.
    """
    until = until or timezone.now()
    unread = Notice.objects.of(person.pk).unread().filter(written_at__lte=until)
    changed: int = unread.update(fresh=0, read_at=until)
    if changed:
        on_commit(lambda: live.tell_person(person.pk))
    return changed


@limited("edit", by="person")
def mute(*, person: User, notice_id: ObjectId) -> Notice:
    """No more of this kind about this thing: it is still counted, but neither unread nor mailed. Twice is once."""
    return _set_muted(person, notice_id, is_muted=True, fresh=0)


@limited("edit", by="person")
def unmute(*, person: User, notice_id: ObjectId) -> Notice:
    """Hears of it again from now on."""
    return _set_muted(person, notice_id, is_muted=False)


@atomic
def _set_muted(person: User, notice_id: ObjectId, **changes: object) -> Notice:
    mine = Notice.objects.of(person.pk).filter(pk=notice_id)
    if not mine.update(**changes):
        raise NotFound
    on_commit(lambda: live.tell_person(person.pk))
    return mine.get()


def forget_person(*, person_id: ObjectId) -> int:
    """Removes the news and choices of somebody whose account is closed; how many entries. Nothing when it is open.

    Batch by batch outside any transaction: begun again it goes on with what is left.
    """
    if User.objects.active().filter(pk=person_id).exists():
        return 0
    MailChoice.objects.filter(pk=person_id).delete()
    gone = 0
    while ids := list(Notice.objects.of(person_id).values_list("pk", flat=True)[:FORGET_BATCH]):
        NoticePart.objects.filter(notice_id__in=ids).delete()
        gone += Notice.objects.filter(pk__in=ids).delete()[0]
    return gone
