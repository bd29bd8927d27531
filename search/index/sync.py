"""Writes listings into the index as they are now, by versions that make the order of writes irrelevant.

The version of a document is MongoDB's operation time just before the listing was read. Whatever is committed later is
announced by an event of its own, whose handler reads it later under a higher version. So of any two writes the one
that knows more has the higher version, also where Listing.revision stays the same (likes), and whatever a restored
backup does to revisions. `external_gte` lets the index refuse the other one.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from bson import ObjectId
from django.db import connection
from elasticsearch.helpers import streaming_bulk

from listings.models import Listing, Status
from search.documents import COLUMNS, TOMBSTONE, ListingDocument
from search.errors import EngineAway, IndexRefused
from search.index.client import answering, write_client
from search.index.names import targets
from search.meaning import joined, key_of, load, text_of, vectors_of

BATCH: Final = 500
Action = dict[str, Any]
DOCUMENT: Final = ListingDocument()
MISSING_INDEX: Final = "index_not_found_exception"


def index_listings(ids: Collection[ObjectId]) -> None:
    """Writes these listings as they are now to every index that is written to; idempotent, in any order.

    EngineAway while Elasticsearch does not take them, IndexRefused for a document that it does not understand.
    """
    every = list(dict.fromkeys(ids))
    for start in range(0, len(every), BATCH):
        some = every[start : start + BATCH]
        if write(documents_of(some), targets()):  # a rebuild ended meanwhile, and took its old index away
            write(documents_of(some), targets())


def documents_of(ids: Sequence[ObjectId]) -> list[Action]:
    """Id, version and source for each of these listings but drafts, which were never public."""
    version = operation_time()
    found = {one.pk: one for one in Listing.objects.filter(pk__in=ids).only("id", *COLUMNS)}
    return [
        action(pk, version, found.get(pk))
        for pk in ids
        if pk not in found or found[pk].status != Status.DRAFT
    ]


def action(pk: ObjectId, version: int, listing: Listing | None) -> Action:
    """What is to be written of a listing, but its vector; a tombstone for one that nobody may see."""
    shown = listing is not None and listing.is_public
    source = source_of(listing) if listing and shown else {"id": str(pk), **TOMBSTONE}
    return {"_id": str(pk), "version": version, "_source": source}


def source_of(listing: Listing) -> dict[str, Any]:
    """The document of a public listing; with `vector_key` where search by meaning is on."""
    source = DOCUMENT.prepare(listing)
    return source | {"vector_key": key_of(text_of(listing))} if load() else source


def with_vectors(actions: Sequence[Action]) -> Sequence[Action]:
    """The same, documents that name a vector with it. Not done while listings are read, for it takes a while."""
    sources = [one["_source"] for one in actions if "vector_key" in one["_source"]]
    texts = [joined(one["title"], one["description"]) for one in sources]
    vectors = vectors_of(texts) if texts else {}
    for source, text in zip(sources, texts, strict=True):
        source["vector"] = vectors[text]
    return actions


def operation_time() -> int:
    """How far the primary's log is now, as a number that only grows: seconds and a count within the second."""
    now = connection.database.command("ping")["operationTime"]
    return (now.time << 32) | now.inc


def write(actions: Sequence[Action], indexes: Iterable[str]) -> set[str]:
    """Writes documents to each index, unless it has newer ones; the indexes that were not there."""
    gone: set[str] = set()
    actions = with_vectors(actions)
    with answering():
        bulk = streaming_bulk(
            write_client(), _for_each(actions, indexes), chunk_size=BATCH, max_retries=0, raise_on_error=False,
            raise_on_exception=True,
        )  # fmt: skip
        for ok, row in bulk:
            if not ok:
                _refuse(row["index"], gone)
    return gone


def _for_each(actions: Sequence[Action], indexes: Iterable[str]) -> Iterator[Action]:
    for index in indexes:
        for one in actions:
            yield {"_index": index, "_op_type": "index", "version_type": "external_gte", **one}


def _refuse(row: dict[str, Any], gone: set[str]) -> None:
    status, error = row["status"], row.get("error") or {}
    if status == HTTPStatus.CONFLICT:
        return  # it has a newer one
    if error.get("type") == MISSING_INDEX:
        gone.add(row["_index"])
    elif status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        raise EngineAway(f"{status} {error.get('type')}")
    else:
        raise IndexRefused(f"{row['_id']}: {error.get('type')}: {error.get('reason')}")
