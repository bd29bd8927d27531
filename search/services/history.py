"""What people looked for: the last searches of each, and what many look for today.

A search is noted in Valkey, which costs the page a tenth of a millisecond, and counted by a task: nothing is written
to the database while somebody waits. Notes may be lost with Valkey; nothing depends on them.
"""

import functools
import hashlib
import hmac
import json
import logging
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import redis
from bson import ObjectId
from django.conf import settings
from django.utils import timezone
from pymongo import UpdateOne

from accounts.models import User
from listings.taxonomy import normal_name
from marketplace.core.rules import rule
from search.models import TEXT_MAX, RecentSearches, Term
from search.vocabulary import terms
from search.vocabulary.notes import KEPT_SECONDS, NOTE_SECONDS, NOTES_BATCH, NOTES_MAX

log = logging.getLogger(__name__)
NOTES, TREND = "search/notes", "search/trend"


def note_search(*, text: str, who: str, user_id: ObjectId | None = None) -> None:
    """Notes that somebody looked for this; `who` tells people apart (an id or a session key) and is not kept."""
    words = " ".join(text.split())
    if not words or len(words) > TEXT_MAX:
        return
    note = json.dumps([words, _secret(who), str(user_id) if user_id else ""])
    try:
        with _valkey().pipeline(transaction=False) as pipe:
            pipe.rpush(NOTES, note)
            pipe.ltrim(NOTES, -NOTES_MAX, -1)
            pipe.execute()
    except (redis.RedisError, OSError) as exc:
        log.warning("search not noted", extra={"reason": str(exc)})


def count_notes() -> int:
    """Takes the notes of the last seconds into recent searches and trends; how many there were."""
    done = 0
    while notes := _valkey().lpop(NOTES, NOTES_BATCH):
        rows = [json.loads(note) for note in notes]
        _remember_all(rows)
        _count_trends(rows)
        done += len(rows)
    return done


def recent_searches(*, user: User) -> list[str]:
    """What a person looked for last, newest first."""
    found = RecentSearches.objects.filter(user=user).first()
    return list(found.texts) if found else []


def clear_recent(*, user: User) -> None:
    """Forgets a person's searches, also those that are not counted yet."""
    count_notes()
    RecentSearches.objects.filter(user=user).delete()


def remembered(texts: Sequence[str], text: str) -> list[str]:
    """Searches with one more in front, each once whatever its case, as many as `search.recent` says."""
    words = " ".join(text.split())[:TEXT_MAX]
    return [words, *(one for one in texts if one.casefold() != words.casefold())][: rule("search.recent")]


def trending() -> list[str]:
    """What at least `search.trend_people` people looked for today or yesterday, the most first; not what staff hid."""
    today = timezone.now().date()
    people: dict[str, int] = {}
    try:
        for day in (today, today - timedelta(days=1)):
            for key, score in _valkey().zrevrange(_day(day), 0, NOTES_BATCH, withscores=True):
                people[key.decode()] = max(people.get(key.decode(), 0), int(score))
    except (redis.RedisError, OSError) as exc:
        log.warning("no trends", extra={"reason": str(exc)})
    keys = [key for key, count in people.items() if count >= rule("search.trend_people")]
    shown = dict(
        Term.objects.filter(kind=Term.Kind.QUERY, key__in=keys, is_hidden=False).values_list("key", "text")
    )
    ordered = sorted(shown, key=lambda key: (-people[key], key))
    return [shown[key] for key in ordered[: rule("search.trends")]]


def set_hidden(*, term: Term, is_hidden: bool) -> None:
    """Staff take a term out of suggestions and trends, or put it back."""
    Term.objects.filter(pk=term.pk).update(is_hidden=is_hidden)


def _remember_all(rows: list[list[str]]) -> None:
    latest: dict[str, list[str]] = {}
    for text, _who, user_id in rows:
        if user_id:
            latest[user_id] = remembered(latest.get(user_id, []), text)
    writes = [
        UpdateOne({"user_id": ObjectId(user_id)}, [_in_front(texts)], upsert=True)
        for user_id, texts in latest.items()
    ]
    if writes:
        RecentSearches.objects.all().write_each(writes)


def _in_front(texts: list[str]) -> dict[str, Any]:
    new = {"$literal": texts}
    lower = {"$literal": [text.lower() for text in texts]}
    older = {
        "$filter": {
            "input": {"$ifNull": ["$texts", []]},
            "cond": {"$not": {"$in": [{"$toLower": "$$this"}, lower]}},
        }
    }
    return {"$set": {"texts": {"$slice": [{"$concatArrays": [new, older]}, rule("search.recent")]}}}


def _count_trends(rows: list[list[str]]) -> None:
    day = _day(timezone.now().date())
    texts = {(normal_name(text)[:TEXT_MAX], who): text for text, who, _user_id in rows if normal_name(text)}
    with _valkey().pipeline(transaction=False) as pipe:
        for key, who in texts:
            pipe.pfadd(f"{day}/{key}", who)
            pipe.expire(f"{day}/{key}", KEPT_SECONDS)
        is_new = pipe.execute()[::2] if texts else []
        fresh = [pair for pair, new in zip(texts, is_new, strict=True) if new]
        for key, _who in fresh:
            pipe.zincrby(day, 1, key)
        pipe.expire(day, KEPT_SECONDS)
        people = pipe.execute()
    enough = rule("search.trend_people")
    writes = [
        terms.asked(key, texts[key, who], enough if count == enough else 1)
        for (key, who), count in zip(fresh, people, strict=False)
        if count >= enough
    ]
    terms.write(writes)


def _day(day: date) -> str:
    return f"{TREND}/{day.isoformat()}"


def _secret(who: str) -> str:
    # Another one each day, and only ever put into a HyperLogLog, from which nobody can be read.
    salt = f"{settings.SECRET_KEY}/{timezone.now().date().isoformat()}"
    return hmac.new(salt.encode(), who.encode(), hashlib.sha256).hexdigest()


@functools.cache
def _valkey() -> Any:  # redis-py types every answer as a union of what all commands give
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=NOTE_SECONDS, socket_connect_timeout=NOTE_SECONDS
    )
