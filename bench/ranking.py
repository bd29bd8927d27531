"""How the shop indexes and ranks, for bench.relevance; imported when Django is set up."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from listings.models import Listing, Status
from search.engines.elastic_body import ranking
from search.index.client import write_client
from search.index.names import body
from search.index.sync import DOCUMENT
from search.meaning import query_vector, text_of
from search.meaning.model import load
from search.query import Query

BATCH = 500
PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)  # all at once: age decides nothing here


@dataclass(frozen=True, slots=True)
class Ranking:
    """The client, the shop's settings and mapping, and its queries by name."""

    client: Any
    body: Mapping[str, Any]
    queries: Mapping[str, Callable[[str], Mapping[str, Any]]]

    def documents(self, texts: Sequence[tuple[str, str]]) -> Iterator[Mapping[str, Any]]:
        """What the index would hold of listings with these titles and descriptions, as complete as each other."""
        model = load()
        for some in batches(texts, BATCH):
            listings = [
                Listing(
                    title=title,
                    description=text,
                    status=Status.AVAILABLE,
                    published_at=PUBLISHED,
                    photo_count=4,
                )
                for title, text in some
            ]
            vectors = model.vectors([text_of(one) for one in listings]) if model else [None] * len(listings)
            for listing, vector in zip(listings, vectors, strict=True):
                yield DOCUMENT.prepare(listing) | ({"vector": vector} if vector else {})


def ours() -> Ranking:
    """As pages ask: the words as they were typed, any of them."""
    now = int(time.time() * 1000)

    def words(text: str) -> Mapping[str, Any]:
        return ranking(Query(text=text, any_word=True), now=now)

    def meaning(text: str) -> Mapping[str, Any]:
        vector = query_vector(text, is_needed=True)
        return ranking(Query(text=text, any_word=True), now=now, vector=vector)

    queries = {"ours, words": words} | ({"ours, meaning": meaning} if load() else {})
    return Ranking(write_client(), body(), queries)


def batches(rows: Sequence[tuple[str, str]], size: int) -> Iterator[Sequence[tuple[str, str]]]:
    """Rows in parts of this size."""
    return (rows[start : start + size] for start in range(0, len(rows), size))
