"""Telling people something, and taking it back. Batches, in the transaction of the handler that calls.

Exactly once, however often a handler runs: the id of a part is derived from (person, key), so storing it is an upsert
that says whether it is new, and only what is new is counted.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from bson import ObjectId
from django.utils import timezone
from pymongo import UpdateOne

from accounts.models import User
from marketplace.core import live
from marketplace.core.db import atomic, on_commit
from marketplace.core.events import publish_all
from marketplace.core.rules import rule
from notices.events import NoticeAdded
from notices.models import RECENT, Notice, NoticePart, derived_id
from notices.services.choices import wanted_mails

Parts = Mapping[ObjectId, tuple["News", NoticePart]]


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing that happened (`key`), for one person; entries are grouped by (person, kind, group).

    `title`, `url` (a path) and `picture` (a key or "") are of the thing; `text` and `deep_url` of what happened.
    """

    person_id: ObjectId
    kind: str
    group: str
    key: str
    actor_id: ObjectId
    at: datetime
    title: str
    url: str
    picture: str = ""
    text: str = ""
    deep_url: str = ""

    @property
    def notice_id(self) -> ObjectId:
        return derived_id(self.person_id, self.kind, self.group)


@atomic
def notify(news: Iterable[News]) -> int:
    """Tells people what they have not been told yet; how many things that were.

    Nobody is told of their own acts, nor whose account is closed. What happened longer than `news.fresh_hours` ago is
    put in as read. A fixed number of round trips, whatever the size of the batch.
    """
    told = [one for one in news if one.actor_id != one.person_id]
    people = _open_accounts({one.person_id for one in told})
    parts = {part.pk: (one, part) for one in told if one.person_id in people for part in [_part_of(one)]}
    if not parts:
        return 0
    muted = _muted({part.notice_id for _one, part in parts.values()})
    for _one, part in parts.values():
        part.is_fresh = part.is_fresh and part.notice_id not in muted
    new = _store_new(parts)
    if new:
        _add_to_entries(new, muted)
        _mail(new, people)
        _tell_live({one.person_id for one, _part in new.values()})
    return len(new)


@atomic
def withdraw(keys: Collection[str], *, only_unread: bool = False) -> int:
    """Takes back what people were told under these keys; an entry that has nothing left goes. How many parts.

    With `only_unread`, not what the person has seen already.
    """
    parts = list(NoticePart.objects.filter(key__in=keys))
    entries = Notice.objects.in_bulk([part.notice_id for part in parts])
    gone: dict[ObjectId, list[NoticePart]] = defaultdict(list)
    for part in parts:
        entry = entries.get(part.notice_id)
        if entry and not (only_unread and part.is_read(entry.read_at)):
            gone[entry.pk].append(part)
    NoticePart.objects.filter(pk__in=[part.pk for rows in gone.values() for part in rows]).delete()
    for entry_id, rows in gone.items():
        _shrink(entries[entry_id], rows)
    _tell_live({entries[entry_id].person_id for entry_id in gone})
    return sum(map(len, gone.values()))


def _open_accounts(person_ids: Collection[ObjectId]) -> dict[ObjectId, bool]:
    """{id: whether the address is confirmed} of those whose account is open."""
    rows = User.objects.active().filter(pk__in=person_ids).values_list("pk", "email_verified_at")
    return {pk: verified_at is not None for pk, verified_at in rows}


def _part_of(one: News) -> NoticePart:
    now, limit = timezone.now(), rule("news.quote_max")
    return NoticePart(
        id=derived_id(one.person_id, one.key), notice_id=one.notice_id, key=one.key, actor=one.actor_id, at=one.at,
        text=one.text if len(one.text) <= limit else f"{one.text[: limit - 1].rstrip()}…",
        url=one.deep_url or one.url, is_fresh=now - one.at <= timedelta(hours=rule("news.fresh_hours")), written_at=now,
    )  # fmt: skip


def _muted(notice_ids: Collection[ObjectId]) -> set[ObjectId]:
    return set(Notice.objects.filter(pk__in=notice_ids, is_muted=True).values_list("pk", flat=True))


def _store_new(parts: Parts) -> Parts:
    """Stores those that are not there yet; which these are."""
    # Raw: an upsert says of each whether it was new, in one round trip. What another handler stores at the same moment
    # is a collision of two transactions, so one of them runs again and finds it.
    rows = list(parts.values())
    done = NoticePart.objects.all().write_each(
        [UpdateOne({"_id": part.pk}, {"$setOnInsert": _row(part)}, upsert=True) for _one, part in rows]
    )
    return {pk: parts[pk] for pk in (done.upserted_ids or {}).values()}


def _row(part: NoticePart) -> dict[str, Any]:
    names = ("notice_id", "key", "actor", "at", "text", "url", "is_fresh", "written_at", "mailed_at")
    return {name: getattr(part, name) for name in names}


def _add_to_entries(new: Parts, muted: Collection[ObjectId]) -> None:
    grouped: dict[ObjectId, list[tuple[News, NoticePart]]] = defaultdict(list)
    for one, part in new.values():
        grouped[part.notice_id].append((one, part))
    Notice.objects.all().write_each([_addition(pk, rows, pk in muted) for pk, rows in grouped.items()])


def _addition(notice_id: ObjectId, rows: Sequence[tuple[News, NoticePart]], is_muted: bool) -> UpdateOne:
    latest = max((one for one, _part in rows), key=lambda one: one.at)
    change: dict[str, Any] = {
        "$setOnInsert": {
            "person_id": latest.person_id, "kind": latest.kind, "group": latest.group,
            "is_muted": False, "read_at": None,
        },
        "$set": {"title": latest.title, "url": latest.url, "picture": latest.picture},
        "$inc": {"count": len(rows), "fresh": sum(part.is_fresh for _one, part in rows)},
        "$max": {"written_at": max(part.written_at for _one, part in rows)},
        "$push": {
            "recent": {
                "$each": [part.as_recent() for _one, part in rows], "$sort": {"at": 1, "part": 1}, "$slice": -RECENT,
            }
        },
    }  # fmt: skip
    if not is_muted:  # a muted one stays in its place
        change["$max"]["updated_at"] = latest.at
    return UpdateOne({"_id": notice_id}, change, upsert=True)


def _mail(new: Parts, people: Mapping[ObjectId, bool]) -> None:
    wanted = wanted_mails([person_id for person_id, has_address in people.items() if has_address])
    publish_all(
        NoticeAdded(part_id=part.pk)
        for one, part in new.values()
        if part.is_fresh and one.kind in wanted.get(one.person_id, ())
    )


def _shrink(entry: Notice, gone: Sequence[NoticePart]) -> None:
    left = entry.count - len(gone)
    if left <= 0 and not entry.is_muted:
        Notice.objects.filter(pk=entry.pk).delete()
        return
    newest = list(NoticePart.objects.filter(notice_id=entry.pk).order_by("-at", "-id")[:RECENT])[::-1]
    unread = sum(part.is_fresh and not part.is_read(entry.read_at) for part in gone)
    change = {"count": max(left, 0), "fresh": max(entry.fresh - unread, 0),
              "recent": [part.as_recent() for part in newest]}  # fmt: skip
    if newest and not entry.is_muted:
        change["updated_at"] = newest[-1].at
    Notice.objects.all().write_each([UpdateOne({"_id": entry.pk}, {"$set": change})])


def _tell_live(person_ids: Iterable[ObjectId]) -> None:
    for person_id in person_ids:
        on_commit(partial(live.tell_person, person_id))
