"""From what somebody typed to what they see: understood, found, and widened when nothing was found."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.query import Query
from search.results import Found
from search.services.finding import find
from search.understanding import Understood, understand

# What is let go when nothing is found, in this order and together with what went before: (what is said, filters).
DROPPED = (
    ("price", ("price_min", "price_max")), ("size", ("size",)), ("color", ("color",)), ("condition", ("condition",)),
    ("brand", ("brand",)), ("category", ("category",)),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What is shown: `query` is the search that found it, which the next page goes by.

    `relaxed` says what was let go to find anything: "words" (one of them is enough, in any order), "price", "size",
    "color", "condition", "brand", "category", or "text" (the filters alone). Empty when the search found something.
    """

    found: Found
    query: Query
    understood: Understood
    relaxed: tuple[str, ...] = ()


def search(query: Query, after: str = "") -> Answer:
    """One page of what somebody looks for; a first page that would be empty is widened step by step."""
    understood = understand(query)
    found = find(understood.query, after=after)
    if found.rows or after:
        return Answer(found, understood.query, understood)
    for wider, relaxed in wider_searches(understood.query):
        more = find(wider)
        if more.rows:
            return Answer(more, wider, understood, relaxed)
    return Answer(found, understood.query, understood)


def wider_searches(query: Query) -> Iterator[tuple[Query, tuple[str, ...]]]:
    """Searches that find more, the nearest first, each with what it let go."""
    relaxed: tuple[str, ...] = ()
    wider = query
    plain = query.text.replace('"', " ").replace("“", " ").replace("”", " ")
    plain = " ".join(word for word in plain.split() if not word.startswith("-"))
    if plain != query.text or " " in plain:
        wider, relaxed = replace(query, text=plain, any_word=True), ("words",)
        yield wider, relaxed
    for said, names in DROPPED:
        narrower = wider
        for name in names:
            wider = wider.without(name)
        if wider != narrower:
            relaxed = (*relaxed, said)
            yield wider, relaxed
    if query.text and wider != replace(query, text=wider.text, any_word=wider.any_word):
        yield replace(query, text=""), ("text",)
