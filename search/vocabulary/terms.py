"""Which terms listings, brands, categories and people make, and how they are written.

Every write says how things are (an upsert), so it may run twice and in any order.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from bson import ObjectId
from django.utils import timezone
from pymongo import UpdateOne

from accounts.models import User
from listings import taxonomy
from search.models import TEXT_MAX, Term
from search.vocabulary.data import synonyms
from search.vocabulary.words import prefixes_of

WORDS_MAX: Final = 200_000  # words that are kept at all, the most frequent
QUERIES_MAX: Final = 20_000  # searches that are suggested because listings have them
QUERY_MIN: Final = 3  # listings that such a search must find
BATCH: Final = 1000
SPELLINGS_MAX: Final = 12
ID_BYTES: Final = 12


def counted(kind: Term.Kind, key: str, text: str, count: int, **more: Any) -> UpdateOne:
    """How often a term is there, as it was just counted; a search also counts how often it was asked."""
    also = more.pop("found_by", ())
    values = {
        "text": {"$literal": text[:TEXT_MAX]}, "prefixes": {"$literal": prefixes_of([text, *also])},
        "written_at": timezone.now(), "asked": {"$ifNull": ["$asked", 0]},
        "count": {"$add": [count, {"$ifNull": ["$asked", 0]}]}, "is_hidden": {"$ifNull": ["$is_hidden", False]},
        "spellings": {"$literal": more.pop("spellings", [])}, "seen_at": more.pop("seen_at", None),
    }  # fmt: skip
    return UpdateOne(_of(kind, key), [{"$set": values}], upsert=True)


def unseen(kind: Term.Kind, key: str, text: str, *, spellings: Iterable[str] = ()) -> UpdateOne:
    """A term that nobody has used before; one that is there stays as it is, its count too."""
    known = list(spellings)[:SPELLINGS_MAX]
    values = {
        "text": text[:TEXT_MAX], "prefixes": prefixes_of([text, *known]), "count": 1, "asked": 0, "is_hidden": False,
        "spellings": known, "seen_at": None, "written_at": timezone.now(),
    }  # fmt: skip
    return UpdateOne(_of(kind, key), {"$setOnInsert": values}, upsert=True)


def asked(key: str, text: str, people: int) -> UpdateOne:
    """A search that so many more people asked for."""
    values = {
        "text": text[:TEXT_MAX], "prefixes": prefixes_of([text]), "is_hidden": False, "spellings": [], "seen_at": None,
    }  # fmt: skip
    steps = {"$inc": {"asked": people, "count": people}, "$set": {"written_at": timezone.now()}}
    return UpdateOne(_of(Term.Kind.QUERY, key), {**steps, "$setOnInsert": values}, upsert=True)


def person(user: User, seen_at: datetime) -> UpdateOne:
    """Somebody who can be found: by username and by every word of their name."""
    values = {
        "text": user.public_name[:TEXT_MAX], "prefixes": prefixes_of([user.username, user.display_name]),
        "written_at": timezone.now(),
    }  # fmt: skip
    once = {"count": 0, "asked": 0, "is_hidden": False, "spellings": []}
    changes = {"$set": values, "$max": {"seen_at": seen_at}, "$setOnInsert": once}
    return UpdateOne(_of(Term.Kind.PERSON, user.username), changes, upsert=True)


def category(node: taxonomy.Node, count: int) -> UpdateOne:
    """A category, found by what shoppers call it too."""
    words = [word for part in node.name.lower().split(" and ") for word in synonyms().get(part, ())]
    return counted(Term.Kind.CATEGORY, node.slug, node.name, count, found_by=words)


def write(rows: Iterable[UpdateOne]) -> int:
    """Stores terms in batches; how many are new."""
    new, batch = 0, []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            new += Term.objects.all().write_each(batch).upserted_count
            batch = []
    return new + (Term.objects.all().write_each(batch).upserted_count if batch else 0)


def _of(kind: Term.Kind, key: str) -> dict[str, Any]:
    key = key[:TEXT_MAX]
    # The id follows from what it is, so a term that is written again is the same document.
    digest = hashlib.sha256(f"{kind.value}:{key}".encode()).digest()
    return {"_id": ObjectId(digest[:ID_BYTES]), "kind": kind.value, "key": key}
